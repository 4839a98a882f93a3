-- Where pins are that must say so by themselves. Input: given_places, text_places, ambiguous_communes, and the tables of
-- gazetteer.sql. Output: pin_communes, pin_choices. Where no record has a pin, no_pins.sql makes both, empty.
-- Pins that must say by themselves where they are: the nearest commune of each, in the département whose outline holds it if
-- one does, read as given and turned round.
create or replace temp table pin_communes as
with pins as (
    select distinct
        r.given_lat,
        r.given_lon,
    from given_places as r
    inner join text_places as t using (text_id)
    where t.named_code is null and r.given_lat is not null and r.given_lon is not null
),

readings as (
    select
        given_lat,
        given_lon,
        given_lat as lat,
        given_lon as lon,
        false as is_swapped,
    from pins
    where is_point(given_lat, given_lon)
    union all
    select
        given_lat,
        given_lon,
        given_lon,
        given_lat,
        true,
    from pins
    where is_point(given_lon, given_lat)
),

squares as (
    select distinct
        floor(lat * 4)::integer as square_y,
        floor(lon * 4)::integer as square_x,
    from readings
),

neighbours as (
    select
        *,
        unnest(range(-1, 2)) as dx,
    from (
        select
            *,
            unnest(range(-1, 2)) as dy,
        from squares
    )
),

reached as (
    select
        n.square_y,
        n.square_x,
        c.* exclude (square_y, square_x, reach),
    from neighbours as n
    inner join commune_squares as c on c.square_y = n.square_y + n.dy and c.square_x = n.square_x + n.dx
    where c.reach = 1
    union all
    select
        s.square_y,
        s.square_x,
        c.* exclude (square_y, square_x, reach),
    from squares as s
    cross join (select * from commune_squares where reach > 1) as c
    where abs(c.square_y - s.square_y) <= c.reach and abs(c.square_x - s.square_x) <= c.reach
),

-- Squares of a flat map are enough to order neighbours; the distance is then measured on the globe.
near as (
    select
        r.*,
        s.commune_code,
        s.departement_code,
        pow(r.lat - s.lat, 2) + pow((r.lon - s.lon) * cos(radians(r.lat)), 2) as flat_distance,
    from readings as r
    inner join reached as s
        on s.square_y = floor(r.lat * 4)::integer and s.square_x = floor(r.lon * 4)::integer
),

-- A pin is within an outline when a line from it to the east crosses an odd number of sides.
within as (
    select
        n.lat,
        n.lon,
        n.departement_code,
    from (select distinct lat, lon, departement_code from near) as n
    inner join departement_sides as s
        on
            s.departement_code = n.departement_code
            and (s.lat_a > n.lat) <> (s.lat_b > n.lat)
            and n.lon < s.lon_a + (s.lon_b - s.lon_a) * (n.lat - s.lat_a) / (s.lat_b - s.lat_a)
    group by all
    having count(*) % 2 = 1
),

nearest as (
    select
        n.given_lat,
        n.given_lon,
        n.lat,
        n.lon,
        n.is_swapped,
        -- outlines are simplified: within 300 m of a commune's middle, it is that commune
        arg_min(n.commune_code, (w.departement_code is null and n.flat_distance > pow(0.3 / 111.2, 2), n.flat_distance)) as commune_code,
    from near as n
    left join within as w on w.lat = n.lat and w.lon = n.lon and w.departement_code = n.departement_code
    group by all
)

select
    n.given_lat,
    n.given_lon,
    arg_min(n.commune_code, n.is_swapped) as nearest_code,
    arg_min(c.departement_code, n.is_swapped) as nearest_departement_code,
    bool_and(n.is_swapped) as is_swapped,
from nearest as n
inner join communes as c using (commune_code)
where distance_km(n.lat, n.lon, c.lat, c.lon) <= nearest_reach_km(c.departement_code)
group by all;

-- Texts that fit several communes: the pin says which, and is sure of it if the others are 3 km farther.
create or replace temp table pin_choices as
with measured as (
    select
        r.place_id,
        a.commune_code,
        a.commune_code = x.nearest_code as is_nearest,
        c.departement_code = x.nearest_departement_code as is_in_departement,
        distance_km(
            case when x.is_swapped then r.given_lon else r.given_lat end,
            case when x.is_swapped then r.given_lat else r.given_lon end,
            c.lat,
            c.lon
        ) as km,
        commune_reach_km(c.departement_code) as reach_km,
    from given_places as r
    inner join ambiguous_communes as a using (text_id)
    inner join pin_communes as x on x.given_lat = r.given_lat and x.given_lon = r.given_lon
    inner join communes as c on c.commune_code = a.commune_code
)

select
    place_id,
    commune_code,
    km + 3 < min(km) over others as is_sure,
from measured
window others as (
    partition by place_id rows between unbounded preceding and unbounded following exclude current row
)
qualify row_number() over (partition by place_id order by is_nearest desc, is_in_departement desc, km) = 1 and km <= reach_km;
