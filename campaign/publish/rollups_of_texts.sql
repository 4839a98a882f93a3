-- What is rebuilt at each publishing: findings, how complete events are, words, and what the file is as a whole.
-- One row per kind of finding and territory.
truncate finding_rollup;

insert into finding_rollup by name
select
    f.kind,
    e.region_2014_code,
    e.region_2016_code,
    e.departement_code,
    count(*) as n_findings,
    count(*) filter (e.is_published and e.withdrawn_on is null) as n_public,
from findings as f
left join events as e on e.event_id = f.event_id
where not coalesce(e.is_withheld, false)
group by all
order by all;

truncate completeness_rollup;

insert into completeness_rollup by name
select * exclude (country_code)
from {{ every.completeness }}
order by all;

-- Words, each once: those of texts that many events share are read once.
-- Only the words that changed are written: a word is a key, and to let go of all keys takes longer than to find the words.
create or replace temp table found_words as
with texts as (
    select distinct text
    from (
        select title as text from {{ every.counted_events }}
        union all
        select distinct venue from {{ every.counted_events }}
        union all
        select distinct commune from {{ every.counted_events }}
        union all
        select distinct organiser from {{ every.counted_events }}
        union all
        select label from themes
    )
),

-- Split at spaces first, which is fast: texts are many, and hold few different pieces. A number is never what a misspelt word meant,
-- and a numbered title would have a word of its own (most pieces begin with a letter).
pieces as (
    select
        piece,
        count(*) as n_texts,
    from (
        select unnest(list_distinct(string_split(lower(text), ' '))) as piece
        from texts
        where text is not null
    )
    where length(piece) >= 3 and (piece > ':' or not regexp_full_match(piece, '[0-9]+'))
    group by piece
),

written as (
    -- (a class that is repeated three times takes three times as long to compile)
    select
        unnest(list_distinct(regexp_extract_all(piece, '[\p{L}\p{N}]+'))) as spelling,
        n_texts,
    from pieces
),

-- (a text that has a word in two pieces, « d'eau, l'eau », counts twice)
spellings as (
    select
        spelling,
        sum(n_texts) as n_texts,
    from written
    where length(spelling) >= 3 and (spelling > ':' or not regexp_full_match(spelling, '[0-9]+'))
    group by spelling
)

select
    searchable(spelling) as word,
    arg_max(spelling, (n_texts, spelling)) as spelling,
    sum(n_texts)::bigint as n_texts,
from spellings
where regexp_full_match(searchable(spelling), '[a-z0-9]+')
group by word
order by word;

delete from search_words
where (word, spelling, n_texts) not in (select (word, spelling, n_texts) from found_words);

insert into search_words by name
select *
from found_words
where word not in (select word from search_words);

drop table found_words;

update file_info
set
    data_date = counted.data_date,
    n_counted = counted.n_counted,
    settled_on = greatest(
        counted.registered_on,
        timezone('Europe/Paris', counted.data_date)::date,
        (select max(v.replaced_on) from event_versions as v inner join events as e using (event_id) where not e.is_withheld),
        (select max(duplicate_since) from events where not is_withheld),
        (select timezone('Europe/Paris', max(decided_at))::date from corrections)
    )
from (
    select
        greatest(max(updated_at), (from {{ every.last_step_in_or_out }})) as data_date,
        count(*) as n_counted,
        max(registered_on) as registered_on,
    from {{ every.counted_events }}
) as counted;
