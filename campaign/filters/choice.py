"""The reader's choice: a value for each shared filter."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from campaign.core.nomenclatures import Nomenclature
from campaign.filters import registry
from campaign.filters.known import codes, nomenclature_of
from campaign.store.plans import Planned, plan_of

if TYPE_CHECKING:
    from campaign.store.search import Search

Unit = Literal["events", "sessions", "days"]
Lang = Literal["fr", "en"]


@dataclass(frozen=True)
class Near:
    """A postcode or commune code, and the point that it stands for."""

    code: str
    name: str
    lat: float
    lon: float


class Filters:
    """One reader's choice; an empty tuple or None filters nothing. `editions` empty means all of them.

    `nomenclature` is that in force for the editions, unless another one was chosen.

    Its fields are those of the registry, each with its filter's default; those that code asks for by name are declared below.
    `subcampaign` names the edition, themes and days that are chosen (campaign/profile/subcampaigns.py); it filters nothing more.
    Immutable and hashable: equal choices are equal keys.
    """

    editions: tuple[int, ...]
    nomenclature: Nomenclature
    regions: tuple[str, ...]
    departements: tuple[str, ...]
    collectivities: tuple[str, ...]
    types: tuple[str, ...]
    themes: tuple[str, ...]
    subcampaign: str | None
    attendance_modes: tuple[str, ...]
    communes: tuple[str, ...]
    organisers: tuple[str, ...]
    organiser_families: tuple[str, ...]
    free: bool | None
    accessible: tuple[str, ...]
    audiences: tuple[str, ...]
    times_of_day: tuple[str, ...]
    ids: tuple[str, ...]
    from_day: date | None
    to_day: date | None
    q: "Search | None"
    near: Near | None
    radius_km: float
    unit: Unit
    as_of: date | None
    lang: Lang

    def __init__(self, **values: Any) -> None:
        """Take the values of some fields; TypeError for one that no filter has."""
        declared = {each.field: each for each in registry.all_filters()}
        if unknown := values.keys() - declared.keys():
            raise TypeError(f"no filter has the field {', '.join(sorted(unknown))}")
        chosen = {field: value for field, value in values.items() if value != declared[field].kind.default}
        self.__dict__.update({field: each.kind.default for field, each in declared.items() if each.follows is None})
        self.__dict__.update(chosen)
        self.__dict__["_chosen"] = chosen

    @cached_property
    def _key(self) -> frozenset[tuple[str, Any]]:
        """Return what makes choices equal: a value that follows from others is the same as one that was asked for."""
        followed = {each.field: each.value(self) for each in registry.all_filters() if each.follows is not None}
        return frozenset({**self.chosen(), **followed}.items())

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a choice is not changed in place: Filters.replace({name}=…)")

    def __getattr__(self, name: str) -> Any:
        """Return the default of a filter that follows from the others, or that was declared after this choice was made."""
        if not name.startswith("_"):
            for declared in registry.all_filters():
                if declared.field == name:
                    return declared.default(self)
        raise AttributeError(name)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Filters) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)

    def __repr__(self) -> str:
        return f"Filters({', '.join(f'{field}={value!r}' for field, value in self.chosen().items())})"

    def chosen(self) -> Mapping[str, Any]:
        """Return the fields that have another value than their default."""
        return self.__dict__["_chosen"]  # type: ignore[no-any-return]

    @property
    def edition(self) -> int | None:
        """The only edition, or None when several or all are chosen."""
        return self.editions[0] if len(self.editions) == 1 else None

    @property
    def region(self) -> str | None:
        """The only region, or None."""
        return self.regions[0] if len(self.regions) == 1 else None

    def params(self) -> dict[str, object]:
        """Return the parameters that a query with `chosen` takes."""
        return {"chosen": self}

    def replace(self, **changes: Any) -> "Filters":
        """Return the same choice with some fields changed; with another edition, theme or day it is no sub-campaign's any more.

        The regions stay those of this choice's nomenclature, so that editions can be compared: `moved_to` lets it follow.
        """
        unchanged = {"nomenclature": self.nomenclature} if "editions" in changes else {}
        changed = Filters(**{**self.chosen(), **unchanged, **changes})
        if self.subcampaign and "subcampaign" not in changes and changed._named() != self._named():
            return changed.replace(subcampaign=None)
        return changed

    def moved_to(self, *editions: int) -> "Filters":
        """Return the same view of other editions, none for all: the nomenclature is theirs, unless the reader chose another one.

        A region that theirs does not have keeps its own.
        """
        moved = self.replace(editions=editions)
        theirs = nomenclature_of(editions)
        is_asked = self.nomenclature != nomenclature_of(self.editions)
        if is_asked or not codes().regions[theirs].issuperset(self.regions):
            return moved
        return moved.replace(nomenclature=None)

    def only(self, *fields: str, **changes: Any) -> "Filters":
        """Return a choice that keeps these fields alone: `chosen.only("editions", "lang")`."""
        return Filters(**{**{field: getattr(self, field) for field in fields}, **changes})

    def _named(self) -> tuple[object, ...]:
        """Return what a sub-campaign stands for."""
        return (self.editions, self.themes, self.from_day, self.to_day)

    @cached_property
    def _plan(self) -> Planned:
        conditions = [
            (declared.name, condition) for declared in registry.all_filters() for condition in declared.where(self)
        ]
        return plan_of(conditions, unit=self.unit, nomenclature=self.nomenclature, as_of=self.as_of,
                       from_day=self.from_day, to_day=self.to_day, has_near=self.near is not None)  # fmt: skip

    def plan(self) -> Planned:
        """Return how this choice reads the event file (campaign/store/plans.py)."""
        return self._plan

    def to_query(self) -> list[tuple[str, str]]:
        """Return the choice as (name, value) pairs of an address, defaults left out except the edition."""
        return list(self._query)

    @cached_property
    def _query(self) -> tuple[tuple[str, str], ...]:
        """Return those pairs, made once: a page writes a hundred addresses, most of the same choice."""
        pairs: list[tuple[str, str]] = []
        for declared in registry.all_filters():
            value = declared.value(self)
            if declared.name == "edition" and not value:
                pairs.append(("edition", "all"))
            elif declared.is_active(self) and declared.is_written(self):
                pairs += [(declared.name, text) for text in declared.kind.write(value)]
        return tuple(pairs)
