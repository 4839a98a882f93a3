"""What goes wrong at an address, as `application/problem+json` (RFC 9457), in French, never with a trace."""

from collections.abc import Mapping
from typing import Final

import orjson
from starlette.responses import Response

from campaign.core.errors import CampaignError, FilterError, LakeAwayError, StoreError

MEDIA_TYPE: Final = "application/problem+json"
TITLES: Final = {
    400: "Paramètre refusé",
    403: "Demande refusée",
    404: "Adresse inconnue",
    405: "Méthode refusée",
    411: "Longueur inconnue",
    413: "Envoi trop grand",
    414: "Adresse trop longue",
    429: "Trop de demandes",
    431: "En-têtes trop longs",
    500: "Erreur interne",
    503: "Données indisponibles",
}


class NotFoundError(CampaignError):
    """No answer at this address: unknown path, event or badge."""


def problem(
    status: int, detail: str, *, parameter: str | None = None, headers: Mapping[str, str] | None = None
) -> Response:
    """Return a problem document; `parameter` names the one that was refused."""
    body = {"type": "about:blank", "title": TITLES[status], "status": status, "detail": detail}
    if parameter is not None:
        body["parameter"] = parameter
    return Response(
        orjson.dumps(body), status, media_type=MEDIA_TYPE, headers={"Cache-Control": "no-store", **(headers or {})}
    )


def of_error(error: CampaignError) -> Response:
    """Return the problem document of an error that a person is meant to read."""
    match error:
        case FilterError():
            return problem(400, error.message, parameter=error.parameter)
        case NotFoundError():
            return problem(404, error.message)
        case LakeAwayError():
            return problem(503, error.message)
        case StoreError():
            return problem(503, "Le fichier d'événements n'est pas lisible pour le moment. Réessayez plus tard.")
        case _:
            return internal()


def internal() -> Response:
    """Return the document of an unforeseen error: what it was stands in the log only."""
    return problem(500, "Une erreur est survenue. Réessayez ; si elle revient, signalez l'adresse demandée.")
