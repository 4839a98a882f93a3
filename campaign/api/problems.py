"""What goes wrong at an address, as `application/problem+json` (RFC 9457), in the language that is asked for, never with a trace."""

from collections.abc import Mapping
from typing import Final

import orjson
from starlette.datastructures import Headers, QueryParams
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from campaign.core.errors import CampaignError, FilterError, LakeAwayError, StoreError
from campaign.core.language import LANGUAGES, Language, Message, _, current, mark, say, use

MEDIA_TYPE: Final = "application/problem+json"
TITLES: Final = {
    400: mark("Paramètre refusé"),
    403: mark("Demande refusée"),
    404: mark("Adresse inconnue"),
    405: mark("Méthode refusée"),
    411: mark("Longueur inconnue"),
    413: mark("Envoi trop grand"),
    414: mark("Adresse trop longue"),
    429: mark("Trop de demandes"),
    431: mark("En-têtes trop longs"),
    500: mark("Erreur interne"),
    503: mark("Données indisponibles"),
}


class NotFoundError(CampaignError):
    """No answer at this address: unknown path, event or badge."""


class Problem(Response):
    """A problem document, put into words when it is sent: who refuses a request often knows nothing of its language."""

    def __init__(self, status: int, detail: str | Message, parameter: str | None, headers: Mapping[str, str]) -> None:
        """Take the status, what is wrong, the parameter that was refused if it is one, and headers."""
        self._said = detail
        self._parameter = parameter
        super().__init__(None, status, headers=headers, media_type=MEDIA_TYPE)

    def render(self, content: object) -> bytes:
        """Return the document in the current language."""
        body = {
            "type": "about:blank",
            "title": _(TITLES[self.status_code]),
            "status": self.status_code,
            "detail": str(self._said),
        }
        return orjson.dumps(body if self._parameter is None else body | {"parameter": self._parameter})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the document in the language of the request; nothing to a HEAD, as the server sees to."""
        with use(language_of(scope)):
            self.body = self.render(None)
            self.headers["Content-Length"] = str(len(self.body))
            self.headers["Content-Language"] = current()
        await super().__call__(scope, receive, send)


def language_of(scope: Scope) -> Language:
    """Return the language in which a request hears what is wrong: its `lang`, else the one that it likes best, else French.

    No library here reads the weights of Accept-Language: Babel's negotiation takes a list that is in order.
    """
    given = QueryParams(scope.get("query_string", b"")).get("lang")
    if given in LANGUAGES:
        return given
    weighed = []
    for part in Headers(scope=scope).get("accept-language", "").split(","):
        tag, _semicolon, weight = part.partition(";")
        try:
            weighed.append((float(weight.strip().removeprefix("q=") or 1), tag.strip().partition("-")[0].lower()))
        except ValueError:
            continue
    liked = sorted((pair for pair in weighed if pair[0] > 0), key=lambda pair: -pair[0])  # 0: not wanted
    best = [each for _weight, tag in liked for each in LANGUAGES if each == tag]
    return best[0] if best else LANGUAGES[0]


def problem(
    status: int, detail: str | Message, *, parameter: str | None = None, headers: Mapping[str, str] | None = None
) -> Problem:
    """Return a problem document; `parameter` names the one that was refused."""
    return Problem(status, detail, parameter, {"Cache-Control": "no-store", **(headers or {})})


def of_error(error: CampaignError) -> Problem:
    """Return the problem document of an error that a person is meant to read."""
    match error:
        case FilterError():
            return problem(400, error.texts[0], parameter=error.parameter)
        case NotFoundError():
            return problem(404, error.texts[0])
        case LakeAwayError():
            return problem(503, error.texts[0])
        case StoreError():
            return problem(503, say("Le fichier d'événements n'est pas lisible pour le moment. Réessayez plus tard."))
        case _:
            return internal()


def internal() -> Problem:
    """Return the document of an unforeseen error: what it was stands in the log only."""
    return problem(500, say("Une erreur est survenue. Réessayez ; si elle revient, signalez l'adresse demandée."))
