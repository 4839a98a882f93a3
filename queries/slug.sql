-- How is this text written in an address or a file's name?
-- grain: one row
-- slug
select slug($text) as slug;
