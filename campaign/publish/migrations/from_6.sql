-- To version 7: which campaign the file is of; until then there was one. Editions, chambers and figures are read again.
alter table file_info add column profile varchar default 'mois-ess';
