-- What did an import change in the territory of $chosen, chamber by chamber?
-- grain: one row per chamber with a change of a published event, and one with a null name for events without chamber
-- name · n_new: seen for the first time · n_withdrawn: a full export no longer holds them · n_absent: the source's import before
-- held them, this one does not; they still count · n_moved: other place or sessions · n_edited: anything else
with changes as (
    select
        e.region_2014_code,
        c.change,
    from import_changes($import_id) as c
    inner join events as e on e.event_id = c.event_id
    where
        e.is_published
        and not e.is_withheld
        and in_chosen_territory($chosen, e.region_2014_code, e.region_2016_code, e.departement_code)
)

select
    c.name,
    count(*) filter (h.change = 'new') as n_new,
    count(*) filter (h.change = 'withdrawn') as n_withdrawn,
    count(*) filter (h.change = 'absent') as n_absent,
    count(*) filter (h.change = 'moved') as n_moved,
    count(*) filter (h.change = 'edited') as n_edited,
from changes as h
left join chambers as c on list_contains(c.region_2014_codes, h.region_2014_code)
group by c.name
order by c.name nulls last;
