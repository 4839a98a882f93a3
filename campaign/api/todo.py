"""A chamber's to-do file: every finding on its events, with what to do, as an Excel workbook, by its address."""

from typing import Final

from starlette.responses import Response

from campaign.analysis.about import file_name
from campaign.api.answering import ApiCall, refuse_others
from campaign.exports.todo import workbook

FILTERS: Final = ("region", "nomenclature", "departement", "lang")
MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def findings(call: ApiCall) -> Response:
    """Return the to-do file of the territory asked; editions are not told apart, as on the page."""
    refuse_others(call, FILTERS)
    chosen = call.filters().replace(editions=())
    name = file_name(chosen, "xlsx").replace("evenements", "a-verifier")
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    if call.is_head:
        return Response(media_type=MEDIA_TYPE, headers=headers)
    return Response(workbook(chosen, call.base_url), media_type=MEDIA_TYPE, headers=headers)
