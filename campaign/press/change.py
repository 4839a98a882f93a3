"""The change since the edition before: said between comparable counts only, and in per cent only from 30 on."""

from campaign import official
from campaign.language import _
from campaign.press.figures import Figures
from campaign.press.parts import Sentence, amount, closed
from campaign.press.scope import none_of, of_noun
from campaign.wording.course import SMALL
from campaign.wording.dates import days_to_go
from campaign.wording.labels import capitalised
from campaign.wording.numbers import number, percent


def change(figures: Figures) -> Sentence | None:
    """Return the change since the edition before, or that there is none to compare with; None over several editions."""
    if figures.edition is None:
        return None
    place = capitalised(figures.place.inside)
    if figures.edition == official.FIRST:
        text = _("{place}, pas de comparaison : {year} est la première édition", place=place, year=figures.edition)
        return closed("change", text, figures)
    if figures.compared is None or figures.before is None:
        text = _(
            "{place}, pas de comparaison pour {year} : l'édition {before} n'est pas dans le fichier",
            place=place, year=figures.edition, before=figures.edition - 1,
        )  # fmt: skip
        return closed("change", text, figures)
    now, before, year = figures.now, figures.before, figures.compared.edition
    if now == before:
        same = amount(figures, now) if now else none_of(figures.chosen)
        text = _(
            "{place}, autant en {now} qu'en {year} : {amount}", place=place, now=figures.edition, year=year, amount=same
        )
        return closed("change", _at(text, figures), figures)
    values = {"place": place, "now": figures.edition, "year": year, "of": of_noun(figures.chosen)}
    both = _("de {before} à {after}", before=number(before), after=number(now))
    if min(now, before) >= SMALL and abs(now - before) / before >= 0.0005:
        size = percent(abs(now - before) / before)
        if now > before:
            text = _("{place}, le nombre {of} augmente de {size} entre {year} et {now}", size=size, **values)
        else:
            text = _("{place}, le nombre {of} baisse de {size} entre {year} et {now}", size=size, **values)
    else:
        size = amount(figures, abs(now - before))
        text = (
            _("{place}, {amount} de plus en {now} qu'en {year}", amount=size, **values)
            if now > before
            else _("{place}, {amount} de moins en {now} qu'en {year}", amount=size, **values)
        )
    return closed("change", _at(_("{sentence}, {both}", sentence=text, both=both), figures), figures)


def _at(text: str, figures: Figures) -> str:
    """Return the sentence with the days to go, where a running edition is compared."""
    if figures.compared is None or figures.compared.days_to_go is None:
        return text
    return f"{text}, {days_to_go(figures.compared.days_to_go)}"
