"""Exports of WordPress sites (WXR): the entries that an agenda's extension keeps, as rows of a table.

What an extension knows of an event stands in « postmeta »: « _EventStartDate », « mec_start_date », « _event_start_date ». Its
place and its organiser are entries of their own, or categories.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from campaign.core.errors import IntakeError
from campaign.core.language import say
from campaign.intake.fields.column_names import field_of
from campaign.intake.fields.likeness import words
from campaign.intake.files import xml_documents

MARK: Final = b"wordpress.org/export"
_REMEDY: Final = say("Vérifiez l'export, ou exportez l'agenda en CSV ou en iCalendar.")
_EXTENSION: Final = re.compile(r"^(?:mec|em|acf|evcal|evo) ")
_REFERRED: Final = ("venue", "location", "organizer", "organiser")
_REFERENCE: Final = re.compile(rf"(?:event )?({'|'.join(_REFERRED)}) id")
_OF_PLACE: Final = re.compile(r"^(?:venue|location|organizer|organiser) ")
_PLACES: Final = ("venue", "location")
_STATES: Final = {"publish": "publié", "future": "publié", "trash": "supprimé"}

Row = dict[str, str]


def rows(path: Path, name: str) -> Iterator[Row]:
    """Yield the entries of the kinds of which one at least has the date of an event; raises IntakeError if there is none."""
    root = xml_documents.root_of(path, name, _REMEDY, is_mended=True)
    entries = [_entry(item) for item in root.iter("item")]
    kinds = {entry["kind"] for entry in entries if "begins" in map(field_of, entry["metas"])}
    if not kinds:
        raise IntakeError(
            say("{name} est l'export d'un site WordPress, sans événement daté.", name=name),
            say("Exportez le contenu de son agenda."),
        )
    others = _numbered(entries)
    for entry in entries:
        if entry["kind"] in kinds:
            yield _row(entry, others)


def _entry(item: Any) -> dict[str, Any]:
    """Return an entry: its kind, number, title, texts, and what its extension knows, by plain names."""
    texts = {_tag(part): (part.text or "").strip() for part in item.iterchildren("*")}
    metas = {}
    for meta in (part for part in item.iterchildren("*") if _tag(part) == "postmeta"):
        pair = {_tag(part): (part.text or "").strip() for part in meta.iterchildren("*")}
        metas[_EXTENSION.sub("", words(pair.get("meta_key", "")))] = pair.get("meta_value", "")
    categories = [(part.get("domain", ""), (part.text or "").strip()) for part in item.iterchildren("category")]
    return {
        "kind": texts.get("post_type", ""),
        "id": texts.get("post_id", ""),
        "texts": texts,
        "metas": metas,
        "categories": categories,
    }


def _tag(part: Any) -> str:
    name = str(part.tag).rsplit("}", 1)[-1]
    return "excerpt" if name == "encoded" and "excerpt" in str(part.tag) else name


def _row(entry: dict[str, Any], others: dict[tuple[str, str], dict[str, Any]]) -> Row:
    texts, metas = entry["texts"], entry["metas"]
    row = {
        "identifiant": entry["id"],
        "titre": texts.get("title", ""),
        "description": texts.get("excerpt") or texts.get("encoded", ""),
        "lien": texts.get("link", ""),
        "date de création": texts.get("post_date", ""),
        "état de publication": _STATES.get(texts.get("status", ""), texts.get("status", "")),
        "mots clés": " | ".join(text for domain, text in entry["categories"] if not _is_of(domain, "")),
    }
    row |= {key: value for key, value in metas.items() if field_of(key) and key not in row}
    if "event all day" in metas:
        row["all day event"] = metas["event all day"]
    for key, number in metas.items():
        if (match := _REFERENCE.fullmatch(key)) and (other := others.get((match[1], number))):
            row |= _of(match[1], other["texts"].get("title", ""), other["metas"])
    for kind in ("location", "venue", "organizer"):
        named = [text for domain, text in entry["categories"] if _is_of(domain, kind)]
        if named:
            row |= _of(kind, " | ".join(named), {})
    return row


def _is_of(domain: str, kind: str) -> bool:
    """Tell whether a category is a place or an organiser: « mec_location », « event-venue »; of any of these kinds if none is given."""
    return any(domain.endswith(each) for each in ([kind] if kind else [*_PLACES, "organizer"]))


def _numbered(entries: list[dict[str, Any]]) -> dict[tuple[str, str], dict[str, Any]]:
    """Return the places and organisers by kind and number: the entry's own, or one that its extension gives."""
    entries_by_number: dict[tuple[str, str], dict[str, Any]] = {}
    for entry in entries:
        for kind in (kind for kind in _REFERRED if kind in entry["kind"]):
            for number in filter(None, (entry["id"], entry["metas"].get(f"{kind} id"))):
                entries_by_number.setdefault((kind, number), entry)
    return entries_by_number


def _of(kind: str, title: str, metas: dict[str, str]) -> Row:
    """Return what is known of a place or an organiser, under names of columns."""
    if kind not in _PLACES:
        return {"organisateur": title}
    parts = {_OF_PLACE.sub("", key): value for key, value in metas.items()}
    return {"nom du lieu": title, **{key: value for key, value in parts.items() if field_of(key) and key != "name"}}
