"""The names of the campaign, of those who coordinate it, and of its metrics, in the reader's language, from the campaign's folder."""

from typing import Final

from campaign.core.language import _, current, typeset
from campaign.profile import profile
from campaign.profile.tables import OTHER as OTHER
from campaign.profile.tables import TypeRow

FEMININE: Final = "f"


def capitalised(text: str) -> str:
    """Return a text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def slug() -> str:
    """Return what names of files begin with."""
    return profile().id


def name() -> str:
    """Return the campaign's name without article."""
    given = profile().settings.name
    return given.en if current() == "en" else typeset(given.fr)


def the() -> str:
    """Return the name with its article: "le …", "la …"."""
    given = profile().settings.name
    return given.the_en if current() == "en" else typeset(given.the)


def of() -> str:
    """Return the name after "of": "du …", "de la …"."""
    given = profile().settings.name
    return f"of {given.the_en}" if current() == "en" else typeset(given.of)


def at() -> str:
    """Return the name after "at": "au …", "à la …"."""
    given = profile().settings.name
    return f"at {given.the_en}" if current() == "en" else typeset(given.at)


def of_long() -> str:
    """Return the name, written out, after "of"."""
    given = profile().settings.name
    return f"of {given.the_long_en}" if current() == "en" else typeset(given.of_long)


def dashboard() -> str:
    """Return what this product is called."""
    return _("Tableau de bord {of_campaign}", of_campaign=name() if current() == "en" else of())


def chambers(n: float) -> str:
    """Return what they are called, agreeing with n."""
    given = profile().settings.chamber
    if current() == "en":
        return given.en if abs(n) == 1 else given.plural_en
    return typeset(given.fr if abs(n) < 2 else given.plural)


def body() -> str:
    """Return what one of them is called in a word, « chambre »."""
    given = profile().settings.chamber
    return given.noun_en if current() == "en" else typeset(given.noun)


def a_body() -> str:
    """Return « une chambre », « un comité »; "a chamber", "an office"."""
    if current() == "en":
        return f"{'an' if body()[:1].lower() in 'aeio' else 'a'} {body()}"
    return f"{'une' if is_feminine() else 'un'} {body()}"


def bodies() -> str:
    """Return what they are called in a word, « chambres »."""
    given = profile().settings.chamber
    return given.nouns_en if current() == "en" else typeset(given.nouns)


def bodies_of(n: float) -> str:
    """Return the word, agreeing with n."""
    return body() if abs(n) < 2 and (current() == "fr" or abs(n) == 1) else bodies()


def is_feminine() -> bool:
    """Whether what agrees with them in French is feminine."""
    return profile().settings.chamber.gender == FEMININE


def body_with_short() -> str:
    """Return the word with the short form as a heading, « Comité (CR) »; the word alone without one."""
    return _with_short(capitalised(body()))


def chamber_note() -> str:
    """Return how many there are and what is not known of them; "" where the folder says nothing."""
    given = profile().settings.chamber
    return given.note_en if current() == "en" else typeset(given.note)


def organiser(edition: int) -> str:
    """Return who runs an edition."""
    given = profile().organiser(edition)
    return given.en if current() == "en" and given.en else typeset(given.fr)


def family_of_chambers() -> str:
    """Return the code of the family that is theirs, "" if they have none."""
    return profile().settings.chamber.family


def family(code: str) -> str | None:
    """Return the name of the family of organisers that is theirs; None for another one."""
    if code != family_of_chambers():
        return None
    return capitalised(chambers_with_short(1))


def chambers_with_short(n: float) -> str:
    """Return what they are called with the short form, « comité régional (CR) »; without one, what they are called."""
    return _with_short(chambers(n))


def _with_short(text: str) -> str:
    short = profile().settings.chamber.short
    return f"{text} ({short})" if short else text


def metric(code: str, n: float) -> str | None:
    """Return the noun of a metric of the campaign's own, agreeing with n; None for others."""
    own = next((one for one in profile().settings.metrics if one.code == code), None)
    if own is None:
        return None
    if current() == "en":
        return own.en if abs(n) == 1 else own.plural_en
    return typeset(own.fr if abs(n) < 2 else own.plural)


def event_type(code: str, n: float) -> str:
    """Return the noun of a type of event, agreeing with n; KeyError if the folder has no such type."""
    row = _type(code)
    if current() == "en":
        return row.noun_en if abs(n) == 1 else row.nouns_en
    return typeset(row.noun_fr if abs(n) < 2 else row.nouns_fr)


def leading_type(code: str) -> str:
    """Return a type as a subject: « l'atelier »; in English, where it has no article, in the plural."""
    row = _type(code)
    return row.nouns_en if current() == "en" else typeset(row.the_fr)


def type_label(code: str) -> str:
    """Return the label of a type of event."""
    row = _type(code)
    return row.label_en if current() == "en" else typeset(row.label_fr)


def feminine_types() -> frozenset[str]:
    """Return the types whose noun is feminine in French."""
    return frozenset(row.type for row in profile().types if row.gender == FEMININE)


def _type(code: str) -> TypeRow:
    event_type = next((row for row in profile().types if row.type == code), None)
    if event_type is None:
        raise KeyError(code)
    return event_type
