"""The reader's choice: shared filters, the same names in pages, addresses and on the command line.

`Filters` is what a query takes. `parse` reads an address strictly (FilterError names the parameter), `lenient` drops what
is wrong, as a page does; `to_query` writes an address back.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, get_args

import duckdb

from campaign import filter_plan, filter_values, store
from campaign.errors import FilterError
from campaign.filter_codes import Codes as Codes
from campaign.filter_codes import codes as codes
from campaign.filter_values import DEFAULT_RADIUS_KM as DEFAULT_RADIUS_KM
from campaign.filter_values import FIRST_DAY as FIRST_DAY
from campaign.filter_values import LAST_DAY as LAST_DAY
from campaign.filter_values import MAX_IDS as MAX_IDS
from campaign.filter_values import MAX_RADIUS_KM as MAX_RADIUS_KM
from campaign.filter_values import MAX_SEARCH_LENGTH as MAX_SEARCH_LENGTH

Nomenclature = Literal[2014, 2016]
Unit = Literal["events", "sessions", "days"]
Lang = Literal["fr", "en"]

UNITS: tuple[str, ...] = get_args(Unit)
ATTENDANCE_MODES = ("on_site", "online", "mixed")
ACCESSIBILITIES = ("hi", "vi", "pi", "mi", "ii")
AUDIENCES = ("children", "teenagers", "adults")
ANSWERS = ("true", "false")

# Order in addresses; lists repeat the name.
NAMES = (
    "edition",
    "nomenclature",
    "region",
    "departement",
    "type",
    "theme",
    "subcampaign",
    "attendance_mode",
    "commune",
    "organiser",
    "free",
    "accessible",
    "audience",
    "id",
    "from",
    "to",
    "q",
    "near",
    "radius_km",
    "unit",
    "as_of",
    "lang",
)


@dataclass(frozen=True)
class Near:
    """A postcode or commune code, and the point that it stands for."""

    code: str
    name: str
    lat: float
    lon: float


@dataclass(frozen=True)
class Filters:
    """One reader's choice; an empty tuple or None filters nothing. `editions` empty means all of them.

    `subcampaign` names the edition, themes and days that are chosen (campaign/steering/subcampaigns.py); it filters nothing more.
    """

    editions: tuple[int, ...] = ()
    nomenclature: Nomenclature = 2014
    regions: tuple[str, ...] = ()
    departements: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    subcampaign: str | None = None
    attendance_modes: tuple[str, ...] = ()
    communes: tuple[str, ...] = ()
    organisers: tuple[str, ...] = ()
    free: bool | None = None
    accessible: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    from_day: date | None = None
    to_day: date | None = None
    q: str | None = None
    near: Near | None = None
    radius_km: float = DEFAULT_RADIUS_KM
    unit: Unit = "events"
    as_of: date | None = None
    lang: Lang = "fr"

    @property
    def edition(self) -> int | None:
        """The only edition, or None when several or all are chosen."""
        return self.editions[0] if len(self.editions) == 1 else None

    @property
    def region(self) -> str | None:
        """The only region, or None."""
        return self.regions[0] if len(self.regions) == 1 else None

    def params(self) -> dict[str, object]:
        """Return the parameters that a query with `$chosen` takes."""
        return {"chosen": self}

    def but(self, **changes: object) -> "Filters":
        """Return the same choice with some fields changed; with another edition, theme or day it is no sub-campaign's any more."""
        changed: Filters = replace(self, **changes)  # type: ignore[arg-type]
        if self.subcampaign and "subcampaign" not in changes and changed._named() != self._named():
            return replace(changed, subcampaign=None)
        return changed

    def _named(self) -> tuple[object, ...]:
        """Return what a sub-campaign stands for."""
        return (self.editions, self.themes, self.from_day, self.to_day)

    def as_value(self) -> duckdb.Value:
        """Return the struct that the macros of campaign/build/definitions.sql read."""
        return filter_plan.value(self)

    def shortened(self) -> dict[str, str]:
        """Return what stands for each macro of campaign/build/definitions.sql that this choice makes simpler."""
        return filter_plan.shortened(self)

    def to_query(self) -> list[tuple[str, str]]:
        """Return the choice as (name, value) pairs of an address, defaults left out except the edition."""
        pairs: list[tuple[str, str]] = [("edition", str(e)) for e in self.editions] or [("edition", "all")]
        if self.nomenclature != 2014:
            pairs.append(("nomenclature", str(self.nomenclature)))
        for name, values in (
            ("region", self.regions),
            ("departement", self.departements),
            ("type", self.types),
            ("theme", () if self.subcampaign else self.themes),
            ("subcampaign", (self.subcampaign,) if self.subcampaign else ()),
            ("attendance_mode", self.attendance_modes),
            ("commune", self.communes),
            ("organiser", self.organisers),
            ("free", () if self.free is None else (str(self.free).lower(),)),
            ("accessible", self.accessible),
            ("audience", self.audiences),
            ("id", self.ids),
        ):
            pairs += [(name, value) for value in values]
        if self.from_day and not self.subcampaign:
            pairs.append(("from", self.from_day.isoformat()))
        if self.to_day and not self.subcampaign:
            pairs.append(("to", self.to_day.isoformat()))
        if self.q:
            pairs.append(("q", self.q))
        if self.near:
            pairs.append(("near", self.near.code))
            if self.radius_km != DEFAULT_RADIUS_KM:
                pairs.append(("radius_km", f"{self.radius_km:g}"))
        if self.unit != "events":
            pairs.append(("unit", self.unit))
        if self.as_of:
            pairs.append(("as_of", self.as_of.isoformat()))
        if self.lang != "fr":
            pairs.append(("lang", self.lang))
        return pairs


def parse(pairs: Iterable[tuple[str, str]], *, extra: Sequence[str] = ()) -> Filters:
    """Return the choice that an address makes; raises FilterError on an unknown name, value or code.

    `extra` names the parameters that belong to the address itself (`by`, `limit`, …) and are passed over.
    """
    given: dict[str, list[str]] = {}
    for name, value in pairs:
        if name in extra:
            continue
        if name not in NAMES:
            raise FilterError(name, f"Paramètre inconnu : « {name} ».")
        given.setdefault(name, []).append(value)
    return _read(given)


def lenient(pairs: Iterable[tuple[str, str]]) -> tuple[Filters, list[str]]:
    """Return the choice that a page's address makes, and the names of parameters whose value was dropped."""
    given: dict[str, list[str]] = {}
    for name, value in pairs:
        if name in NAMES:
            given.setdefault(name, []).append(value)
    dropped: list[str] = []
    while True:
        try:
            return _read(given), dropped
        except FilterError as error:
            dropped.append(error.parameter)
            del given[error.parameter]


def _read(given: Mapping[str, list[str]]) -> Filters:
    known = codes()
    nomenclature = _nomenclature(filter_values.single(given, "nomenclature"))
    near = _near(filter_values.single(given, "near"))
    from_day, to_day = filter_values.day(given, "from"), filter_values.day(given, "to")
    if from_day and to_day and to_day < from_day:
        raise FilterError("to", "« to » est avant « from ».")
    radius = filter_values.radius(filter_values.single(given, "radius_km"))
    editions = _editions(given.get("edition", []), known)
    named = filter_values.subcampaign(given, editions)
    chosen = Filters(
        editions=editions,
        nomenclature=nomenclature,
        regions=filter_values.listed(given, "region", known.regions[nomenclature]),
        departements=filter_values.listed(given, "departement", known.departements),
        types=filter_values.listed(given, "type", known.types),
        themes=filter_values.listed(given, "theme", known.themes),
        attendance_modes=filter_values.listed(given, "attendance_mode", frozenset(ATTENDANCE_MODES)),
        communes=filter_values.existing(given, "commune", "commune_exists"),
        organisers=filter_values.existing(given, "organiser", "organiser_exists"),
        free={"true": True, "false": False}.get(filter_values.choice(given, "free", ANSWERS, "")),
        accessible=filter_values.listed(given, "accessible", frozenset(ACCESSIBILITIES)),
        audiences=filter_values.listed(given, "audience", frozenset(AUDIENCES)),
        ids=filter_values.ids(given),
        from_day=from_day,
        to_day=to_day,
        q=filter_values.search(filter_values.single(given, "q")),
        near=near,
        radius_km=radius,
        unit=filter_values.choice(given, "unit", UNITS, "events"),  # type: ignore[arg-type]
        as_of=filter_values.day(given, "as_of"),
        lang=filter_values.choice(given, "lang", get_args(Lang), "fr"),  # type: ignore[arg-type]
    )
    return named.within(chosen) if named else chosen


def _editions(values: list[str], known: Codes) -> tuple[int, ...]:
    if not values:
        return (known.current_edition,) if known.current_edition else ()
    if "all" in values:
        if len(values) > 1:
            raise FilterError("edition", "« edition=all » ne se combine pas avec une année.")
        return ()
    for value in values:
        if not (value.isascii() and value.isdigit() and int(value) in known.editions):
            raise FilterError("edition", f"« {value} » n'est pas une édition.")
    return tuple(sorted({int(value) for value in values}))


def _nomenclature(value: str | None) -> Nomenclature:
    if value in (None, "2014"):
        return 2014
    if value == "2016":
        return 2016
    raise FilterError("nomenclature", "« nomenclature » vaut 2014 ou 2016.")


def _near(value: str | None) -> Near | None:
    if value is None:
        return None
    found = store.query("place_of_code", code=value)
    if found.is_empty:
        raise FilterError("near", f"« {value} » n'est ni un code postal ni un code commune connu.")
    place = found.one
    return Near(code=value, name=place["name"], lat=place["lat"], lon=place["lon"])
