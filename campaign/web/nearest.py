"""`/near.json?lat=…&lon=…`: the commune nearest to a position, so that an address holds a commune and no exact position.

`/communes.json?q=…`: the communes that the beginning of a name or postcode may mean, suggested while a reader types.

The page sends two decimals, about a kilometre; nothing is kept.
"""

import re
from typing import Final

from starlette.responses import Response
from starlette.routing import Route

from campaign import store
from campaign.api.answering import ApiCall, Public, json_response, refuse_others
from campaign.api.parameters import single
from campaign.api.problems import NotFoundError
from campaign.core.errors import FilterError
from campaign.core.language import say
from campaign.filters import places
from campaign.store.gazetteer import BEGINNING, LONGEST

MOST: Final = 8  # suggestions
DEGREES: Final = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{1,8})?")


def routes() -> list[Route]:
    """Return the addresses."""
    return [Route("/near.json", Public(nearest)), Route("/communes.json", Public(suggested))]


def nearest(call: ApiCall) -> Response:
    """Return `{code, name}` of the nearest commune or arrondissement, 404 if none is within 60 km."""
    lat, lon = _degrees(call, "lat", 90), _degrees(call, "lon", 180)
    communes = store.query("nearest_commune", lat=lat, lon=lon)
    if communes.is_empty:
        raise NotFoundError(say("Aucune commune de France n'est à moins de 60 km de cette position."))
    return json_response({"code": communes.one["commune_code"], "name": communes.one["name"]})


def suggested(call: ApiCall) -> Response:
    """Return the communes that `q`, the beginning of a name or a postcode, may mean, the most probable first."""
    refuse_others(call, ("q",))
    text = single(call.pairs, "q") or ""
    if len(text) > LONGEST:
        raise FilterError("q", say("« q » a au plus {longest} caractères.", longest=LONGEST))
    candidates = sorted(
        places.named(text), key=lambda place: place.fit > BEGINNING
    )  # slips behind what was meant to the letter
    return json_response({"places": [_suggested(place) for place in candidates[:MOST]]})


def _suggested(place: places.Place) -> dict[str, str]:
    return {"text": f"{place.name} ({place.postcode})", "departement": place.departement}


def _degrees(call: ApiCall, name: str, most: float) -> float:
    """Return a coordinate rounded to two decimals; raises FilterError."""
    text = single(call.pairs, name) or ""
    value = float(text) if DEGREES.fullmatch(text) else most + 1
    if abs(value) > most:
        raise FilterError(
            name, say("« {name} » est un nombre de -{most} à {most}, en degrés.", name=name, most=f"{most:g}")
        )
    return round(value, 2)
