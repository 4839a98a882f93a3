"""Names of communes with a typo, matched among the communes of their postcode or département."""

import duckdb
from rapidfuzz import fuzz, process

LEAST_SIMILARITY = 84.0  # of 100; « Renne » for Rennes is 91, « Rennes » for Vannes is 67
LEAST_LEAD = 6.0  # points before the second candidate


def match_misspelt(connection: duckdb.DuckDBPyConnection) -> None:
    """Add to `named_communes`, as step 6, the texts whose name nearly is that of one commune of their postcode or département.

    Reads place_texts, text_departements, postcode_communes and named_places. Only distinct texts that nothing else has matched
    are looked at, and only when one candidate is clearly the nearest.
    """
    rows = connection.execute(
        """
        with unmatched as (
            select
                text_id,
                postcode,
                coalesce(is_postcode_known, false) as is_postcode_known,
                city_key,
            from place_texts
            where
                city_key is not null
                and text_id not in (select text_id from named_communes)
                and text_id not in (select text_id from ambiguous_communes)
        ),

        candidates as (
            select
                u.text_id,
                u.city_key,
                c.commune_code,
                c.search_name,
            from unmatched as u
            inner join postcode_communes as c on c.postcode = u.postcode and c.kind = 'commune'
            where u.is_postcode_known
            union all
            select
                u.text_id,
                u.city_key,
                c.commune_code,
                c.search_name,
            from unmatched as u
            inner join (
                select commune_code, search_name, unnest(postcodes) as postcode from named_places where is_other_year
            ) as c on c.postcode = u.postcode
            where u.is_postcode_known
            union all
            select
                u.text_id,
                u.city_key,
                c.commune_code,
                c.search_name,
            from unmatched as u
            inner join text_departements as k on k.text_id = u.text_id
            inner join named_places as c on c.departement_code = k.departement_code
            where not u.is_postcode_known
        )

        select
            text_id,
            city_key,
            list(distinct {'code': commune_code, 'name': search_name}) as candidates,
        from candidates
        group by all
        """
    ).fetchall()
    found = [(text_id, code) for text_id, name, candidates in rows if (code := nearest(name, candidates)) is not None]
    if found:
        connection.execute(
            "insert into named_communes select unnest($texts::ubigint[]), unnest($codes::varchar[]), 6",
            {"texts": [text_id for text_id, _ in found], "codes": [code for _, code in found]},
        )


def nearest(name: str, candidates: list[dict[str, str]]) -> str | None:
    """Return the code of the candidate whose name is clearly the nearest to `name`, or None."""
    scored = process.extract(
        name, {(c["code"], c["name"]): c["name"] for c in candidates}, scorer=fuzz.ratio, limit=None
    )
    best: dict[str, float] = {}  # a commune may have several names
    for _name, score, (code, _) in scored:
        best[code] = max(score, best.get(code, 0.0))
    ranked = sorted(best, key=lambda code: -best[code])
    if not ranked or best[ranked[0]] < LEAST_SIMILARITY:
        return None
    if len(ranked) > 1 and best[ranked[0]] - best[ranked[1]] < LEAST_LEAD:
        return None
    return ranked[0]
