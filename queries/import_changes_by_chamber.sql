-- What did an import change in the territory of $chosen, chamber by chamber?
-- grain: one row per chamber with a change of a published event, and one with a null name for events without chamber
-- name · n_new: seen for the first time · n_withdrawn: a full export no longer holds them · n_absent: the source's import before
-- held them, this one does not; they still count · n_moved: other place or sessions · n_edited: anything else
with changes as (
    select
        edition,
        region_2014_code,
        change,
        count(*) as n,
    from import_changes($import_id)
    where
        is_published
        and {{ chosen.territory() }}
    group by all
)

select
    c.name,
    coalesce(sum(h.n) filter (h.change = 'new'), 0)::bigint as n_new,
    coalesce(sum(h.n) filter (h.change = 'withdrawn'), 0)::bigint as n_withdrawn,
    coalesce(sum(h.n) filter (h.change = 'absent'), 0)::bigint as n_absent,
    coalesce(sum(h.n) filter (h.change = 'moved'), 0)::bigint as n_moved,
    coalesce(sum(h.n) filter (h.change = 'edited'), 0)::bigint as n_edited,
from changes as h
left join chamber_regions as c on c.edition = h.edition and c.region_2014_code = h.region_2014_code
group by c.name
order by searchable(c.name) nulls last;
