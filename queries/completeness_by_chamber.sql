-- How complete are the events of each chamber, field by field?
-- grain: one row per chamber with events, one with a null name for those without chamber, and one of all (is_total)
-- name · is_total · n_events: counted · placed: with a commune, or online · addressed: to the address, or online · timed: with a
-- beginning and an end hour · typed: with a type that was not guessed · themed · organised · described · linked: with a page or
-- an inscription · priced: with its conditions · accessible: with its accessibility
with counted as (
    select
        c.name,
        q.*,
    from {{ chosen.counted_completeness }} as q
    left join chamber_regions as c on c.edition = q.edition and c.region_2014_code = q.region_2014_code
)

select
    name,
    grouping(name) = 1 as is_total,
    coalesce(sum(n_events), 0)::bigint as n_events,
    coalesce(sum(n_placed), 0)::bigint as placed,
    coalesce(sum(n_addressed), 0)::bigint as addressed,
    coalesce(sum(n_timed), 0)::bigint as timed,
    coalesce(sum(n_typed), 0)::bigint as typed,
    coalesce(sum(n_themed), 0)::bigint as themed,
    coalesce(sum(n_organised), 0)::bigint as organised,
    coalesce(sum(n_described), 0)::bigint as described,
    coalesce(sum(n_linked), 0)::bigint as linked,
    coalesce(sum(n_priced), 0)::bigint as priced,
    coalesce(sum(n_accessible), 0)::bigint as accessible,
from counted
group by grouping sets ((name), ())
order by is_total, searchable(name) nulls last;
