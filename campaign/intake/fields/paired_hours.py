"""Hours of a row that stand in two columns: those of the ends beside those of the beginnings."""

from campaign.intake.dates.moments import Hours, Session


def paired(hours: list[Hours], end_hours: list[Hours], written: str) -> tuple[list[Hours], list[Hours], str]:
    """Return hours with the ends that another column gives for each of them, and what of that column contradicts them."""
    if any(ends is not None for _, ends in hours) or any(ends is not None for _, ends in end_hours):
        return hours, [] if hours[0][1] else end_hours, "" if _is_same(hours, end_hours) else written
    if len(hours) == 1 and len(end_hours) == 1:
        return hours, end_hours, ""
    if len(hours) == len(end_hours):
        return [(begins, ends) for (begins, _), (ends, _) in zip(hours, end_hours, strict=True)], [], ""
    return hours, [], written


def _is_same(hours: list[Hours], end_hours: list[Hours]) -> bool:
    """Tell whether two columns of hours say the same: « 18h-20h » beside « 20h » or « 18h-20h »."""
    return end_hours == hours or [ends for _, ends in hours] == [begins for begins, _ in end_hours]


def contradicted_ends(sessions: list[Session], end_hours: list[Hours], written: str | None) -> list[str]:
    """Return what a column of ends says if the sessions end at another hour, which their own cell gives."""
    given = {hour for begins, ends in end_hours for hour in (begins, ends)}
    last = {ends.hour for _, ends in sessions if ends is not None and ends.hour is not None}
    return [written] if written and given and last and not given & last else []


def are_of_each_day(are_several_days: bool, hours: list[Hours], end_hours: list[Hours]) -> bool:
    """Tell whether columns of hours beside a first and a last day are those of each day: « 10 h », « 18 h », no way round midnight."""
    if not are_several_days or len(hours) != 1 or len(end_hours) != 1 or hours[0][1] or end_hours[0][1]:
        return False
    return hours[0][0] < end_hours[0][0]
