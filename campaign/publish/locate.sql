-- Where each place is, in five steps; the first: what its texts say.
-- Input: staged_records, given_places and the tables of gazetteer.sql. Output: spelled_places, said_towns.

-- A letter, and a capital one, in a pattern. To make a pattern of Unicode's own classes of them takes ten times as long as of these ranges,
-- in which a few signs stand too.
create or replace temp macro any_letter() as
    '[A-Za-z\x{aa}\x{b5}\x{ba}\x{c0}-\x{d6}\x{d8}-\x{f6}\x{f8}-\x{1ffc}\x{2c00}-\x{2dff}\x{3041}-\x{d7fb}\x{f900}-\x{fdfb}]';

create or replace temp macro any_capital() as '[A-Z\x{c0}-\x{d6}\x{d8}-\x{de}\x{152}]';

-- What stands before the name of its town: « Port de Lorient », « Hôtel de ville de Brest ».
create or replace temp macro kinds_of_a_town() as
    '(?:(?:vieux|nouveau|grand|petit) )?(?:port|gare(?: sncf| routi[èe]re)?|mairie|h[ôo]tel de ville|office de tourisme|m[ée]diath[èe]que'
    || '|biblioth[èe]que|salle (?:des f[êe]tes|polyvalente|municipale|communale)|maison (?:des associations|pour tous)|centre (?:social|culturel)'
    || '|march[ée]|halles?|mjc|ccas|pr[ée]fecture|plage|campus|universit[ée]|th[ée][âa]tre|cin[ée]ma)';

-- A town's name to look up: without CEDEX and the number of an arrondissement.
create or replace temp macro town_key(t) as
    place_key(
        regexp_replace(
            regexp_replace(t, '(?i)\s+cedex.*$', ''),
            '(?i)[\s-]+(?:\d{1,2}\s*(?:e|er|è|ème|eme)?|(?:x{0,1}(?:ix|iv|v?i{1,3}|v)|x|xx)(?:e|er|è|ème|eme))(\s+arr.*)?$',
            ''
        )
    );

-- Whether a town's text may name several.
create or replace temp macro may_name_towns(t) as regexp_matches(t, '(?i)[,;/&+|\n]|\s(?:et|ou|puis|[-–—])\s|:\s');

-- What a code in figures is before a spreadsheet has made a number of it.
create or replace temp macro written_code(t) as
    upper(regexp_replace(regexp_replace(t, '[.,]0+\s*$', ''), '[\s\x{a0}\x{202f}]', '', 'g'));

-- Whether a town's cell holds the postcode, and the postcode's the town.
create or replace temp macro is_turned(city, postcode) as
    case when city < ':' then regexp_full_match(city, '\d\d\s?\d{3}') and regexp_matches(postcode, '^' || any_letter() || '{2}[^\d]*$') else false end;

-- A postcode with a sign between its thousands: « 35.000 », « 35-000 ».
create or replace temp macro without_thousands(t) as regexp_replace(t, '^\s*(\d{1,2})[.,-](\d{3})\s*$', '\1\2');

-- The town behind a postcode or a code in its cell: « 35000 Rennes », « 35238 (Rennes) ».
create or replace temp macro town_behind(code) as
    case
        when length(code) > 6 then nullif(regexp_extract(code, '^\s*\d{5}[\s,(–-]+(' || any_letter() || '{2}[^\d()]*)\)?\s*$', 1), '')
    end;

-- Towns that an address may end with, no more than their names: not a quarter, a saint's church or « La Couronne ».
create or replace temp view street_towns as
select search_name
from communes
where kind = 'commune' and population >= 3000 and not regexp_matches(search_name, '^(?:sainte?|l[ea]s?|l) ');

-- What the texts say, made comparable. A postcode or a town inside the address is read when they stand nowhere else:
-- « 12 rue Haute, 26780 Allan », « Allan, 26780 ».
create or replace temp table spelled_places as
with given as (
    select
        f.text_id,
        r.* replace (
            case
                when regexp_matches(town_behind(r.postcode), '(?i)^c[ée]dex') then r.postcode
                when coalesce(place_key(town_behind(r.postcode)) = place_key(coalesce(r.city, town_behind(r.postcode))), false)
                    then regexp_extract(r.postcode, '\d{5}')
                else without_thousands(r.postcode)
            end as postcode,
            case
                when town_behind(r.commune_code) is not null then regexp_extract(r.commune_code, '\d{5}')
                else regexp_replace(without_thousands(r.commune_code), '(?i)^\s*(?:insee|cog|com|fr|d)[\s:.-]*(\d[\dab]\d{3})\s*$', '\1')
            end as commune_code,
            coalesce(
                r.city, town_behind(r.commune_code), case when not regexp_matches(town_behind(r.postcode), '(?i)^c[ée]dex') then town_behind(r.postcode) end
            ) as city
        ),
    from (
        select
            text_id,
            min(record_id) as record_id,
        from given_places
        group by text_id
    ) as f
    inner join staged_records as r using (record_id)
),

sources as (
    select
        r.text_id,
        r.commune_code,
        -- each may stand in the other's cell
        case when is_turned(r.city, r.postcode) then r.city else r.postcode end as postcode,
        -- « FR-44000 Nantes », « 44 000 Nantes », « Nantes, France »
        regexp_replace(
            regexp_replace(regexp_replace(case when is_turned(r.city, r.postcode) then r.postcode else r.city end, '(?i)c[ée]dex', 'cedex'), '(?i)(\d|,)\s*france\s*$', '\1'), '(?i)^\s*(?:fr?[ -])?(\d\d)[\s.\x{a0}\x{202f}]?(\d{3})\b', '\1\2'
        ) as city,
        -- « 12 rue Haute, 44 000 Nantes »
        regexp_replace(
            regexp_replace(regexp_replace(coalesce(r.address, ''), '(?i)c[ée]dex', 'cedex'), '(?i)\b(?:B\.?P\.?|C\.?S\.?|TSA)\s*\d{1,5}\b', ' ', 'g'),
            '(^|[,;(–-]\s*|\n)(0[1-9]|[1-8]\d|9[0-8])[ .\x{a0}\x{202f}](\d{3})([\s,–-]+' || any_capital() || ')', '\1\2\3\4'
        ) as address,
        r.departement_label,
        r.region_label,
        r.country_code,
    from given as r
),

spelled as (
    select
        *,
        regexp_replace(coalesce(postcode, ''), '[.,]0+\s*$|(?i)\s*c[ée]dex.*$', '') as written_postcode,
        list_distinct(
            regexp_extract_all(
                regexp_replace(coalesce(postcode, ''), '\b(\d{2})[\s\x{a0}\x{202f}](\d{3})\b', '\1\2', 'g'), '\b\d{5}\b'
            )
        ) as all_postcodes,
        -- « 5 rue Haute, 35000 Rennes et 3 rue Basse, 44000 Nantes »
        case
            when coalesce(postcode, city) is null and regexp_matches(address, '\b\d{5}\b.*\b\d{5}\b')
                then list_distinct(
                    regexp_extract_all(
                        address,
                        '\b(?:0[1-9]|[1-8]\d|9[0-8])\d{3}[\s,–-]+(' || any_capital() || '[^,;()\d/]*?)(?:\s+(?:et|puis|ou)\s|[,;()/]|\s[-–]|\s*$)',
                        1
                    )
                )
        end as address_towns,
        regexp_extract(address, '\b\d{5}[\s,–-]+(' || any_letter() || '[^,;()]*)', 1) as town_after,
        regexp_extract(
            address, '(?i)(?:^|[,;(–-]\s*)([^,;()\d]*' || any_letter() || ')[\s,(–-]+\d{5}\s*\)?[\s,.-]*(?:france)?\s*$', 1
        ) as town_before,
        -- « 2 rue Haute, Rennes »: a town at the end of a street's address, where nothing else says one
        case
            when coalesce(postcode, city) is null and regexp_matches(address, '(?i)\d|\b(?:rue|avenue|av|place|boulevard|bd|quai|chemin|route|all[ée]e|cours|impasse|square|esplanade)\b')
                then nullif(
                    regexp_extract(
                        address,
                        '(?:[,\n]|\s[-–—]\s)\s*(' || any_capital() || '[^,;()\d\n]*?(?:\s*\(\d{2,3}\))?)\s*(?i:,\s*france)?\s*$',
                        1
                    ),
                    ''
                )
        end as town_end,
    from sources
)

select
    text_id,
    written_code(commune_code) as code,
    case when len(all_postcodes) > 1 then '' else regexp_replace(written_postcode, '[^0-9]', '', 'g') end as digits,
    case when len(all_postcodes) > 1 then all_postcodes else [] end as several_postcodes,
    regexp_extract(upper(postcode), '^\s*([A-Z]{1,2})[\s-]*\d{4,5}\s*$', 1) as postcode_prefix,
    coalesce(
        nullif(regexp_extract(city, '^\s*(\d{5})(?:[\s,–-]+\D|\s*$)', 1), ''), nullif(regexp_extract(city, '\D[\s,(–-]+(\d{5})\s*\)?\s*$', 1), '')
    ) as city_postcode,
    regexp_replace(
        regexp_replace(
            coalesce(
                case when not regexp_full_match(city, '\s*\d{5}\s*') then city end,
                case when len(address_towns) > 1 then array_to_string(list_sort(address_towns), ' / ') end,
                case when place_key(town_after) <> 'france' then town_after end,
                nullif(town_before, ''),
                case when town_key(regexp_replace(town_end, '\s*\(.*$', '')) in (select search_name from street_towns) then town_end end,
                ''
            ),
            '^\s*\d{5}[\s,–-]+', ''
        ),
        '[\s,(–-]+\d{5}\s*\)?\s*$', ''
    ) as said_town,
    case
        when postcode is null or city is null
            then coalesce(
                nullif(regexp_extract(address, '\b((?:0[1-9]|[1-8]\d|9[0-8])\d{3})[\s,–-]+' || any_letter(), 1), ''),
                regexp_extract(address, '\b((?:0[1-9]|[1-8]\d|9[0-8])\d{3})\s*\)?\s*$', 1)
            )
    end as address_postcode,
    coalesce(
        regexp_full_match(postcode, '(?i)\s*(?:fr?[ -]|cp\s?:?\s?|[''’])?\d[\d\s\x{a0}\x{202f}]*(?:[.,]0+)?(?:\s*c[ée]dex.*)?')
        or len(all_postcodes) > 1, true
    ) as is_postcode_clean,
    regexp_matches(city, any_letter()) as has_town,
    departement_label,
    region_label,
    place_key(
        coalesce(
            regexp_replace(replace(departement_label, '&', ' et '), '(?i)^\s*d(?:[ée]p(?:artement|t)?)?\.?\s*(?:n[°o]\s*)?(\d)', '\1'),
            -- overseas a département is a country too
            case upper(country_code) when 'GP' then '971' when 'MQ' then '972' when 'GF' then '973' when 'RE' then '974' when 'YT' then '976' end
        )
    ) as departement_key,
    place_key(region_label) as region_key,
    place_key(address_end(address)) as address_end_key,
    case
        when upper(country_code) in ('FRA', 'FRANCE') then 'FR'
        else upper(country_code)
    end as country_code,
from spelled;

-- The town of a text, once the number of its département was taken off (« 35 – Rennes », « Rennes 35 »), which says which
-- of several namesakes it is.
create or replace temp table said_towns as
with whole as (
    select
        text_id,
        said_town,
        -- « Mans (Le) 72 », « 12e arrondissement de Paris », « Saint-Denis de la Réunion »
        regexp_replace(
            regexp_replace(
                regexp_replace(
                    -- « Nantes (agglomération) »
                    regexp_replace(translate(said_town, '[]', '()'), '(?i)\s*\(\s*((?:agglo|m[ée]tropole|environs|alentours)[^()]*)\)', ' \1'),
                    '(?i)^\s*([^,()]+?)\s*\(\s*(le|la|les|l[''’])\s*\)\s*(.)', '\2 \1 \3'
                ),
                '(?i)^\s*(\d{1,2})\s*(?:er|e|è|ème|eme)\s+arr[a-z]*\.?\s+(?:de\s+)?(paris|lyon|marseille)\s*$',
                '\2 \1e'
            ),
            '(?i)\s+de\s+la\s+r[ée]union\s*$',
            ' (Réunion)'
        ) as of_territory,
    from spelled_places
),

numbered as (
    select
        text_id,
        -- « s/ » is « sur », no slash between two towns; « à Rennes », « Ville de Nantes », « au Mans » say of a town no more than its name
        regexp_replace(
            regexp_replace(
                regexp_replace(
                    regexp_replace(
                        regexp_replace(regexp_replace(
                            -- « Lyon VII »; « Brest (salle) à Rennes » and « Rennes (puis Brest) » are two towns
                            regexp_replace(of_territory, '(?i)^\s*(paris|lyon|marseille)\s+([ivx]+)\s*$', '\1 \2e'),
                            '\s*\(\s*(?i:puis|et|ou|\+|&)\s+(' || any_capital() || '[^()]*)\)|(?:\s*\([^()]*\)|,[^,()]*\s)\s*[àÀ]\s+(' || any_capital() || ')',
                            ' / \1\2', 'g'
                        ), '(?i)\bs/?s\b', 'sous', 'g'), '(?i)\bs/\s*', 'sur ', 'g'
                    ),
                    '(?i)\bclermont[ -]fd\b', 'Clermont-Ferrand'
                ),
                '^\s*(?i:[àa]\s+|entre\s+|d[ée]part\s+de\s+|(?:villes?|mairies?|communes?|centre[ -]ville)\s+de\s+)(' || any_capital() || ')', '\1'
            ),
            '^\s*(?i:au)\s+(' || any_capital() || ')', 'Le \1'
        ) as said_town,
        regexp_extract(said_town, '^\s*\(?(\d[\dABab]|9[78]\d)\)?\s*[-–—:/,]?\s+' || any_letter(), 1) as code_before,
        regexp_extract(said_town, any_letter() || '[\s.]*[-–—/,\s]\s*(\d[\dABab]|9[78]\d)\s*$', 1) as code_after,
    from whole
),

coded as (
    select
        text_id,
        said_town,
        case when lower(code_before) in (select key from departement_keys) then lower(code_before) end as key_before,
        case
            when lower(code_after) in (select key from departement_keys)
                and not regexp_matches(lower(said_town), '^\s*(paris|lyon|marseille)\b') then lower(code_after)
        end as key_after,
    from numbered
),

bracketed as (
    select
        text_id,
        regexp_extract(said_town, '^\s*([^()]+?)\s*\(', 1) as town,
        regexp_extract(said_town, '\(([^()]*)\)\s*$', 1) as inside,
    from coded
    where regexp_full_match(said_town, '[^()]+\([^()\d]+\)\s*')
),

-- « Rennes (Vitré) »: two towns of one département; not « Laval (Mayenne) », nor a commune within its city
pairs as (
    select distinct b.text_id
    from bracketed as b
    inner join communes as t on t.search_name = town_key(b.town) and t.kind = 'commune'
    inner join communes as i
        on i.search_name = town_key(b.inside) and i.kind = 'commune'
        and i.departement_code = t.departement_code and i.commune_code <> t.commune_code
    where town_key(b.inside) not in (select key from departement_keys)
),

-- « Port de Lorient », « Médiathèque du Mans »: a kind of place, and the town that it is of; not « Port-de-Bouc », « Gare de Lyon » (in Paris)
kinds_of_places as (
    select
        text_id,
        said_town as place,
        regexp_extract(
            regexp_replace(said_town, '^(\s*(?i:' || kinds_of_a_town() || '))\s+du\s+(' || any_capital() || ')', '\1 de Le \2'),
            '^\s*(?i:' || kinds_of_a_town() || ')\s+(?:de\s+|d[''’]\s*)((?:[lL]a\s|[lL][''’])?' || any_capital() || '[^,;/()]*)$', 1
        ) as town_of_place,
    from coded
    where not regexp_full_match(said_town, '(?i)\s*gare (?:sncf )?de lyon\s*')
),

towns_of_places as (
    select
        text_id,
        town_of_place,
    from kinds_of_places
    where
        town_key(town_of_place) in (select t.search_name from communes as t)
        and town_key(place) not in (select t.search_name from communes as t)
)

select
    text_id,
    coalesce(key_before, key_after) as number_key,
    case
        when town_of_place is not null then town_of_place
        -- « Sainte-Luce/Loire »
        when regexp_matches(said_town, '\w/\w') and town_key(replace(said_town, '/', ' sur ')) in (select t.search_name from communes as t)
            then replace(said_town, '/', ' sur ')
        when text_id in (select p.text_id from pairs as p) then regexp_replace(said_town, '\s*\(([^()]*)\)\s*$', ' / \1')
        when key_before is not null then regexp_replace(said_town, '^\s*\(?[\dABab]{2,3}\)?\s*[-–—:/,]?\s+', '')
        when key_after is not null then regexp_replace(said_town, '[-–—/,\s]+[\dABab]{2,3}\s*$', '')
        else said_town
    end as said_town,
from coded
left join towns_of_places using (text_id);
