-- To version 8: what ran an import, and under whose account, is not known of those of before. Populations by year are reference
-- data, which are read again. Overseas collectivities have their own code.
alter table imports add column if not exists ran_by varchar;

update events
set country_code = case
    when postcode = '97133' or left(postcode, 3) = '977' then 'BL'
    when postcode = '97150' or left(postcode, 3) = '978' then 'MF'
    when left(postcode, 3) = '975' then 'PM'
    when left(postcode, 3) = '986' then 'WF'
    when left(postcode, 3) = '987' then 'PF'
    when left(postcode, 3) = '988' then 'NC'
    when lat between 46.7 and 47.2 and lon between -56.5 and -56.1 then 'PM'
    when lat between 17.85 and 18.13 and lon between -63.16 and -62.78 then if(lat > 17.98 and lon < -62.95, 'MF', 'BL')
    when lat between -23.0 and -19.4 and lon between 163.4 and 168.3 then 'NC'
    when lat between -28.0 and -7.7 and lon between -155.0 and -134.3 then 'PF'
    when lat between -14.5 and -13.1 and lon between -178.3 and -176.0 then 'WF'
    else country_code
end
where event_id in (select event_id from findings where kind = 'outside_101');
