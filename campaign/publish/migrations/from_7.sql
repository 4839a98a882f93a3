-- To version 8: what ran an import, and under whose account; it is not known of those of before.
alter table imports add column ran_by varchar;
