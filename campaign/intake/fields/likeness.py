"""How much a header is like the names of a field: the words that they share, and a slip in one of them."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

from rapidfuzz import fuzz, process

CLOSE: Final = 0.84  # similarity of two names, from which on they are one with a slip

_CLOSE_WORDS: Final = 70

_STOP: Final = frozenset(
    ["de", "du", "des", "d", "la", "le", "les", "l", "un", "une", "the", "of", "for", "en", "et", "a", "pour"]
)
# Words that make of a date, a name or an address another one: nobody's event is on the day of birth of its contact.
_OTHER: Final = frozenset(
    [
        "naissance", "birth", "inscription", "limite", "deadline", "modification", "modif", "publication", "publie", "maj", "update",
        "updated", "saisie", "creation", "created", "fondation", "mail", "email", "courriel", "telephone", "tel", "phone", "mobile",
        "contact", "referent", "responsable", "photo", "image", "img", "visuel", "logo", "fichier", "file", "commentaire",
        "remarque", "note", "prenom", "siret", "siren", "naf", "ape", "facebook", "twitter", "instagram", "linkedin", "uid", "id",
        "slug", "locale", "validation", "envoi", "reponse", "demande", "depot", "horodateur", "timestamp", "cloture", "precision",
        "porte", "door",
    ]
)  # fmt: skip
# Those of a sale, which what is sold has with it: « Tarif et modalités de paiement », « Lien d'achat ».
_ORDERS: Final = frozenset(["commande", "achat", "paiement", "order", "purchase", "payment"])
_SOLD: Final = frozenset(["conditions", "registration_url", "url"])
_ENDINGS: Final = frozenset(
    ["fin", "finit", "termine", "terminera", "end", "finish"]
)  # of no beginning, where no word of one stands beside
_BEGINNINGS: Final = frozenset(["debut", "debute", "commence", "start", "begin"])
_MEETINGS: Final = frozenset(["reunion", "meeting"])
_LAST: Final = frozenset(["last", "lastdate", "dernier", "derniere"])
# What is called after an organisation is its own: its seat is no place of an event, its address no name.
_BODIES: Final = frozenset(
    [
        "organisateur", "organisatrice", "structure", "association", "asso", "porteur", "siege", "social", "partenaire", "adherent",
        "employeur", "organisme", "organizer", "organiser", "entreprise", "societe", "domicile", "facturation",
    ]
)  # fmt: skip
_ATTRIBUTES: Final = frozenset(
    [
        "adresse", "address", "rue", "voie", "ville", "city", "commune", "cp", "code", "postal", "postcode", "departement", "region",
        "pays", "latitude", "longitude", "lieu", "site", "web", "url", "lien", "statut", "forme", "nature", "type", "categorie",
        "secteur", "description", "logo", "insee", "siege", "domicile", "facturation", "date", "annee", "heure", "horaire", "lat", "lng",
        "lon",
    ]
)  # fmt: skip
_COLLECTIONS: Final = frozenset(
    ["calendar", "calendrier", "agenda", "feed", "flux", "site", "blog", "channel", "canal", "source"]
)
_PREFIXES: Final = (
    "location",
    "lieu",
    "venue",
    "place",
    "physical",
    "address",
    "adresse",
    "event",
    "evenement",
    "bf",
    "acf",
    "field",
    "fields",
    "properties",
    "attributes",
    "content",
    "when",
    "where",
    "quand",
    "ou",
    "periode",
    "period",
    "dates",
    "schedule",
)
_TAIL: Final = re.compile(
    r" (?:du lieu|de l (?:evenement|action|animation|atelier)|de (?:la|cette) (?:manifestation|rencontre)|of the event|(?:line )?1|value)$"
)
_QUESTION: Final = re.compile(
    r"\b(?:est (?:il|elle|ce)|(?:faut|sera|aura|a|y a) t? ?(?:il|elle)|avez vous|souhaitez|acceptez|autorisez|combien)\b"
)


_SHORT: Final = {
    "dt": "date",
    "deb": "debut",
    "evt": "evenement",
    "lib": "libelle",
    "cd": "code",
    "orga": "organisateur",
    "org": "organisateur",
    "hr": "heure",
    "hre": "heure",
    "com": "commune",
}


def in_full(key: str) -> str:
    """Return plain words without the abbreviations of databases: « dt_deb » is « date debut »."""
    return " ".join(_SHORT.get(word, word) for word in key.split())


def words(header: str) -> str:
    """Return a header as plain words: no case, accent, sign or camel case."""
    text = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", header.replace("œ", "oe"))
    text = unicodedata.normalize("NFKD", text)
    text = "".join(c for c in text if not unicodedata.combining(c)).lower()
    return " ".join(re.sub(r"[^a-z0-9]+", " ", text).split())


@cache
def _tokens(key: str) -> frozenset[str]:
    return frozenset(word.rstrip("s") or word for word in key.split() if word not in _STOP)


class Names:
    """The fields by their plain names, and how to find those names that a header may be like without looking at all of them."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        self._fields = [(alias, field, _tokens(alias)) for alias, field in fields.items()]
        self._aliases = list(fields)
        self._by_token: dict[str, list[int]] = {}
        for number, (_alias, _field, named) in enumerate(self._fields):
            for token in named:
                self._by_token.setdefault(token, []).append(number)

    def near(self, form: str) -> Iterator[tuple[str, str, frozenset[str], float]]:
        """Yield the names that share a word with plain words, or are close to them: name, field, words, similarity, 0 below CLOSE."""
        close = {
            number: score / 100
            for _alias, score, number in process.extract(
                form, self._aliases, scorer=fuzz.ratio, score_cutoff=100 * CLOSE, limit=None
            )
        }
        sharing = {number for token in _tokens(form) for number in self._by_token.get(token, ())}
        for number in sorted(sharing | set(close)):
            alias, field, named = self._fields[number]
            if alias != form and alias.split()[-1] in _STOP:
                continue  # « Fin à », « Fin le »: what tells them apart is no word of others
            yield alias, field, named, close.get(number, 0.0)


def by_name(header: str, names: Names) -> dict[str, tuple[float, str]]:
    """Return, by field, how much a header is like one of its names, and which."""
    key = in_full(words(header))
    scores: dict[str, tuple[float, str]] = {}
    if is_of_a_body(key):
        return scores
    is_place = key.split(" ")[0] in ("location", "lieu", "venue", "place", "physical") or key.endswith(" du lieu")
    is_question = bool(_QUESTION.search(key))
    is_machine = bool(re.match(r"event.|evenement[_.]", header.lower()))
    part = re.search(r"\w.*\[([^\]]+)\]\s*$", header)  # the part of a question: « Lieu [Adresse] »
    for number, form in enumerate([*_forms(key), *([words(part[1])] if part else [])]):
        tokens = _tokens(form)
        if not tokens:
            continue
        for alias, field, named, close in names.near(form):
            is_whole = named == tokens
            if field == "title" and is_of_a_collection(header) and not is_whole:
                continue
            if is_place and field in ("title", "description", "uid", "url") and (number or not is_whole):
                continue  # « location_name » is no title, « Site web du lieu » no event's
            if is_question and not is_whole and (field == "title" or (field == "venue" and len(named) == 1)):
                continue  # « Votre événement est-il en ligne ou sur place ? »
            if field == "organiser" and tokens & _MEETINGS:
                continue  # the person whose calendar it is
            if is_machine and not is_whole and alias in ("event", "evenement"):
                continue  # « event.start.timezone »
            if is_whole:
                score = 0.95
            elif len(form) >= 5 and close and _is_slip(tokens, named):
                score = 0.9 * close
            elif named and named < tokens and len(alias) >= 4:
                score = 0.85 if len(named) >= 2 else 0.72
                if len(named) >= 2 and f" {alias} " in f" {form} ":
                    score = 0.9  # the words as they stand, not here and there
            else:
                continue
            rest = tokens - named
            is_end = field.startswith(("begins", "slots")) and rest & _ENDINGS and not tokens & _BEGINNINGS
            if (
                rest & _OTHER
                or is_end
                or (rest & _LAST and field == "begins")
                or (rest & _ORDERS and field not in _SOLD)
            ):
                score *= 0.3
            if score > scores.get(field, (0.0, ""))[0]:
                scores[field] = (score, alias)
    named_by = {field: _tokens(alias) for field, (_score, alias) in scores.items()}
    return {  # of « Adresse du lieu d'accueil » the address of the place, not the place
        field: scores[field]
        for field, named in named_by.items()
        if not any(named < other for other in named_by.values())
    }


def _is_slip(tokens: frozenset[str], named: frozenset[str]) -> bool:
    """Tell whether the words that two names do not share are the same with a slip: « contenu » of a thing is not its « lieu »."""
    rest, others = tokens - named, named - tokens
    return all(any(fuzz.ratio(word, other) >= _CLOSE_WORDS for other in others) for word in rest) if others else True


def says_other(text: str) -> bool:
    """Tell whether words make of a date, a name or an address that of something other than the event."""
    return bool(_tokens(words(text)) & (_OTHER | _ORDERS | _BODIES))


def _forms(key: str) -> list[str]:
    """Return a header with and without the words around it that only say whose it is: « Pays du lieu », « event.start »."""
    forms = [key]
    while (head := forms[-1].split(" ", 1)) and len(head) == 2 and head[0] in _PREFIXES:
        forms.append(head[1])
    for form in tuple(forms):
        bare = _TAIL.sub("", form)
        if bare and bare not in forms:
            forms.append(bare)
    return forms


def is_of_a_body(header: str) -> bool:
    """Tell whether a header names something of an organisation, not of an event: « Ville organisateur », « Adresse du siège »."""
    named = _tokens(words(header))
    return bool(named & _BODIES and named & _ATTRIBUTES)


def is_of_a_collection(header: str) -> bool:
    """Tell whether a header names the calendar, the feed or the site that events stand in: « calendar_name », « Nom du flux »."""
    return bool(_tokens(words(header)) & _COLLECTIONS)
