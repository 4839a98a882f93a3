"""The names of the campaign, of those who coordinate it, and of its metrics, in the reader's language, from the campaign's folder."""

from campaign.core.language import _, current, typeset
from campaign.profile import profile


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
    return profile().settings.chamber.gender == "f"


def body_with_short() -> str:
    """Return the word with the short form as a heading, « Comité (CR) »."""
    return f"{capitalised(body())} ({profile().settings.chamber.short})"


def chamber_note() -> str:
    """Return how many there are and what is not known of them; "" where the folder says nothing."""
    given = profile().settings.chamber
    return given.note_en if current() == "en" else typeset(given.note)


def organiser(edition: int) -> str:
    """Return who runs an edition."""
    given = profile().organiser(edition)
    return given.en if current() == "en" and given.en else typeset(given.fr)


def family(code: str) -> str | None:
    """Return the name of the family of organisers that is theirs; None for another one."""
    if code != profile().settings.chamber.family:
        return None
    return capitalised(chambers_with_short(1))


def chambers_with_short(n: float) -> str:
    """Return what they are called with the short form, « comité régional (CR) »."""
    return f"{chambers(n)} ({profile().settings.chamber.short})"


def metric(code: str, n: float) -> str | None:
    """Return the noun of a metric of the campaign's own, agreeing with n; None for others."""
    own = next((one for one in profile().settings.metrics if one.code == code), None)
    if own is None:
        return None
    if current() == "en":
        return own.en if abs(n) == 1 else own.plural_en
    return typeset(own.fr if abs(n) < 2 else own.plural)
