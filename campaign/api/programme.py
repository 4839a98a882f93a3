"""`/programme.pdf` and `/programme.txt`: the programme of the shared filters; few are made at a time, each is kept."""

from typing import Final

from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from campaign.api.answering import ApiCall, Public
from campaign.programme.files import content, name_of

MEDIA_TYPES: Final = {"pdf": "application/pdf", "txt": "text/plain; charset=utf-8"}


def answer(call: ApiCall) -> Response:
    """Return the programme of the filters as PDF or text."""
    extension = call.request.url.path.rpartition(".")[2]
    chosen = call.filters()
    headers = {"Content-Disposition": f'inline; filename="{name_of(chosen, extension)}"'}
    return Response(content(extension, chosen, call.base_url), media_type=MEDIA_TYPES[extension], headers=headers)


def routes() -> list[BaseRoute]:
    """Return the routes."""
    return [Route(f"/programme.{extension}", Public(answer)) for extension in MEDIA_TYPES]
