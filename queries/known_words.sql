-- Which of these words stand in the texts of events?
-- grain: one row per known word of $words
-- word: without case and accents
select distinct word
from search_words
where list_contains($words, word)
order by word;
