"""A programme as plain text, to paste into a newsletter."""

from typing import Final

from campaign.core.language import _
from campaign.programme.listing import Programme, masthead

WIDE: Final = 72


def text(programme: Programme) -> str:
    """Return the programme, a heading per day and commune, one paragraph per event with its address."""
    head = f"{masthead(programme.figures)} – {programme.title}"
    lines = [
        head,
        "=" * min(len(head), WIDE),
        "",
        programme.counted,
        *([programme.remaining] if programme.remaining else []),
        programme.origin,
    ]
    if programme.figures.is_demo:
        lines.append(_("Démonstration : les événements sont fictifs ; les chiffres officiels sont réels."))
    lines += [_("À jour à cette adresse : {link}", link=programme.live)]
    if programme.empty != programme.remaining:
        lines += ["", programme.empty]
    for day in programme.days:
        lines += ["", "", day.name.upper(), "-" * len(day.name)]
        for place in day.places:
            lines += ["", place.name]
            for line in place.lines:
                hours = f"{line.hours} : " if line.hours else ""
                lines += [f"- {hours}{line.title}", f"  {'. '.join(line.notes)}.", f"  {line.href}"]
    if programme.left_out:
        lines += ["", programme.left_out]
    return "\n".join(lines) + "\n"
