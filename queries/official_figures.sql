-- Which figures were published, by whom?
-- grain: one row per figure and source
-- figure_id · edition · territory_level · territory_code · territory_name · category · metric · value · qualifier · stage
-- is_headline · source_id · note · source_title · source_producer · source_url · accessed_on: when it was read
select
    f.figure_id,
    f.edition,
    f.territory_level,
    f.territory_code,
    f.territory_name,
    f.category,
    f.metric,
    f.value,
    f.qualifier,
    f.stage,
    f.is_headline,
    f.source_id,
    f.note,
    s.title as source_title,
    s.producer as source_producer,
    s.url as source_url,
    s.accessed_on,
from official_figures as f
left join sources as s on s.source_id = f.source_id
order by f.edition, f.figure_id;
