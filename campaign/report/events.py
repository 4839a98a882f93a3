"""The parts of a report on events: how many, themes, types, territories, growth."""

from typing import Any

from campaign import store
from campaign.analysis import editions as over_time
from campaign.analysis import official, vintage
from campaign.analysis.comparison import Change, Comparison
from campaign.analysis.distincts import is_placed
from campaign.analysis.figures import Figures, name_of
from campaign.core.language import _, current
from campaign.filters import AUDIENCES, codes
from campaign.profile import profile
from campaign.report.section import Section, Table, present, table
from campaign.statements.sentences import ready
from campaign.store import catalog
from campaign.wording import labels
from campaign.wording.dates import day_name
from campaign.wording.nouns import metric
from campaign.wording.numbers import missing, number, published, share, signed
from campaign.wording.quantities import counted

OVERSEAS = ("01", "02", "03", "04", "06")  # regions, of 2014 and of 2016 alike


def sentences_of(figures: Figures, *keys: str) -> tuple[str, ...]:
    """Return the press room's sentences of these keys; what stands behind their figures is said once, on the title page."""
    by_key = {sentence.key: sentence.plain or sentence.text for sentence in ready(figures)}
    return tuple(by_key[key] for key in keys if key in by_key)


def key_figures(figures: Figures) -> Section:
    """Return the page of key figures: this edition, the one before, and what was published."""
    verdict = figures.compared
    rows = [
        (labels.capitalised(metric("events")), "total", figures.total),
        (labels.capitalised(metric("lead_organisers")), "n_organisers", figures.n_organisers),
        (labels.capitalised(metric("municipalities")), "n_communes", figures.n_communes),
        (_("Départements couverts"), "n_departements", figures.n_departements),
        (_("Sessions"), "n_sessions", figures.n_sessions),
        (_("Événements en ligne"), "online", figures.online),
    ]
    columns = [_("Mesure"), str(figures.edition)]
    table_rows: list[tuple[str, ...]] = [(name, number(n)) for name, _key, n in rows]
    note = None
    if isinstance(verdict, Comparison):
        columns += [str(verdict.edition), _("Écart")]
        now, before = ({**a, **b} for a, b in zip(verdict.totals(), verdict.distincts(), strict=True))
        table_rows = [
            (name, number(now[key]), number(before[key]), signed(_gap(now[key], before[key]))) for name, key, _n in rows
        ]
    if isinstance(verdict, Comparison) and verdict.kind == "same_days_to_go":
        note = _("L'édition n'est pas finie : l'édition d'avant est comptée au même nombre de jours de l'ouverture.")
    return Section(
        "key_figures",
        _("Chiffres clés"),
        present(*sentences_of(figures, "headline", "change"), note),
        (table(_("Compté dans le fichier"), columns, table_rows),),
        ("carte",),
    )


def _gap(now: int | None, old: int | None) -> int | None:
    return None if now is None or old is None else now - old


def how_many(figures: Figures) -> Section:
    """Return how many events, where and when."""
    return Section(
        "how_many",
        _("Les événements : combien"),
        sentences_of(figures, "placement", "busiest_day", "communes"),
        (),
        ("jours",) if figures.level == "country" else (),
    )


def themes(figures: Figures) -> Section:
    """Return the themes; an event with several is in each."""
    rows = store.query("events_by_theme", **figures.chosen.params()).rows
    named = [row for row in rows if row["theme"] is not None]
    title = _("Les événements : thèmes")
    if not named:
        return Section("themes", title, missing=(_("Aucun événement ne dit son thème (n. c.)."),))
    rows.sort(key=lambda row: row["theme"] is None)  # those without a theme stand last
    total = sum(row["count"] for row in rows)
    over = (
        _(
            "Un événement à plusieurs thèmes est dans chacun : la somme ({sum}) dépasse le total ({total}).",
            sum=number(total),
            total=number(figures.total),
        )
        if total > figures.total
        else None
    )
    listed = [
        (row["label"] or _("Sans thème"), number(row["count"]), share(row["count"], figures.total)) for row in rows
    ]
    columns = (_("Thème"), _("Événements"), _("Part des événements"))
    return Section("themes", title, present(over), (table(_("Événements par thème"), columns, listed),))


def types(figures: Figures) -> Section:
    """Return the forms of events, and for which ages they are; nothing is known of the audience's size."""
    rows = store.query("events_by_type", **figures.chosen.params()).rows
    name = "label_en" if current() == "en" else "label_fr"
    listed = [(row[name], number(row["count"]), share(row["count"], figures.total)) for row in rows if row["count"]]
    n_said = _for_ages(figures, AUDIENCES)
    return Section(
        "types",
        _("Les événements : formes et publics"),
        (*sentences_of(figures, "leading_type"), *_age_filled(figures.total, n_said)),
        (table(_("Événements par type"), (_("Type"), _("Événements"), _("Part")), listed), _audiences(figures, n_said)),
        ("types",),
    )


def _for_ages(figures: Figures, groups: tuple[str, ...]) -> int:
    """Return how many events say an age that lets one of these groups in."""
    return int(store.query("event_totals", chosen=figures.chosen.replace(audiences=groups)).one["total"])


def _age_filled(total: int, n_said: int) -> tuple[str, ...]:
    """Return in how many events the age is filled in; nothing without events."""
    if total == 0:
        return ()
    values = {"share": share(n_said, total), "n": number(n_said), "all": number(total)}
    return (_("Âge indiqué dans {share} des événements ({n} sur {all}) ; pour les autres, il est n. c.", **values),)


def _audiences(figures: Figures, n_said: int) -> Table:
    """Return for how many of the events that say an age each group is let in; an event may be for several."""
    rows: list[tuple[str, int | None]] = [
        (labels.audience(group), _for_ages(figures, (group,)) if n_said else None) for group in AUDIENCES
    ]
    listed = [(words, number(n), share(n, n_said)) for words, n in rows]
    listed.append((_("Âge non précisé (n. c.)"), number(figures.total - n_said), ""))
    return table(
        _("Publics, selon l'âge indiqué ; un événement peut être pour plusieurs"),
        (_("Public"), _("Événements"), _("Part de ceux qui indiquent un âge")),
        listed,
    )


def territories(figures: Figures) -> Section:
    """Return the events by region, overseas apart; by département in a region's report."""
    if figures.level == "region":
        place = set(figures.chosen.regions)
        inside = [
            (code, n)
            for code, n in figures.departements
            if n or place & set(catalog.labels("departement")[code].parents)
        ]
        names = {code: name_of(code, "departement", figures.chosen.nomenclature).name for code, _n in inside}
        listed = [(f"{names[code]} ({code})", number(n), share(n, figures.total)) for code, n in inside]
        unknown = figures.total - sum(n for _code, n in figures.departements)
        if unknown:
            listed.append((_("Département inconnu ou en ligne"), number(unknown), share(unknown, figures.total)))
        columns = (_("Département"), _("Événements"), _("Part"))
        text = sentences_of(figures, "standing", "leading_place")
        return Section(
            "territories",
            _("Les événements : par département"),
            text,
            (table(_("Événements par département"), columns, listed),),
        )
    rows = store.query("events_by_region", **figures.chosen.params()).rows
    tables = [
        _regions(
            figures,
            _("Régions de métropole"),
            [r for r in rows if r["region_code"] and r["region_code"] not in OVERSEAS],
        ),
        _regions(figures, _("Régions d'outre-mer"), [r for r in rows if r["region_code"] in OVERSEAS]),
    ]
    unknown = sum(row["count"] for row in rows if row["region_code"] is None)
    note = _(
        "{n} sans région connue ou en ligne : ils comptent dans le total du pays.",
        n=counted(unknown, "événement", "événements"),
    )
    return Section(
        "territories",
        _("Les événements : par région"),
        present(*sentences_of(figures, "leading_place"), note if unknown else None),
        tuple(tables),
        ("regions",),
    )


def _regions(figures: Figures, caption: str, rows: list[dict[str, Any]]) -> Table:
    verdict = figures.compared
    changes = verdict.regions() if isinstance(verdict, Comparison) else {}
    columns = [_("Région"), _("Rang"), _("Événements"), _("Pour 100 000 hab.")]
    columns += [_("Écart avec {year}", year=verdict.edition)] if isinstance(verdict, Comparison) else []
    return table(
        f"{caption} ({vintage.named(figures.chosen)})",
        columns,
        (
            (
                catalog.label(f"region_{figures.chosen.nomenclature}", row["region_code"]),
                number(row["rank"]),
                number(row["count"]),
                number(row["per_100k"], 1),
                *((_change(changes.get(row["region_code"])),) if isinstance(verdict, Comparison) else ()),
            )
            for row in rows
        ),
    )


def _change(change: Change | None) -> str:
    return signed(change.difference) if change else missing()


def growth(figures: Figures) -> Section:
    """Return the editions since the first: what was published and what the file counts, side by side."""
    every = figures.chosen.replace(editions=())
    held = codes().counted_editions
    counts = {row["edition"]: row["count"] for row in store.query("events_by_edition", **every.params()).rows}
    years = over_time.beside_published()
    heads = {year: official.headline(year) if figures.level == "country" else None for year in years}
    listed = []
    for year in years:
        head = heads[year]
        listed.append(
            (
                str(year),
                published(head.value, head.qualifier) if head else missing(),
                labels.stage(head.stage) if head and head.stage else missing(),
                number(counts.get(year, 0) if year in held else None),
            )
        )
    columns = (_("Édition"), _("Chiffre publié"), _("État"), _("Compté dans le fichier"))
    return Section(
        "growth",
        _("La croissance depuis {year}", year=profile().first),
        (_("Chiffres publiés et comptes du fichier ne s'ajoutent ni ne se remplacent."),),
        (table(_("Événements par édition"), columns, listed),),
        ("editions",),
    )


def examples(figures: Figures) -> Section:
    """Return one event per territory: the one with the most sessions, then the earliest."""
    rows = store.query("report_examples", **figures.chosen.params()).rows
    if not rows:
        return Section("examples", _("Exemples"), missing=(_("Aucun événement à citer."),))
    listed = [
        (
            row["territory"] or _("Territoire inconnu"),
            row["title"],
            row["organiser"] or missing(),
            row["commune"] or missing(),
            day_name(row["first_day"], with_year=False) if row["first_day"] else missing(),
        )
        for row in rows
    ]
    columns = (_("Territoire"), _("Événement"), _("Organisateur"), _("Commune"), _("Premier jour"))
    return Section(
        "examples",
        _("Exemples, territoire par territoire"),
        (_("Un événement par territoire : celui qui a le plus de sessions, puis le premier en date."),),
        (table(_("Exemples"), columns, listed, texts=5),),
    )


def coverage(figures: Figures) -> Section:
    """Return who has an event near: events of a neighbouring region count as well."""
    anywhere = figures.chosen.replace(regions=(), departements=())
    rows = store.query("population_reached", chosen=anywhere, within=figures.chosen).rows
    whole = next(row for row in rows if row["departement_code"] is None)
    placed = store.query("event_totals", **anywhere.params()).one
    reached = {km: whole[f"within_{km}"] if is_placed(placed) else None for km in (5, 10, 20)}
    listed = [(_("à moins de {n} km", n=km), share(n, whole["population"]), number(n)) for km, n in reached.items()]
    columns = (_("Distance au plus proche événement situé"), _("Part de la population"), _("Habitants"))
    return Section(
        "coverage",
        _("Les événements : à quelle distance des habitants"),
        (
            _(
                "À vol d'oiseau, du centre d'une commune à celui d'une commune qui a un événement, d'une région voisine aussi."
            ),
        ),
        (table(_("Population proche d'un événement") + f" ({vintage.named(figures.chosen)})", columns, listed),),
    )
