"""What an import did, in words."""

from collections.abc import Mapping, Sequence
from typing import Final

from campaign.core.language import _, ngettext
from campaign.wording.labels import capitalised
from campaign.wording.numbers import number
from campaign.wording.quantities import clauses, listed

MOST_LINES_NAMED: Final = 5


def counts(of: Mapping[str, int]) -> str:
    """Return what a kept import brought, a row of `imports`: "3 nouveaux, 31 retirés, 9 inchangés"; nothing is said of zeros."""
    parts = [
        (of["n_new"], ngettext("{n} nouveau", "{n} nouveaux", of["n_new"], n=number(of["n_new"]))),
        (of["n_updated"], ngettext("{n} mis à jour", "{n} mis à jour", of["n_updated"], n=number(of["n_updated"]))),
        (of["n_withdrawn"], ngettext("{n} retiré", "{n} retirés", of["n_withdrawn"], n=number(of["n_withdrawn"]))),
        (of["n_unchanged"], ngettext("{n} inchangé", "{n} inchangés", of["n_unchanged"], n=number(of["n_unchanged"]))),
        (of["n_rejected"], ngettext("{n} rejeté", "{n} rejetés", of["n_rejected"], n=number(of["n_rejected"]))),
    ]
    return ", ".join(text for n, text in parts if n)


def account(
    new: int,
    updated: int = 0,
    unchanged: int = 0,
    rejected: Sequence[tuple[int | None, str]] = (),
    *,
    is_tried: bool = False,
) -> str:
    """Return the account of an import, with the rejected lines by reason and what to do next.

    "97 événements importés, 3 lignes rejetées (12, 40, 41 : date absente). Corrigez-les et réimportez le fichier."
    `rejected` holds the line, if known, and the reason in the reader's language. What is only tried (`is_tried`) says of no event
    that it was imported.
    """
    if not (new or updated or unchanged or rejected):
        return _("Le fichier ne contient aucun événement.")
    if not new:
        parts = [_("aucun nouvel événement")]
    elif is_tried:
        parts = [ngettext("{n} nouvel événement", "{n} nouveaux événements", new, n=number(new))]
    else:
        parts = [ngettext("{n} événement importé", "{n} événements importés", new, n=number(new))]
    if updated and is_tried:
        parts.append(ngettext("{n} à mettre à jour", "{n} à mettre à jour", updated, n=number(updated)))
    elif updated:
        parts.append(ngettext("{n} mis à jour", "{n} mis à jour", updated, n=number(updated)))
    if unchanged:
        parts.append(ngettext("{n} inchangé", "{n} inchangés", unchanged, n=number(unchanged)))
    if not rejected:
        return capitalised(", ".join(parts)) + "."
    n = len(rejected)
    parts.append(
        ngettext(
            "{n} ligne rejetée ({lines})",
            "{n} lignes rejetées ({lines})",
            n,
            n=number(n),
            lines=_by_reason(rejected),
        )
    )
    remedy = ngettext("Corrigez-la et réimportez le fichier.", "Corrigez-les et réimportez le fichier.", n)
    return f"{capitalised(', '.join(parts))}. {remedy}"


def _by_reason(rejected: Sequence[tuple[int | None, str]]) -> str:
    """Return "12, 40, 41 : date absente ; 57 : titre absent", reasons in the order of their first line."""
    reasons: dict[str, list[int]] = {}
    for line, reason in sorted(rejected, key=lambda row: (row[0] is None, row[0] or 0)):
        reasons.setdefault(reason, []).extend([] if line is None else [line])
    return clauses(
        _("{lines} : {reason}", lines=_lines(lines), reason=reason) if lines else reason
        for reason, lines in reasons.items()
    )


def _lines(lines: Sequence[int]) -> str:
    named = [str(line) for line in lines[:MOST_LINES_NAMED]]  # as a spreadsheet shows them: no separator
    others = len(lines) - len(named)
    if not others:
        return ", ".join(named)
    more = ngettext("{n} autre", "{n} autres", others, n=number(others))
    return listed([", ".join(named), more])
