-- What places are looked up in, made once per build from the reference tables.

-- The names of other years than 2014: what a merged commune is called stands for the commune of 2014 that lent it its code, else
-- for the most populous of those that merged.
create or replace temp table other_names as
select
    a.search_name,
    c.commune_code,
    c.departement_code,
    c.region_2014_code,
    c.region_2016_code,
    a.postcodes,
    a.population,
from commune_aliases as a
inner join communes as c on c.commune_code = a.known_code
union all
-- what people call a commune, or a seaside of it, though it is no name that it had since 2008
select
    u.search_name,
    c.commune_code,
    c.departement_code,
    c.region_2014_code,
    c.region_2016_code,
    c.postcodes,
    c.population,
from (
    values
        ('cap d agde', '34003'), ('chalons sur marne', '51108'), ('cherbourg', '50129'), ('clichy la garenne', '92024'),
        ('golfe juan', '06155'), ('juan les pins', '06004'), ('la baule', '44055'), ('le cap d agde', '34003'), ('le touquet', '62826'),
        ('les sables', '85194'), ('montreuil sous bois', '93048'), ('montreuil sur bois', '93048'), ('touquet', '62826')
) as u (search_name, commune_code)
inner join communes as c using (commune_code)
union all
-- without its article, « Havre », « Sables-d'Olonne », where no commune is called so; not what is a word of another sense (« Port », « Salle »)
select
    a.bare_name,
    a.commune_code,
    a.departement_code,
    a.region_2014_code,
    a.region_2016_code,
    a.postcodes,
    a.population,
from (
    select
        *,
        regexp_extract(search_name, '^(?:le|la|les|l) (.+)$', 1) as bare_name,
    from communes
    where kind = 'commune' and search_name like 'l%'
) as a
where
    a.bare_name <> ''
    and a.bare_name not in (select o.search_name from communes as o)
    and a.bare_name not in (select o.search_name from commune_aliases as o)
    and (
        contains(a.bare_name, ' ')
        or a.population >= 5000
        and a.bare_name not in (
            'blanc', 'bresse', 'cellier', 'coteau', 'couronne', 'creche', 'diamant', 'essarts', 'flotte', 'francois', 'garde', 'gorgue', 'haye',
            'hermitage', 'hopital', 'horme', 'lorrain', 'machine', 'madeleine', 'marin', 'montagne', 'motte', 'moule', 'passage', 'port',
            'possession', 'riche', 'robert', 'trait', 'trinite', 'union', 'val', 'verriere'
        )
    );

-- Communes by every name that they had between 2008 and 2026. What is read as it stands is not copied.
create or replace temp view named_places as
select
    search_name,
    commune_code,
    departement_code,
    region_2014_code,
    region_2016_code,
    postcodes,
    population,
    false as is_other_year,
from communes
where kind = 'commune'
union all
select
    *,
    true,
from other_names;

-- Names that hold brackets themselves, « Castillon (Canton de Lembeye) »: few among all communes.
create or replace temp table bracketed_names as
select
    search_name,
    name,
    commune_code,
    kind,
    departement_code,
from communes
where contains(name, '(');

-- The names under which each commune is looked up: its own, for an arrondissement its city's (« Paris », 75011), and without
-- what tells it from a namesake (« Castillon (Canton de Lembeye) »), and those of other years.
create or replace temp table commune_names as
with names as (
    select
        search_name,
        commune_code,
        kind,
        departement_code,
    from communes
    union all
    select
        city.search_name,
        c.commune_code,
        c.kind,
        c.departement_code,
    from communes as c
    inner join communes as city on city.commune_code = c.parent_code
    union all
    select
        place_key(regexp_replace(name, '\s*\(.*', '')),
        commune_code,
        kind,
        departement_code,
    from bracketed_names
)

select
    *,
    case
        when departement_code = '75' then right(commune_code, 2)::integer
        when departement_code = '69' then right(commune_code, 1)::integer
        when departement_code = '13' then right(commune_code, 2)::integer
    end as arrondissement,
    false as is_other_year,
from names
where search_name is not null
union all
select
    search_name,
    commune_code,
    'commune',
    departement_code,
    null,
    true,
from other_names;

-- What the names of towns begin with, « Aix » of Aix-en-Provence, « Chalon » of Chalon-sur-Saône: a village of that name alone may well
-- not be meant.
create or replace temp table town_heads as
select
    array_to_string(words[1:n_words], ' ') as head,
    max(population) as population,
from (
    select
        string_split(search_name, ' ') as words,
        unnest(range(1, len(words))) as n_words,
        population,
    from communes
    where kind = 'commune' and population >= 10000
)
group by head;

-- 75116 is the second postcode of the 16th arrondissement; « 75000 », « 69000 », « 13000 » are said of the whole city.
create or replace temp table postcode_communes as
with more (commune_code, postcode) as (
    values ('75116', '75116'), ('75056', '75000'), ('75056', '75116'), ('69123', '69000'), ('13055', '13000')
)

select
    unnest(postcodes) as postcode,
    commune_code,
    kind,
    search_name,
    departement_code,
    population,
from communes
union all
select
    m.postcode,
    c.commune_code,
    c.kind,
    c.search_name,
    c.departement_code,
    c.population,
from more as m
inner join communes as c using (commune_code);

-- Of Marseille a postcode goes beyond its arrondissement: 13012 is the twelfth all the same.
create or replace temp macro is_arrondissement_of(commune, postcode) as
    case left(postcode, 2)
        when '69' then right(commune, 1) = right(postcode, 1)
        else right(commune, 2) = right(postcode, 2)
    end;

-- A code of another year means the commune of 1 January 2014 that held its territory.
create or replace temp view code_communes as
select
    commune_code as code,
    held_code as commune_code,
from commune_periods
where valid_from <= date '2014-01-01' and (valid_to is null or valid_to > date '2014-01-01');

-- Names of départements and regions, as keys. `words` strips what surrounds them: « Département de la Loire », « Loire (42) ».
create or replace temp macro territory_words(key) as
    trim(regexp_replace(
        regexp_replace(
            regexp_replace(key, '(^|\s)(\d[0-9ab]|9\d\d)(\s|$)', ' '),
            '^\s*(departement|region|dept)\s+(de la|de l|du|des|de|d)?\s*',
            ''
        ),
        '^\s*(la|le|les|l)\s+',
        ''
    ));

create or replace temp macro roman_number(t) as
    nullif(
        list_position(
            ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x', 'xi', 'xii', 'xiii', 'xiv', 'xv', 'xvi', 'xvii', 'xviii',
             'xix', 'xx'],
            lower(t)
        ),
        0
    );

create or replace temp table departement_keys as
select
    key,
    departement_code,
    region_2014_code,
    region_2016_code,
from (
    select
        unnest(list_distinct(
            [place_key(name), lower(departement_code), ltrim(departement_code, '0')]
            -- « Savoie (Haute) »; « 035 »
            || regexp_extract_all(regexp_replace(place_key(name), '^(hautes?|bas|haut) (?:de )?(.*)$', '\2 \1'), '^.+ (?:hautes?|bas|haut)$')
            || case when length(departement_code) = 2 then ['0' || lower(departement_code)] else [] end
            || case departement_code
                when '04' then ['basses alpes']
                when '17' then ['charente inferieure']
                when '22' then ['cotes du nord']
                when '44' then ['loire inferieure']
                when '64' then ['basses pyrenees']
                when '76' then ['seine inferieure']
                when '69' then ['69d', '69m', 'metropole de lyon', 'rhone metropole de lyon']
                when '974' then ['reunion', 'ile de la reunion']
                else []
            end
        )) as key,
        *,
    from departements
);

-- A name that both nomenclatures share (Bretagne) gives both codes. Old regions that lie whole in one new region, and new
-- ones made of a single old one, give each other's code; « Grand Est » has no code of 2014.
create or replace temp table region_keys as
with named as (
    select
        nomenclature,
        region_code,
        unnest(
            [place_key(name)]
            || case
                when region_code = '11' then ['idf', 'ile france']
                when region_code = '93' then ['paca', 'provence alpes cote dazur', 'sud', 'sud paca', 'sud provence alpes cote d azur']
                when region_code = '24' then ['centre', 'centre val de loire']
                when region_code = '04' then ['reunion', 'ile de la reunion']
                when region_code = '52' then ['pays de loire', 'pdl']
                when region_code = '31' then ['nord pas calais', 'npdc']
                when region_code = '21' then ['champagne ardennes']
                when region_code = '32' then ['nord pas de calais picardie']
                when region_code = '44' then ['alsace champagne ardenne lorraine', 'grandest']
                when region_code = '76' then ['languedoc roussillon midi pyrenees', 'occitanie pyrenees mediterranee']
                when region_code = '75' then ['aquitaine limousin poitou charentes']
                when region_code = '84' then ['aura', 'auvergne et rhone alpes']
                when region_code = '27' then ['bourgogne et franche comte']
                else []
            end
        ) as key,
    from regions
),

codes as (
    select
        key,
        max(region_code) filter (nomenclature = 2014) as region_2014_code,
        max(region_code) filter (nomenclature = 2016) as region_2016_code,
    from named
    group by key
),

pairs as (
    select distinct
        region_2014_code,
        region_2016_code,
    from departements
),

only_old as (
    select
        region_2016_code,
        any_value(region_2014_code) as region_2014_code,
    from pairs
    group by region_2016_code
    having count(*) = 1
)

select
    c.key,
    coalesce(c.region_2014_code, o.region_2014_code) as region_2014_code,
    coalesce(c.region_2016_code, p.region_2016_code) as region_2016_code,
from codes as c
left join pairs as p on p.region_2014_code = c.region_2014_code
left join only_old as o on o.region_2016_code = c.region_2016_code;

-- Communes by squares of a quarter of a degree, and how many squares around a point's own the nearest commune may be: more of them
-- in Guyane, whose communes are as large as départements. Paris, Lyon and Marseille are there by their arrondissements.
create or replace temp view commune_squares as
select
    commune_code,
    departement_code,
    lat,
    lon,
    floor(lat * 4)::integer as square_y,
    floor(lon * 4)::integer as square_x,
    case when departement_code = '973' then 6 else 1 end as reach,
from communes
where
    lat is not null
    and lon is not null
    and commune_code not in (select parent_code from communes where parent_code is not null);

-- How far an event may lie from the middle of its commune, and a point from the nearest one, in km.
create or replace temp macro commune_reach_km(departement_code) as case when departement_code = '973' then 150 else 25 end;
create or replace temp macro nearest_reach_km(departement_code) as case when departement_code = '973' then 100 else 15 end;

-- French territories outside the 101 départements, by their code in ISO 3166: Saint-Pierre-et-Miquelon, Saint-Martin and
-- Saint-Barthélemy, Nouvelle-Calédonie, Polynésie française, Wallis-et-Futuna; of a pin, of a postcode or code, of a name.
create or replace temp macro collectivity_of_point(lat, lon) as
    case
        when lat between 46.7 and 47.2 and lon between -56.5 and -56.1 then 'PM'
        -- Saint-Martin and Saint-Barthélemy, with open sea between
        when lat between 17.85 and 18.13 and lon between -63.16 and -62.78 then if(lat > 17.98 and lon < -62.95, 'MF', 'BL')
        when lat between -23.0 and -19.4 and lon between 163.4 and 168.3 then 'NC'
        when lat between -28.0 and -7.7 and lon between -155.0 and -134.3 then 'PF'
        when lat between -14.5 and -13.1 and lon between -178.3 and -176.0 then 'WF'
    end;

create or replace temp macro collectivity_of_code(code) as
    case
        when code = '97133' or left(code, 3) = '977' then 'BL'
        when code = '97150' or left(code, 3) = '978' then 'MF'
        when left(code, 3) = '975' then 'PM'
        when left(code, 3) = '984' then 'TF'
        when left(code, 3) = '986' then 'WF'
        when left(code, 3) = '987' then 'PF'
        when left(code, 3) = '988' then 'NC'
    end;

create or replace temp macro collectivity_of_name(key) as
    case key
        when 'saint pierre et miquelon' then 'PM'
        when 'saint barthelemy' then 'BL'
        when 'nouvelle caledonie' then 'NC'
        when 'polynesie francaise' then 'PF'
        when 'wallis et futuna' then 'WF'
    end;

-- The outlines of the départements, side by side (Guyane's are 100 km long, Paris's 200 m): which of several neighbours a pin is
-- in. From a third of Paris, the middle of a suburb is nearer than that of its own arrondissement.
create or replace temp view departement_sides as
with outlines as (
    select
        feature.properties.code as departement_code,
        unnest(
            (case feature.geometry.type
                when 'Polygon' then '[' || feature.geometry.coordinates || ']'
                else feature.geometry.coordinates
            end)::json::double[][][][]
        ) as rings,
    from (
        select unnest(features) as feature
        from read_json(
            getvariable('data') || '/geo/departements.geojson',
            columns = {
                'features': 'struct(properties struct(code varchar), geometry struct("type" varchar, coordinates json))[]',
            }
        )
    )
),

rings as (
    select
        departement_code,
        unnest(rings) as ring,
    from outlines
),

sides as (
    select
        departement_code,
        unnest(list_transform(range(1, len(ring)), lambda i: {'a': ring[i], 'b': ring[i + 1]})) as side,
    from rings
)

select
    departement_code,
    side.a[2] as lat_a,
    side.a[1] as lon_a,
    side.b[2] as lat_b,
    side.b[1] as lon_b,
from sides;
