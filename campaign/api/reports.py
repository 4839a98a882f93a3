"""The address of the end-of-campaign report: `/reports/bilan.{pdf,docx}`, of one edition, of the country or one region."""

from typing import Final

from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from campaign.api.answering import ApiCall, Handler, Public, refuse_others
from campaign.api.problems import NotFoundError
from campaign.core.errors import FilterError
from campaign.core.language import say
from campaign.report import bilan

FILTERS: Final = ("edition", "nomenclature", "region", "lang")
MEDIA_TYPES: Final = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def report(call: ApiCall) -> Response:
    """Return the report as a file."""
    extension = call.path_params["extension"]
    if extension not in MEDIA_TYPES:
        raise NotFoundError(say("« {path} » n'est pas une adresse de ce service.", path=call.request.url.path))
    refuse_others(call, FILTERS)
    chosen = call.filters()
    if chosen.edition is None or len(chosen.regions) > 1:
        name = "region" if chosen.regions else "edition"
        raise FilterError(name, say("Un bilan est d'une édition, et du pays ou d'une région."))
    document = bilan.report(chosen)
    headers = {"Content-Disposition": f'attachment; filename="{document.name}.{extension}"'}
    return Response(
        document.pdf if extension == "pdf" else document.docx,
        media_type=MEDIA_TYPES[extension],
        headers=headers,
    )


def unknown(call: ApiCall) -> Response:
    """Refuse any other address under ours."""
    raise NotFoundError(say("« {path} » n'est pas une adresse de ce service.", path=call.request.url.path))


def routes() -> list[BaseRoute]:
    """Return the routes, in the order in which they are tried."""
    handlers: list[tuple[str, Handler]] = [("/reports/bilan.{extension}", report), ("/reports/{rest:path}", unknown)]
    return [Route(path, Public(handler)) for path, handler in handlers]
