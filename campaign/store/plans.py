"""How a choice reads the event file: the relations that queries name, written out for its conditions.

A query is a Jinja template in which a choice is a value with relations: `from {{ chosen.counted_events }} as e`. Each relation is
a file of `queries/relations/`, which reads the events with the choice's conditions, or a rollup that holds all the columns that
these conditions read. Nothing is asked of the database, and only conditions that the choice has are written: DuckDB plans each.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import jinja2

from campaign.core.settings import ROOT
from campaign.store.conditions import Condition

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

QUERIES: Final = ROOT / "queries"
RELATIONS: Final = QUERIES / "relations"

TERRITORY: Final = frozenset({"edition", "region_2014_code", "region_2016_code", "departement_code"})
PLACE: Final = TERRITORY | {"type", "attendance_mode"}
SCANNED: Final = "events"

TEMPLATES: Final = jinja2.Environment(undefined=jinja2.StrictUndefined, autoescape=False, trim_blocks=True)  # noqa: S701  SQL


@dataclass(frozen=True)
class Rollup:
    """A table of counts kept ready: the columns that conditions may read; `cuts_days`: it is cut to a range of days itself.

    `is_single`: it holds one row per single choice of edition, territory and type, because distinct counts do not add up.
    """

    table: str
    columns: frozenset[str]
    cuts_days: bool = False
    is_single: bool = False


# What answers a relation, the smallest first; a scan of the events answers what none of them holds.
ROLLUPS: Final[Mapping[str, tuple[Rollup, ...]]] = {
    "counted_rollup": (
        Rollup("event_rollup", PLACE),
        Rollup("theme_rollup", PLACE | {"themes"}),
        Rollup("day_rollup", PLACE, cuts_days=True),
    ),
    "counted_themes": (Rollup("theme_rollup", PLACE | {"themes"}),),
    "counted_days": (Rollup("day_rollup", PLACE, cuts_days=True),),
    "counted_first_days": (Rollup("day_rollup", PLACE),),
    "counted_communes": (Rollup("commune_rollup", TERRITORY | {"type"}),),
    "counted_registrations": (Rollup("registration_rollup", TERRITORY | {"type"}),),
    "counted_organisers": (Rollup("organiser_rollup", TERRITORY),),
    "counted_shared": (Rollup("organiser_rollup", TERRITORY),),
    "counted_distincts": (Rollup("distinct_counts", TERRITORY | {"type"}, is_single=True),),
}


@dataclass(frozen=True)
class Plan:
    """What a choice asks of the event file: its conditions and what else shapes the text of a query; equal plans share texts."""

    conditions: tuple[tuple[str, str, frozenset[str], bool], ...]  # filter, SQL, columns, whether it cuts days
    n_values: tuple[tuple[str, int], ...]
    unit: str
    nomenclature: int
    has_as_of: bool
    has_from: bool
    has_to: bool
    has_near: bool
    only_scans: bool = False

    def rollup(self, relation: str) -> str:
        """Return the table that answers a relation: a rollup, or `events`."""
        if self.has_as_of or self.only_scans:
            return SCANNED
        for rollup in ROLLUPS.get(relation, ()):
            if self._is_held_by(rollup):
                return rollup.table
        return SCANNED

    def _is_held_by(self, rollup: Rollup) -> bool:
        if not all(
            rollup.cuts_days if is_range else columns <= rollup.columns
            for _filter, _sql, columns, is_range in self.conditions
        ):
            return False
        if not rollup.is_single:
            return True
        n_values = dict(self.n_values)
        return (
            n_values.get("edition") == 1
            and n_values.get("region", 0) + n_values.get("departement", 0) <= 1
            and n_values.get("type", 0) <= 1
            and n_values.keys() <= {"edition", "region", "departement", "type"}
        )

    def scanned(self) -> "Plan":
        """Return the plan that reads the same from the events alone."""
        return replace(self, only_scans=True)


@dataclass(frozen=True)
class Planned:
    """A plan, and the values of the parameters that its conditions name, without the prefix of the choice."""

    plan: Plan
    values: Mapping[str, Any]


def plan_of(
    conditions: Sequence[tuple[str, Condition]],
    *,
    unit: str,
    nomenclature: int,
    as_of: "date | None",
    from_day: "date | None",
    to_day: "date | None",
    has_near: bool,
) -> Planned:
    """Return how a choice with these conditions, by the name of their filter, reads the file."""
    values: dict[str, Any] = {}
    counts: dict[str, int] = {}
    for name, condition in conditions:
        values.update(condition.parameters)
        counts[name] = counts.get(name, 0) + len(condition.parameters)
    values |= {"as_of": as_of} if as_of else {}
    plan = Plan(
        conditions=tuple((name, each.sql, each.columns, each.is_range) for name, each in conditions),
        n_values=tuple(sorted(counts.items())),
        unit=unit,
        nomenclature=nomenclature,
        has_as_of=as_of is not None,
        has_from=from_day is not None,
        has_to=to_day is not None,
        has_near=has_near,
    )
    return Planned(plan, values)


class Relations:
    """A choice as queries see it: `p` is the name of its parameter, which its values' names begin with."""

    def __init__(self, p: str, plan: Plan) -> None:
        self.p = p
        self._plan = plan

    def __getattr__(self, name: str) -> str:
        """Return a relation of queries/relations, in parentheses."""
        if name.startswith("_"):
            raise AttributeError(name)
        folder = RELATIONS / name
        path = folder / f"{self._plan.rollup(name)}.sql" if name in ROLLUPS else RELATIONS / f"{name}.sql"
        if not path.is_file():
            raise AttributeError(f"no relation {name}")
        return self._read(path)

    def reached(self, within: "Relations") -> str:
        """Return the communes of another choice's territory, each with its distance from the events of this one."""
        return self._read(RELATIONS / "communes_reached.sql", within=within)

    def _read(self, path: "Path", **others: "Relations") -> str:
        return f"(\n{_template(str(path)).render(chosen=self, **others).strip()}\n)"

    @property
    def conditions(self) -> str:
        """The choice's conditions on events, those on days included."""
        return self._and(sql for _filter, sql, _columns, _is_range in self._plan.conditions)

    @property
    def place_conditions(self) -> str:
        """Its conditions on a rollup: days apart."""
        return self._and(sql for _filter, sql, _columns, is_range in self._plan.conditions if not is_range)

    def only(self, *names: str, of: str = "") -> str:
        """Return the conditions of these filters alone, over columns of the table alias `of`."""
        return self._and((sql for name, sql, _columns, _is_range in self._plan.conditions if name in names), of)

    def territory(self, of: str = "") -> str:
        """Return the conditions on region and département, over columns of the table alias `of`."""
        return self.only("region", "departement", of=of)

    def _and(self, conditions: Iterable[str], of: str = "") -> str:
        table = f"{of}." if of else ""
        return " and ".join(sql.format(p=self.p, t=table) for sql in conditions) or "true"

    @property
    def unit(self) -> str:
        """The unit, as a literal."""
        return f"'{self._plan.unit}'"

    def in_unit(self, events: str = "n_events", sessions: str = "n_sessions", days: str = "n_days") -> str:
        """Return the column of a count in the chosen unit."""
        return {"events": events, "sessions": sessions, "days": days}[self._plan.unit]

    def region(self, of: str = "") -> str:
        """Return the column of the region in the chosen nomenclature."""
        return f"{of}{'.' if of else ''}region_{self._plan.nomenclature}_code"

    @property
    def nomenclature(self) -> str:
        """The nomenclature, as a literal."""
        return str(self._plan.nomenclature)

    @property
    def has_as_of(self) -> bool:
        """Whether the file is read as of a day."""
        return self._plan.has_as_of

    @property
    def as_of(self) -> str:
        """The day of which the file is read, or null."""
        return f"${self.p}_as_of" if self._plan.has_as_of else "null::date"

    @property
    def range_start(self) -> str:
        """The first chosen day, or one before all days."""
        return f"${self.p}_from" if self._plan.has_from else "date '0001-01-01'"

    @property
    def range_end(self) -> str:
        """The last chosen day, or one after all days."""
        return f"${self.p}_to" if self._plan.has_to else "date '9999-12-31'"

    @property
    def edition(self) -> str:
        """The first chosen edition, null where all are chosen."""
        return f"${self.p}_edition_1" if self._has("edition") else "null::smallint"

    def value(self, name: str) -> str:
        """Return the first value of a list filter, null where it has none."""
        return f"${self.p}_{name}_1" if self._has(name) else "null::varchar"

    def count(self, name: str) -> int:
        """Return how many values a list filter has."""
        return dict(self._plan.n_values).get(name, 0)

    @property
    def distance_km(self) -> str:
        """The distance from the chosen place, null where none is chosen."""
        if not self._plan.has_near:
            return "null::double"
        return f"distance_km(${self.p}_lat, ${self.p}_lon, lat, lon)"

    def _has(self, name: str) -> bool:
        return self.count(name) > 0


EVERYTHING: Final = Plan((), (), "events", 2014, False, False, False, False)


@lru_cache(maxsize=1024)
def written(text: str, plans: tuple[tuple[str, Plan], ...]) -> str:
    """Return the SQL of a query for these plans, by the names of its choices."""
    return TEMPLATES.from_string(text).render({name: Relations(name, plan) for name, plan in plans})


def written_for_all(text: str) -> str:
    """Return SQL in which `{{ every.… }}` stands for the relations of all that the file holds, as builds use them."""
    return written(text, (("every", EVERYTHING),))


@lru_cache
def _template(path: str) -> jinja2.Template:
    with open(path, encoding="utf-8") as source:  # noqa: PTH123
        return TEMPLATES.from_string(source.read())
