"""OpenAgenda JSON: an API answer, a list, pages, a single event; with the agenda's schema, its own fields too."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import duckdb

from campaign.core.language import say
from campaign.intake.files import envelope
from campaign.intake.readers import lines
from campaign.intake.request import Reading, Request

HERE: Final = Path(__file__).parent

# Own fields are known by their slug, as agendas name them.
_TYPE = re.compile(
    r"^types?-?(de?-?(l-?)?-?)?(evenements?|manifestations?|actions?|animations?|activites?|initiatives?|rencontres?)?$"
    r"|^(nature|format)s?-de?-?l?-?(evenement|manifestation|action)s?$"
)
_THEME = re.compile(r"^(thematiques?|themes?)(-|$)")
_ORGANISER = re.compile(r"^(organis(at(or|eurs?|rices?)|ations?|mes?)|structures?-organisatrices?)(-|$)")
_NOT_A_NAME = re.compile(r"url|lien|site|mail|tel|phone|contact|logo|description|adresse|type")
_PREFIXES: Final = (
    b"types",
    b"type-",
    b"type_",
    b"nature",
    b"format",
    b"thematique",
    b"theme",
    b"organis",
    b"structure",
)

FIELDS: Final = {
    "uid": "varchar",
    "title": "json",
    "description": "json",
    "longDescription": "json",
    "html": "json",
    "canonicalUrl": "varchar",
    "canonical": "varchar",
    "keywords": "json",
    "timings": "json",
    "firstTiming": "json",
    "nextTiming": "json",
    "lastTiming": "json",
    "timezone": "varchar",
    "attendanceMode": "json",
    "status": "json",
    "state": "varchar",
    "private": "varchar",
    "draft": "varchar",
    "location": "json",
    "conditions": "json",
    "registration": "json",
    "onlineAccessLink": "varchar",
    "accessibility": "json",
    "age": "json",
    "createdAt": "varchar",
    "updatedAt": "varchar",
    "additionalFields": "json",
}


def read(connection: duckdb.DuckDBPyConnection, request: Request) -> Reading:
    """Make `intake_incoming` from an OpenAgenda document."""
    cut = envelope.split(
        request.path,
        request.scratch / "events.ndjson",
        prefixes=_PREFIXES,
        name=request.name,
        advance=request.advance,
    )
    agenda = request.agenda or _embedded(cut.around)
    options = _options(agenda)
    slugs = sorted({"type", *cut.keys, *options})
    types = [slug for slug in slugs if _TYPE.match(_plain(slug))]
    themes = [slug for slug in slugs if _THEME.match(_plain(slug))]
    organisers = [slug for slug in slugs if _ORGANISER.match(_plain(slug)) and not _NOT_A_NAME.search(_plain(slug)[8:])]
    own = [slug for slug in (*types, *themes, *organisers) if slug.lower() not in {f.lower() for f in FIELDS}]
    lines.read(connection, request, cut, {**FIELDS, **dict.fromkeys(own, "json")}, table="intake_events")
    _own_fields(connection, types, themes, organisers, options)
    connection.execute((HERE / "openagenda.sql").read_text("utf-8"))
    labelled = [slug for slug in (*types, *themes) if slug in options]
    return Reading(
        why=say("Événements OpenAgenda ; champs de l'agenda : {names}", names=", ".join(labelled))
        if labelled
        else say("Événements OpenAgenda"),
    )


def is_agenda(document: object) -> bool:
    """Tell whether a JSON object describes an agenda (its fields and their options) rather than events."""
    return isinstance(document, dict) and isinstance(document.get("schema"), dict) and "timings" not in document


def _embedded(around: Any) -> dict[str, Any] | None:
    agenda = around.get("agenda") if isinstance(around, dict) else None
    return agenda if is_agenda(agenda) else None


def labels_of(agenda: dict[str, Any] | None) -> dict[str, dict[str, str]]:
    """Return the labels of the options of those own fields that say what an event is: its type and its themes."""
    return {
        slug: labels
        for slug, labels in _options(agenda).items()
        if _TYPE.match(_plain(slug)) or _THEME.match(_plain(slug))
    }


def _options(agenda: dict[str, Any] | None) -> dict[str, dict[str, str]]:
    """Return for each of the agenda's own fields with options: {id or value: label}."""
    labels_by_field: dict[str, dict[str, str]] = {}
    fields = (agenda or {}).get("schema", {}).get("fields") or []
    for field in fields:
        if not isinstance(field, dict) or not field.get("options") or not isinstance(field.get("field"), str):
            continue
        labels = labels_by_field.setdefault(field["field"], {})
        for option in field["options"]:
            label = _label(option.get("label")) or option.get("value")
            if label:
                labels.update({str(option[key]): str(label) for key in ("value", "id") if option.get(key) is not None})
    return labels_by_field


def _label(label: object) -> str | None:
    if isinstance(label, dict):
        texts = [label.get("fr"), *label.values()]
        return next((text for text in texts if isinstance(text, str) and text.strip()), None)
    return label if isinstance(label, str) else None


def _plain(slug: str) -> str:
    return slug.lower().replace("_", "-")


def _own_fields(
    connection: duckdb.DuckDBPyConnection,
    types: list[str],
    themes: list[str],
    organisers: list[str],
    options: dict[str, dict[str, str]],
) -> None:
    """Make the view `intake_owned`: events with own_type, own_themes, own_organisers, and what of these was not understood.

    An option id without its label is not understood.
    """
    connection.execute((HERE / "own_fields.sql").read_text("utf-8"))
    pairs = [(slug, key, label) for slug in (*types, *themes) for key, label in options.get(slug, {}).items()]
    labels = {f"{slug} {key}": label for slug, key, label in pairs}
    connection.execute(
        "set variable intake_options = map(?::varchar[], ?::varchar[])", [list(labels), list(labels.values())]
    )
    names = ", ".join(f"intake_own_names({_value(slug)})" for slug in organisers)
    unread_names = [f"intake_own_unread_names({_value(s)}, intake_own_names({_value(s)}))" for s in organisers]
    connection.execute(
        f"""
        create or replace temp view intake_owned as
        select
            *,
            ({_labels(types)})[1] as own_type,
            {_labels(themes)} as own_themes,
            {_flat(names)} as own_organisers,
            {_unread(types)} as own_types_unread,
            {_unread(themes)} as own_themes_unread,
            {_text_of(unread_names)} as own_organisers_unread,
        from intake_events
        """  # noqa: S608 - slugs are quoted
    )


def _labels(slugs: Iterable[str]) -> str:
    return _flat(", ".join(f"intake_own_labels({_text(slug)}, {_value(slug)})" for slug in slugs))


def _unread(slugs: Iterable[str]) -> str:
    return _text_of(
        f"intake_own_unread({_value(slug)}, intake_own_labels({_text(slug)}, {_value(slug)}))" for slug in slugs
    )


def _text_of(parts: Iterable[str]) -> str:
    """Return an expression for the texts of some fields in a row, null without any."""
    return f"nullif(concat_ws(' ', {', '.join(parts) or 'null'}), '')"


def _flat(lists: str) -> str:
    return f"flatten([{lists}])" if lists else "[]::varchar[]"


def _value(slug: str) -> str:
    quoted = '"' + slug.replace('"', '""') + '"'
    pointer = _text("/" + slug.replace("~", "~0").replace("/", "~1"))
    return f"coalesce({quoted}, json_extract(additionalfields, {pointer}))"


def _text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
