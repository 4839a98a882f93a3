"""The change since the edition before: said between comparable counts only, and in per cent only from 30 on."""

from campaign.analysis.comparison import Refusal
from campaign.analysis.figures import Figures
from campaign.core.language import _
from campaign.statements.parts import Sentence, amount, closed
from campaign.statements.scope import none_of, of_noun
from campaign.wording.course import SMALL
from campaign.wording.dates import days_to_go
from campaign.wording.labels import capitalised
from campaign.wording.numbers import number, percent


def change(figures: Figures) -> Sentence | None:
    """Return the change since the edition before, or that there is none to compare with; None over several editions."""
    if figures.edition is None:
        return None
    place = capitalised(figures.place.inside)
    if isinstance(figures.compared, Refusal) or figures.change is None:
        return closed("change", _refused(figures, place), figures)
    now, before, year = figures.change.now, figures.change.before, figures.compared.edition
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


def _refused(figures: Figures, place: str) -> str:
    """Return that there is nothing to compare with, and why."""
    values = {"place": place, "year": figures.edition, "before": (figures.edition or 0) - 1}
    reason = figures.compared.reason if isinstance(figures.compared, Refusal) else "absent"
    if reason == "first":
        return _("{place}, pas de comparaison : {year} est la première édition", **values)
    if reason == "undated" and isinstance(figures.compared, Refusal):
        return _("{place}, pas de comparaison de {year} à {before} – {reason}", reason=figures.compared.words, **values)
    return _("{place}, pas de comparaison pour {year} : l'édition {before} n'est pas dans le fichier", **values)


def _at(text: str, figures: Figures) -> str:
    """Return the sentence with the days to go, where the editions are compared at them."""
    if isinstance(figures.compared, Refusal) or figures.compared.days_to_go is None:
        return text
    return f"{text}, {days_to_go(figures.compared.days_to_go)}"
