"""Kinds of values that one filter alone has: editions, a sub-campaign, words, a place."""

from typing import Any, Final

from campaign import store
from campaign.core.errors import FilterError
from campaign.core.language import say
from campaign.filters import subcampaigns
from campaign.filters.choice import Filters, Near
from campaign.filters.declaration import Json, Reading
from campaign.filters.kinds import Day, Listed, Single, enumerated
from campaign.filters.known import Codes
from campaign.store import gazetteer, search
from campaign.wording.quantities import quoted
from campaign.wording.territories import around

MAX_SEARCH_LENGTH: Final = 200
COMMUNE_CODE: Final = "^[0-9][0-9AB][0-9]{3}$"


class Editions(Listed):
    """Years of editions; `all` alone is all of them, none given is the current one."""

    def read(self, name: str, reading: Reading) -> tuple[int, ...]:
        """Return the years in order."""
        values, known = reading.given.get(name, []), reading.known
        if not values:
            return (known.current_edition,) if known.current_edition else ()
        if "all" in values:
            if len(values) > 1:
                raise FilterError(name, say("« edition=all » ne se combine pas avec une année."))
            return ()
        for value in values:
            if not (value.isascii() and value.isdigit() and int(value) in known.editions):
                raise FilterError(name, say("« {value} » n'est pas une édition.", value=value))
        return tuple(sorted({int(value) for value in values}))

    def write(self, value: tuple[Any, ...]) -> list[str]:
        """Return the years."""
        return [str(year) for year in value]

    def schema(self, known: Codes) -> Json:
        """Return the years, or `all` alone."""
        alone = {"type": "array", "items": {"const": "all"}, "minItems": 1, "maxItems": 1}
        years = enumerated(str(year) for year in known.editions)
        return {"anyOf": [{"type": "array", "items": years, "minItems": 1}, alone]}


class Subcampaigns(Single):
    """The code of a sub-campaign: it stands for an edition, themes and days."""

    def read(self, name: str, reading: Reading) -> str | None:
        """Return the code; it is that of the edition given, and no themes or days are given beside it."""
        code = reading.single(name)
        if code is None:
            return None
        years = sorted(one.edition for one in subcampaigns.offered() if one.code == code)
        if not years:
            raise FilterError(name, say("« {name} » n'a pas de code « {code} ».", name=name, code=code))
        for other in ("theme", "from", "to"):
            if other in reading.given:
                raise FilterError(name, say("Un temps fort a ses thèmes et ses jours : sans « {other} ».", other=other))
        editions = reading.fields["editions"]
        if "edition" in reading.given and not (len(editions) == 1 and editions[0] in years):
            known = ", ".join(map(str, years))
            raise FilterError(
                name, say("« {code} » est un temps fort d'une édition à la fois : {known}.", code=code, known=known)
            )
        return code

    def schema(self, known: Codes) -> Json:
        """Return the codes."""
        return enumerated({one.code for one in subcampaigns.offered()})


class LastDay(Day):
    """A day that is not before `from`."""

    def read(self, name: str, reading: Reading) -> Any:
        """Return the day."""
        day, first = super().read(name, reading), reading.fields["from_day"]
        if day and first and day < first:
            raise FilterError(name, say("« to » est avant « from »."))
        return day


class Searched(Single):
    """Words, as the file knows them: what a misspelt one may have meant is looked up once, here."""

    def read(self, name: str, reading: Reading) -> search.Search | None:
        """Return the search; none for an empty text."""
        text = reading.single(name)
        if text and len(text) > MAX_SEARCH_LENGTH:
            raise FilterError(
                name,
                say(
                    "« {name} » a au plus {max_search_length} caractères.",
                    name=name,
                    max_search_length=MAX_SEARCH_LENGTH,
                ),
            )
        if text and not text.isprintable():
            raise FilterError(name, say("« {name} » contient un caractère de contrôle.", name=name))
        return search.read(text) if text else None

    def write(self, value: search.Search) -> list[str]:
        """Return the words as they were written."""
        return [value.text]

    def words(self, value: search.Search, chosen: Filters) -> list[tuple[str, Any]]:
        """Return the words, quoted."""
        return [(quoted(value.text), None)]

    def schema(self, known: Codes) -> Json:
        """Return the length."""
        return {"type": "string", "maxLength": MAX_SEARCH_LENGTH}


class Place(Single):
    """A postcode, or the code or name of a commune in any year."""

    def read(self, name: str, reading: Reading) -> Near | None:
        """Return the place and its point."""
        value = reading.single(name)
        if value is None:
            return None
        code, place = gazetteer.resolve(name, value)
        then = store.query(
            "commune_named", chosen=Filters(editions=reading.fields["editions"]), code=place["commune_code"]
        )
        # what a code is called in the edition: 50129 is Cherbourg-Octeville in 2014, Cherbourg-en-Cotentin since 2016
        is_itself = code != place["name"] and not then.is_empty and then.one["is_itself"]
        return Near(
            code=code, name=then.one["name"] if is_itself else place["name"], lat=place["lat"], lon=place["lon"]
        )

    def write(self, value: Near) -> list[str]:
        """Return the code."""
        return [value.code]

    def words(self, value: Near, chosen: Filters) -> list[tuple[str, Any]]:
        """Return "à moins de 20 km de Rennes"."""
        return [(around(value.name, chosen.radius_km), None)]

    def schema(self, known: Codes) -> Json:
        """Return the longest text that is looked up."""
        return {"type": "string", "maxLength": gazetteer.LONGEST, "examples": ["35000", "35238", "Rennes"]}
