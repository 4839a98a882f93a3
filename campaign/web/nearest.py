"""`/near.json?lat=…&lon=…`: the commune nearest to a position, so that an address holds a commune and no exact position.

`/near.json?q=…`: the communes that the beginning of a name or postcode may mean, suggested while a reader types.

The page sends two decimals, about a kilometre; nothing is kept.
"""

import re
from typing import Final

from starlette.responses import Response
from starlette.routing import Route

from campaign import store
from campaign.api.answering import ApiCall, Public, json_response
from campaign.api.parameters import single
from campaign.api.problems import NotFoundError
from campaign.core.errors import FilterError
from campaign.filters import places

MOST: Final = 8  # suggestions
LONGEST: Final = 100  # letters of a name
DEGREES: Final = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{1,8})?")


def routes() -> list[Route]:
    """Return the address."""
    return [Route("/near.json", Public(nearest))]


def nearest(call: ApiCall) -> Response:
    """Return `{code, name}` of the nearest commune or arrondissement, 404 if none is within 60 km; or what `q` may mean."""
    text = single(call.pairs, "q")
    if text is not None:
        return json_response({"places": [_suggested(place) for place in places.named(text[:LONGEST])[:MOST]]})
    lat, lon = _degrees(call, "lat", 90), _degrees(call, "lon", 180)
    found = store.query("nearest_commune", lat=lat, lon=lon)
    if found.is_empty:
        raise NotFoundError("Aucune commune de France n'est à moins de 60 km de cette position.")
    return json_response({"code": found.one["commune_code"], "name": found.one["name"]})


def _suggested(place: places.Place) -> dict[str, str]:
    return {"text": f"{place.name} ({place.postcode})", "departement": place.departement}


def _degrees(call: ApiCall, name: str, most: float) -> float:
    """Return a coordinate rounded to two decimals; raises FilterError."""
    text = single(call.pairs, name) or ""
    value = float(text) if DEGREES.fullmatch(text) else most + 1
    if abs(value) > most:
        raise FilterError(name, f"« {name} » est un nombre de -{most:g} à {most:g}, en degrés.")
    return round(value, 2)
