"""What a shared filter is: one declaration from which every reader of filters is made.

A `Filter` says how its values are read from an address and refused, where they stand in SQL, how they are said (label, chip,
clause of a sentence), and which widget offers them. Parsing, addresses, SQL, sidebar, chips, sentences, OpenAPI and the command
line walk over the registry (campaign/filters/registry.py); none keeps a list of its own.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Protocol

from campaign.core.errors import FilterError
from campaign.core.language import _, say
from campaign.filters.known import Codes
from campaign.store.conditions import Condition, any_of, one_of
from campaign.wording.quantities import listed

if TYPE_CHECKING:
    from campaign.filters.choice import Filters

Json = dict[str, Any]


@dataclass
class Reading:
    """What a filter's value is read with: the whole address, the codes of the file, and the fields that were read before it."""

    given: Mapping[str, list[str]]
    known: Codes
    fields: dict[str, Any] = field(default_factory=dict)

    def single(self, name: str) -> str | None:
        """Return the only value of a parameter, None if it is not given; raises FilterError if it is repeated."""
        values = self.given.get(name, [])
        if len(values) > 1:
            raise FilterError(name, say("« {name} » ne peut être donné qu'une fois.", name=name))
        return values[0].strip() if values else None

    def values(self, name: str) -> tuple[str, ...]:
        """Return the values of a parameter, each once."""
        return tuple(dict.fromkeys(self.given.get(name, [])))


class Kind(Protocol):
    """A kind of value: how it is read from an address, written to it, described, and said."""

    is_many: bool
    default: Any

    def read(self, name: str, reading: Reading) -> Any:
        """Return the value that an address gives; raises FilterError, which names the parameter and says what it takes."""
        ...

    def write(self, value: Any) -> list[str]:
        """Return the value as an address holds it."""
        ...

    def schema(self, known: Codes) -> Json:
        """Return the JSON Schema of one value."""
        ...

    def words(self, value: Any, chosen: "Filters") -> list[tuple[str, Any]]:
        """Return each part of a value in words, with what remains of the value without it."""
        ...


@dataclass(frozen=True)
class Widget:
    """How the sidebar offers a filter: a control over its codes, or one that the page draws by itself (`own`).

    `is_folded`: among the further filters; `is_on_agenda`: the agenda offers it above or beside its list. `options` gives the codes
    that can be chosen, with their words.
    """

    control: Literal["select", "multiselect", "own"]
    is_folded: bool = True
    is_on_agenda: bool = False
    placeholder: str = ""
    options: Callable[["Filters"], Mapping[str, str]] | None = None


@dataclass(frozen=True, kw_only=True)
class Filter:
    """One shared filter.

    `name` stands in addresses, `field` is the attribute of `Filters`; `label` and `help` are French messages. Either `column`
    (a column of events that holds one of the values), or `conditions`. `clause` says it in a sentence: a French message with the
    place {values}, or a function; a filter that narrows must have one. `implied` gives the words by which a text says it without
    the clause, its noun or its place: one of each group must be there. `chips`, `is_written` and `finish` are for the few that
    need words or steps of their own. `follows` gives the value of a choice that names none, where it follows from its other filters
    (the kind's default is None then).
    """

    name: str
    label: str
    help: str
    kind: Kind
    field: str = ""
    column: str = ""
    is_list_column: bool = False
    conditions: Callable[["Filters"], list[Condition]] | None = None
    clause: str | Callable[["Filters"], str] = ""
    implied: Callable[["Filters"], list[tuple[str, ...]]] | None = None
    chips: Callable[["Filters"], list[tuple[str, "Filters"]]] | None = None
    widget: Widget | None = None
    is_territory: bool = False
    follows: Callable[["Filters"], Any] | None = None
    finish: Callable[["Filters"], "Filters"] | None = None
    is_written: Callable[["Filters"], bool] = lambda chosen: True

    def __post_init__(self) -> None:
        """Complete the field's name; raise ValueError where a filter narrows what is counted and nothing would say it."""
        if not self.field:
            object.__setattr__(self, "field", self.name)
        if self.narrows and not self.clause:
            raise ValueError(f"filter {self.name}: it narrows what is counted, give the clause that says it")

    @property
    def narrows(self) -> bool:
        """Whether it leaves events out; else it only says how they are counted or shown."""
        return bool(self.column or self.conditions)

    def value(self, chosen: "Filters") -> Any:
        """Return its value in a choice."""
        return getattr(chosen, self.field)

    def default(self, chosen: "Filters") -> Any:
        """Return the value of a choice that names none."""
        return self.kind.default if self.follows is None else self.follows(chosen)

    def is_active(self, chosen: "Filters") -> bool:
        """Whether a choice has another value than the default."""
        if self.follows is None:
            return self.field in chosen.chosen()
        return bool(self.value(chosen) != self.default(chosen))

    def where(self, chosen: "Filters") -> list[Condition]:
        """Return its conditions for a choice, none where it is not active."""
        if not self.is_active(chosen):
            return []
        if self.conditions is not None:
            return self.conditions(chosen)
        if not self.column:
            return []
        value = self.value(chosen)
        values = value if isinstance(value, tuple) else (value,)
        return [(any_of if self.is_list_column else one_of)(self.name, self.column, values)]

    def words(self, chosen: "Filters") -> list[str]:
        """Return its values in words."""
        return [words for words, _rest in self.kind.words(self.value(chosen), chosen)]

    def clause_for(self, chosen: "Filters") -> str:
        """Return the clause that says it in a sentence; "" where it is not active."""
        if not self.is_active(chosen) or not self.clause:
            return ""
        if callable(self.clause):
            return self.clause(chosen)
        return _(self.clause, values=listed(words[:1].lower() + words[1:] for words in self.words(chosen)))

    def unsaid(self, chosen: "Filters", text: str) -> str:
        """Return the clause, "" where a text says it already, by its words or by those that imply it."""
        clause, plain = self.clause_for(chosen), _plain(text)
        groups = [(clause,)] if self.implied is None else self.implied(chosen)
        is_implied = bool(groups) and all(any(_plain(words) in plain for words in group) for group in groups)
        return "" if is_implied or _plain(clause) in plain else clause

    def active(self, chosen: "Filters") -> list[tuple[str, "Filters"]]:
        """Return its chips: each value in words, and the choice without it."""
        if not self.is_active(chosen):
            return []
        if self.chips is not None:
            return self.chips(chosen)
        value = self.value(chosen)
        return [(words, chosen.replace(**{self.field: rest})) for words, rest in self.kind.words(value, chosen)]


def _plain(text: str) -> str:
    """Return a text as it is compared: one kind of space, no capitals."""
    return " ".join(text.casefold().split())
