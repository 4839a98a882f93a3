"""Ready sentences by rules: each says its figure, territory, edition, source, date of the data and how settled it is.

Growth is said between comparable counts only: two finished editions of the file, or two editions at the same days to go;
in per cent only where both sides reach 30. A rounded figure is cut, never raised, and the exact one stands beside.
"""

from collections.abc import Iterator

from campaign.analysis import official
from campaign.analysis.figures import Figures, has_no_chamber, name_of
from campaign.analysis.standing import is_provisional
from campaign.core.language import _, ngettext
from campaign.statements.change import change
from campaign.statements.parts import (
    Sentence,
    amount,
    campaign_name,
    closed,
    regions_words,
    source_title,
    stage_words,
    when,
)
from campaign.statements.scope import none_of, noun
from campaign.wording import campaign_names as names
from campaign.wording import sentences
from campaign.wording.dates import day_name
from campaign.wording.labels import capitalised
from campaign.wording.nouns import figure as published_figure
from campaign.wording.numbers import floor_to_two_digits, number, ordinal, share
from campaign.wording.quantities import listed
from campaign.wording.sentences import SHARE_FROM
from campaign.wording.territories import MOST_NAMED, Territory

FEWEST = 3  # a busiest day of one or two events is no finding
FEWEST_SHARED = 5  # nor is « soit 0,3 % » of one event


def ready(figures: Figures) -> list[Sentence]:
    """Return every sentence that can be said of a choice, the most useful first."""
    candidates = [
        total(figures),
        headline(figures),
        change(figures),
        standing(figures),
        leading_place(figures),
        leading_type(figures),
        communes(figures),
        busiest_day(figures),
        placement(figures),
        *published(figures),
    ]
    return [sentence for sentence in candidates if sentence is not None]


def total(figures: Figures) -> Sentence:
    """Return the count itself: "En Bretagne, la Fête 2014 (7e édition) compte 95 événements (…)."."""
    text = counting(figures, figures.place, figures.total)
    if figures.level == "region" and has_no_chamber(
        figures.chosen.nomenclature, figures.chosen.region, figures.editions
    ):
        text = _(
            "{sentence} ; pas encore de {chamber} en {year}",
            sentence=text,
            chamber=names.chambers(1),
            year=max(figures.editions),
        )
    return closed("total", text, figures)


def counting(figures: Figures, place: Territory, n: int) -> str:
    """Return the clause that counts n in a place, for the campaign of these figures: "en Bretagne, … compte 95 …"."""
    values = {"place": capitalised(place.inside), "campaign": campaign_name(figures)}
    if n == 0:
        return _("{place}, {campaign} ne compte {none}", none=none_of(figures.chosen), **values)
    if is_provisional(figures.stage):
        return _("{place}, {campaign} compte à ce jour {amount}", amount=amount(figures, n), **values)
    return _("{place}, {campaign} compte {amount}", amount=amount(figures, n), **values)


def headline(figures: Figures) -> Sentence | None:
    """Return a count for a title, cut to two digits and never above the exact one, which stands beside."""
    floor = floor_to_two_digits(figures.total)
    if floor == figures.total:
        return None
    text = _(
        "Plus de {floor} {noun} {place} pour {campaign} : {exact} exactement",
        floor=number(floor),
        noun=noun(figures.chosen, floor),
        place=figures.place.inside,
        campaign=campaign_name(figures),
        exact=number(figures.total),
    )
    return closed("headline", text, figures)


def standing(figures: Figures) -> Sentence | None:
    """Return a territory's part of the country and its rank, ties said."""
    ranking = figures.ranking
    if ranking is None or figures.total == 0 or figures.country_total < 2:
        return None
    values = {
        "place": figures.place.inside,
        "when": capitalised(when(figures)),
        "part": number(figures.total),
        "amount": amount(figures, figures.country_total),
        "rank": ordinal(ranking.rank, masculine=True),
        "among": number(ranking.among),
        "share": share(figures.total, figures.country_total),
    }
    if figures.country_total >= SHARE_FROM and figures.total >= FEWEST_SHARED:
        text = _("{when}, on compte {place} {part} des {amount} du pays, soit {share}", **values)
    else:
        text = _("{when}, on compte {place} {part} des {amount} du pays", **values)
    if figures.level == "departement":
        rank = _("c'est le {rank} rang des {among} départements", **values)
    else:
        known = regions_words(figures.chosen.nomenclature)
        rank = _("c'est le {rank} rang des {regions}", regions=known, **values)
    if ranking.tied:
        rank = _("{rank}, à égalité avec {others}", rank=rank, others=_others(figures, ranking.tied))
    return closed("standing", _("{sentence} : {more}", sentence=text, more=rank), figures)


def _others(figures: Figures, codes: tuple[str, ...]) -> str:
    if len(codes) <= MOST_NAMED:
        return listed(name_of(code, figures.level, figures.chosen.nomenclature).with_article for code in codes)
    n = len(codes)
    if figures.level == "departement":
        return ngettext("{n} autre département", "{n} autres départements", n, n=number(n))
    return ngettext("{n} autre région", "{n} autres régions", n, n=number(n))


def leading_place(figures: Figures) -> Sentence | None:
    """Return which regions of the country, or départements of a region, come first."""
    if figures.total == 0 or figures.level not in ("country", "region") or figures.chosen.types:
        return None
    level = "region" if figures.level == "country" else "departement"
    counts = dict(figures.regions if level == "region" else figures.departements)
    if not any(counts.values()) or (level == "departement" and sum(n > 0 for n in counts.values()) < 2):
        return None
    text = sentences.where(
        counts,
        figures.total,
        level="region" if level == "region" else "departement",
        nomenclature=figures.chosen.nomenclature,
        unit=figures.chosen.unit,
    )
    text = text[:1].lower() + text[1:].removesuffix(".")
    values = {"place": capitalised(figures.place.inside), "when": when(figures)}
    return closed("leading_place", _("{place} {when}, {sentence}", sentence=text, **values), figures)


def leading_type(figures: Figures) -> Sentence | None:
    """Return the most frequent type of a territory; None where a type is filtered."""
    if figures.total == 0 or figures.chosen.types:
        return None
    text = sentences.types(dict(figures.types), figures.total, unit=figures.chosen.unit).removesuffix(".")
    values = {"place": capitalised(figures.place.inside), "when": when(figures)}
    return closed(
        "leading_type", _("{place} {when}, {sentence}", sentence=text[:1].lower() + text[1:], **values), figures
    )


def communes(figures: Figures) -> Sentence | None:
    """Return in how many communes events take place."""
    if not figures.n_communes or figures.chosen.communes:
        return None
    n = figures.n_communes
    text = ngettext(
        "{place} {when}, {n} commune accueille des {nouns}",
        "{place} {when}, {n} communes accueillent des {nouns}",
        n,
        place=capitalised(figures.place.inside),
        when=when(figures),
        n=number(n),
        nouns=noun(figures.chosen.replace(unit="events"), 2),
    )
    return closed("communes", text, figures)


def busiest_day(figures: Figures) -> Sentence | None:
    """Return the day with the most events; several days are said together up to three, else not at all."""
    days, n = figures.busiest
    if not 1 <= len(days) <= MOST_NAMED or n < FEWEST:
        return None
    counted = f"{number(n)} {noun(figures.chosen.replace(unit='events'), n)}"
    names = listed(day_name(day, with_weekday=True) for day in days)
    if len(days) == 1:
        text = _(
            "Le jour le plus chargé {place} est le {day} : {amount}",
            place=figures.place.inside,
            day=names,
            amount=counted,
        )
    else:
        text = _(
            "Jours les plus chargés {place} : {days}, avec {amount} chacun",
            place=figures.place.inside,
            days=names,
            amount=counted,
        )
    return closed("busiest_day", text, figures)


def placement(figures: Figures) -> Sentence | None:
    """Return how many are located, online, or without a known place."""
    counts = (figures.located, figures.online, figures.unlocated)
    if figures.total < 2:
        return None
    parts = [
        ngettext("{n} a un lieu connu", "{n} ont un lieu connu", figures.located, n=number(figures.located)),
        ngettext("{n} est en ligne", "{n} sont en ligne", figures.online, n=number(figures.online)),
        ngettext("{n} est sans lieu connu", "{n} sont sans lieu connu", figures.unlocated, n=number(figures.unlocated)),
    ]
    values = {
        "place": capitalised(figures.place.inside),
        "when": when(figures),
        "amount": amount(figures, figures.total),
    }
    if figures.total in counts:
        all_of_them = (_("ont un lieu connu"), _("sont en ligne"), _("sont sans lieu connu"))
        text = _("{place} {when}, les {amount} {are}", are=all_of_them[counts.index(figures.total)], **values)
    else:
        placed = listed(part for part, n in zip(parts, counts, strict=True) if n)
        text = _("{place} {when}, sur {amount}, {placed}", placed=placed, **values)
    return closed("placement", text, figures)


def published(figures: Figures) -> Iterator[Sentence]:
    """Yield what was published of the same territory and edition, each with its source; never mixed with counts."""
    published_figures = figures.published
    if headline := official.beside(figures.chosen.replace(as_of=None)):
        published_figures = (headline, *published_figures)
    elif other := official.instead_beside(figures.chosen.replace(as_of=None)):
        published_figures = (other, *published_figures)
    for figure in published_figures:
        text = _(
            "Chiffre publié pour {year} {place} : {figure} (source : {source} ; {stage})",
            year=figure.edition,
            place=figures.place.inside,
            figure=published_figure(figure.metric, figure.value, figure.qualifier),
            source=source_title(figure),
            stage=stage_words(figure.stage),
        )
        yield Sentence("published", f"{text}.", figure.stage or "unknown")
