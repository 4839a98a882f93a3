-- To version 3: whether an event is free, and whom its ages let in.
alter table events add column is_free boolean;
alter table events add column audiences varchar[];
update events
set
    is_free = case
        when
            regexp_matches(
                searchable(conditions),
                '(^|[^0-9.,])(0*[1-9][0-9 ]*([.,][0-9]+)?|0+[.,]0*[1-9][0-9]*) ?(€|eur)|\bpayante?s?\b|\bnon gratuit'
            ) then false
        when regexp_matches(searchable(conditions), '\b(gratuite?s?|gratuitement|entree libre|acces libre|free)\b') then true
    end,
    audiences = case
        when age_min is null and age_max is null then []::varchar[]
        else list_filter([
            case when coalesce(age_min, 0) < 12 then 'children' end,
            case when coalesce(age_min, 0) < 18 and coalesce(age_max, 99) >= 12 then 'teenagers' end,
            case when coalesce(age_max, 99) >= 18 then 'adults' end,
        ], lambda audience: audience is not null)
    end;
