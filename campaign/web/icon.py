"""`/assets/icon.png`: the icon in the campaign's accent."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from campaign.charts.icon import icon


def routes() -> list[Route]:
    """Return the address, which goes before that of the files of assets/."""
    return [Route("/assets/icon.png", answer)]


async def answer(_request: Request) -> Response:
    """Return the picture, to be kept for a day."""
    return Response(icon(), media_type="image/png", headers={"Cache-Control": "public, max-age=86400"})
