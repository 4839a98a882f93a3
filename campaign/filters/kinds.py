"""Kinds of values that filters take: each reads an address strictly; FilterError names the parameter and says what it takes."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from campaign import store
from campaign.core.errors import FilterError
from campaign.core.language import say
from campaign.filters.declaration import Json, Reading
from campaign.filters.known import Codes

if TYPE_CHECKING:
    from campaign.filters.choice import Filters

FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2100, 12, 31)
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
RADIUS = re.compile(r"[0-9]{1,3}(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,3})?")

Word = Callable[[str, "Filters"], str]


def enumerated(values: Iterable[str]) -> Json:
    """Return the schema of one of these texts; of any text where none is known."""
    listed = sorted(values)
    return {"type": "string", "enum": listed} if listed else {"type": "string"}


class Listed:
    """Codes, none or several: what several kinds share."""

    is_many = True
    default: tuple[str, ...] = ()
    word: Word

    def write(self, value: tuple[str, ...]) -> list[str]:
        """Return the codes."""
        return list(value)

    def words(self, value: tuple[str, ...], chosen: "Filters") -> list[tuple[str, Any]]:
        """Return each code in words, and the other codes."""
        return [(self.word(code, chosen), tuple(other for other in value if other != code)) for code in value]


@dataclass(frozen=True)
class Coded(Listed):
    """Several codes of those that are allowed; `word` says one, `refusal` more of one that is refused."""

    allowed: Callable[[Reading], frozenset[str]]
    word: Word
    known: Callable[[Codes], frozenset[str]]  # for the description: of any reading
    refusal: Callable[[str, Reading], str] = lambda code, reading: ""

    def read(self, name: str, reading: Reading) -> tuple[str, ...]:
        """Return the codes, all of them allowed."""
        values = reading.values(name)
        allowed = self.allowed(reading) if values else frozenset()
        for value in values:
            if value not in allowed:
                more = self.refusal(value, reading)
                raise FilterError(
                    name,
                    say(
                        "« {name} » n'a pas de code « {value} ».{more}",
                        name=name,
                        value=value,
                        more=more and f" {more}",
                    ),
                )
        return values

    def schema(self, known: Codes) -> Json:
        """Return the codes."""
        return enumerated(self.known(known))


def few(codes: Sequence[str], word: Callable[[str], str]) -> Coded:
    """Return the kind of a few codes that no file changes."""
    allowed = frozenset(codes)
    return Coded(allowed=lambda reading: allowed, word=lambda code, chosen: word(code), known=lambda known: allowed)


@dataclass(frozen=True)
class Existing(Listed):
    """Several codes that the file knows: the query `check` says whether, and how each is spelt."""

    check: str
    word: Word
    described: Json

    def read(self, name: str, reading: Reading) -> tuple[str, ...]:
        """Return the codes, each once, all of them known."""
        codes: dict[str, None] = {}
        for value in reading.values(name):
            answer = store.query(self.check, code=value).one
            if not answer["is_known"]:
                raise FilterError(name, say("« {name} » n'a pas de code « {value} ».", name=name, value=value))
            codes[answer["code"]] = None
        return tuple(codes)

    def schema(self, known: Codes) -> Json:
        """Return the shape of a code."""
        return self.described


@dataclass(frozen=True)
class Identifiers(Listed):
    """Identifiers of events, at most `most`."""

    most: int
    word: Word = lambda code, chosen: code

    def read(self, name: str, reading: Reading) -> tuple[str, ...]:
        """Return the identifiers, each once; all are events of the file."""
        values = reading.values(name)
        if len(values) > self.most:
            raise FilterError(name, say("« {name} » est donné au plus {most} fois.", name=name, most=self.most))
        for unknown in store.query("unknown_event_ids", ids=values).column("event_id") if values else ():
            raise FilterError(name, say("« {name} » n'a pas d'événement « {unknown} ».", name=name, unknown=unknown))
        return values

    def schema(self, known: Codes) -> Json:
        """Return the shape of an identifier."""
        return {"type": "string", "pattern": "^[0-9a-f]{16}$"}


class Single:
    """One value or none: what several kinds share."""

    is_many = False

    def __init__(self, default: Any = None, word: Callable[[Any], str] = str) -> None:
        self.default = default
        self._word = word

    def write(self, value: Any) -> list[str]:
        """Return the value as text."""
        return [str(value)]

    def words(self, value: Any, chosen: "Filters") -> list[tuple[str, Any]]:
        """Return the value in words; without it, the default."""
        return [(self._word(value), self.default)]


class Choice(Single):
    """One of a few texts; `numbers`: they are read as numbers."""

    def __init__(self, values: Sequence[Any], default: Any, word: Callable[[Any], str] = str) -> None:
        super().__init__(default, word)
        self._values = {str(value): value for value in values}

    def read(self, name: str, reading: Reading) -> Any:
        """Return the value."""
        given = reading.single(name)
        if given is None:
            return self.default
        if given not in self._values:
            raise FilterError(name, say("« {name} » vaut {names}.", name=name, names=", ".join(self._values)))
        return self._values[given]

    def schema(self, known: Codes) -> Json:
        """Return the values, and the default."""
        described: Json = {"type": "string", "enum": list(self._values)}
        return described if self.default is None else described | {"default": str(self.default)}


class Flag(Choice):
    """Yes, no, or not asked."""

    def __init__(self, word: Callable[[bool], str]) -> None:
        super().__init__((), None, word)
        self._values = {"true": True, "false": False}

    def write(self, value: bool) -> list[str]:
        """Return true or false."""
        return [str(value).lower()]


class Day(Single):
    """A day, as 2014-11-05."""

    def read(self, name: str, reading: Reading) -> date | None:
        """Return the day."""
        value = reading.single(name)
        if value is None:
            return None
        try:
            day = date.fromisoformat(value) if DAY.fullmatch(value) else None
        except ValueError:
            day = None
        if day is None or not FIRST_DAY <= day <= LAST_DAY:
            raise FilterError(name, say("« {name} » est une date comme 2014-11-05.", name=name))
        return day

    def write(self, value: date) -> list[str]:
        """Return the day."""
        return [value.isoformat()]

    def schema(self, known: Codes) -> Json:
        """Return the shape of a day."""
        return {"type": "string", "format": "date"}


class Kilometres(Single):
    """A distance in km, above 0 and at most `most`."""

    def __init__(self, default: float, most: float) -> None:
        super().__init__(default)
        self._most = most

    def read(self, name: str, reading: Reading) -> float:
        """Return the distance."""
        value = reading.single(name)
        if value is None:
            return float(self.default)
        distance = float(value) if RADIUS.fullmatch(value) else -1.0
        if not 0 < distance <= self._most:
            raise FilterError(name, say("« {name} » est un nombre de 0 à {most}.", name=name, most=f"{self._most:g}"))
        return distance

    def write(self, value: float) -> list[str]:
        """Return the number."""
        return [f"{value:g}"]

    def schema(self, known: Codes) -> Json:
        """Return the range."""
        return {"type": "number", "exclusiveMinimum": 0, "maximum": self._most, "default": self.default}
