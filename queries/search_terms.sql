-- Which words does a search ask for, and what may a misspelt one have meant?
-- grain: one row per word of $text
-- word: as searched (no case, no accents); hyphens and apostrophes part words
-- meant: known words that a word found nowhere is nearest to, at most 12; null where it is found or nothing is near
-- spelling: how the first of them is written
with tokens as (
    select unnest(string_split(searchable($text), ' ')) as token
),

asked as (
    select distinct
        unnest(case when regexp_matches(token, '[a-z0-9]') then string_split_regex(token, '[''-]+') else [token] end)
            as word,
    from tokens
),

-- one letter may be wrong, two in long words; of a word that is still being typed, the beginning counts
misspelt as (
    select
        word,
        len(word) as n_letters,
        case when len(word) < 8 then 1 else 2 end as tolerance,
    from asked
    where
        regexp_full_match(word, '[a-z]{4,40}')
        and not exists (select 1 from search_words as s where contains(s.word, asked.word))
),

near as (
    select
        m.word,
        s.word as meant,
        s.spelling,
        s.n_texts,
        damerau_levenshtein(m.word, s.word) as whole,
        case
            when len(s.word) > m.n_letters
                then least(
                    damerau_levenshtein(m.word, left(s.word, m.n_letters - 1)),
                    damerau_levenshtein(m.word, left(s.word, m.n_letters)),
                    damerau_levenshtein(m.word, left(s.word, m.n_letters + 1))
                )
            else damerau_levenshtein(m.word, s.word)
        end as begun,
        m.tolerance,
    from misspelt as m
    inner join search_words as s on len(s.word) >= m.n_letters - m.tolerance
),

measured as (
    select
        *,
        case when min(whole) over (partition by word) <= tolerance then whole else begun end as distance,
    from near
),

nearest as (
    select *
    from measured
    where distance <= tolerance
    qualify
        distance = min(distance) over (partition by word)
        and row_number() over (partition by word order by distance, whole, n_texts desc, meant) <= 12
),

understood as (
    select
        word,
        list(meant order by whole, n_texts desc, meant) as meant,
        first(spelling order by whole, n_texts desc, meant) as spelling,
    from nearest
    group by word
)

select
    a.word,
    u.meant,
    u.spelling,
from asked as a
left join understood as u on u.word = a.word
where a.word <> ''
order by a.word;
