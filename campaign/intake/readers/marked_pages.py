"""What the elements of a web page say of things to programs, microdata or RDFa, as the same things are written in JSON-LD."""

import re
from collections.abc import Iterator
from typing import Any, Final

from campaign.intake.dates import date_text
from campaign.intake.dates.date_text import Hint

_TEXTS: Final = ("name", "description")  # what readers see, also where it is a link
_LINKS: Final = {"a": "href", "link": "href", "area": "href", "img": "src"}

_CLASSES: Final = {
    "p-name": "name", "dt-start": "startDate", "dt-end": "endDate", "p-location": "location", "u-url": "url", "p-summary": "description"
}  # fmt: skip

_OLD_CLASSES: Final = {
    "summary": "name", "dtstart": "startDate", "dtend": "endDate", "location": "location", "url": "url", "description": "description"
}  # fmt: skip
_ISO_DAY: Final = re.compile(r"\d{4}-?\d\d-?\d\d")

Thing = dict[str, Any]


def things(page: Any) -> Iterator[Thing]:
    """Yield the things of a page that are parts of no other."""
    for element in page.xpath("//*[(@itemscope and not(@itemprop)) or (@typeof and not(@property))]"):
        yield _thing(element)
    new = page.xpath("//*[contains(concat(' ', normalize-space(@class), ' '), ' h-event ')]")
    for element in new:
        yield _of_classes(element, _CLASSES)
    old = page.xpath("//*[contains(concat(' ', normalize-space(@class), ' '), ' vevent ')]")
    old = [element for element in old if element not in new]  # a page may be marked in both ways
    named = [thing for element in old if (thing := _of_classes(element, _OLD_CLASSES)).get("name")]
    if any(_ISO_DAY.match(str(thing.get("startDate"))) for thing in named):  # of others a table may say more
        yield from named


def _of_classes(element: Any, classes: dict[str, str]) -> Thing:
    """Return what an event in microformats (h-event, or vevent as they were before) says, under the names of schema.org."""
    thing: Thing = {"@type": ["Event"]}
    for part in element.iterdescendants("*"):
        for name in set((part.get("class") or "").split()) & set(classes):
            is_text = (
                classes[name] not in ("startDate", "endDate", "url") and part.tag in _LINKS
            )  # a name is often a link
            thing.setdefault(classes[name], " ".join(part.text_content().split()) if is_text else _value(part))
    return thing


def moment(machine_date: str, text: str) -> str:
    """Return the day or moment that an element says to programs (`datetime`) and to readers: the fuller of both."""
    match = re.match(r"(\d{4})-(\d\d)-(\d\d)(.*)", machine_date)
    if not match or not text or date_text.parse(text)[0]:
        return text or machine_date
    if re.search(r"\d", match[4]):
        return machine_date
    sessions, left = date_text.parse(text, hint=Hint(int(match[1]), int(match[2])))
    if len(sessions) == 1 and sessions[0][0].hour and sessions[0][1] is None and not left:  # « mer. 5 à 18h30 »
        return f"{machine_date} {sessions[0][0].hour:%H:%M}"
    hours, left = date_text.parse_hours(text)
    return f"{machine_date} {text}" if hours and not left else machine_date


def _thing(element: Any) -> Thing:
    kinds = (element.get("itemtype") or element.get("typeof") or "").split()
    thing: Thing = {"@type": [kind.rsplit("/", 1)[-1] for kind in kinds]}
    _collect(element, thing)
    return {key: values[0] if key != "@type" and len(values) == 1 else values for key, values in thing.items()}


def _collect(element: Any, into: Thing) -> None:
    """Add what the parts of an element say, each under the name of its property."""
    for part in element.iterchildren("*"):
        names = (part.get("itemprop") or part.get("property") or "").split()
        is_thing = part.get("itemscope") is not None or part.get("typeof") is not None
        for name in names:
            into.setdefault(name.rsplit(":", 1)[-1].rsplit("/", 1)[-1], []).append(
                _thing(part) if is_thing else _text(part) if name in _TEXTS else _value(part)
            )
        if not is_thing:
            _collect(part, into)


def _text(element: Any) -> str:
    """Return what an element says to readers, unless it says another thing to programs."""
    return str(element.get("content") or " ".join(element.text_content().split()) or _value(element))


def _value(element: Any) -> str:
    given = element.get("content") or element.get("datetime") or element.get(_LINKS.get(element.tag, "content"))
    given = given or (
        element.get("title") if element.tag == "abbr" else None
    )  # « <abbr class="dtstart" title="2014-11-05"> »
    return str(given) if given else " ".join("".join(element.itertext()).split())
