"""The addresses of the press room: `/figures/<name>.{svg,png,csv}` and `/kits/presse.zip`, with the shared filters."""

from collections.abc import Callable, Sequence
from typing import Final

from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from campaign.api.answering import ApiCall, Handler, Public, refuse_others
from campaign.api.problems import NotFoundError
from campaign.charts.sheet import SIZES
from campaign.core.errors import FilterError
from campaign.core.language import say
from campaign.drawings import export
from campaign.drawings.catalogue import DRAWINGS
from campaign.filters import codes
from campaign.press import kit

DEFAULT_SIZE: Final = "a4"
# What some drawings take beside the shared filters, as their page does: name, and the values that there are.
OPTIONS: Final[dict[str, Callable[[], list[str]]]] = {
    "against": lambda: [str(edition) for edition in codes().counted_editions],
    "within": lambda: ["5", "10", "20"],
    "align": lambda: ["weekday"],
    "scale": lambda: ["indexed"],
}
KIT_FILTERS: Final = ("edition", "nomenclature", "region", "lang")


def figure(call: ApiCall) -> Response:
    """Return one drawing of the choice as SVG, PNG or CSV; `size` is a4, social or square."""
    name, extension = call.path_params["name"], call.path_params["extension"]
    if name not in DRAWINGS or extension not in export.MEDIA_TYPES:
        raise NotFoundError(
            say(
                "« {path} » n'est pas un dessin ; noms : {drawings}.",
                path=call.request.url.path,
                drawings=", ".join(DRAWINGS),
            )
        )
    sizes = [value for key, value in call.pairs if key == "size"] or [DEFAULT_SIZE]
    if len(sizes) > 1 or sizes[0] not in SIZES:
        raise FilterError("size", say("« size » vaut {sizes}.", sizes=", ".join(SIZES)))
    chosen = call.filters("size", *OPTIONS)
    options = options_of(call.pairs)
    body = export.exported(name, extension, chosen, sizes[0], options)
    file_name = export.name_of(name, extension, chosen, sizes[0])
    disposition = "attachment" if extension == "csv" else "inline"
    headers = {"Content-Disposition": f'{disposition}; filename="{file_name}"'}
    return Response(body, media_type=export.MEDIA_TYPES[extension], headers=headers)


def options_of(pairs: Sequence[tuple[str, str]]) -> export.Options:
    """Return the options of a drawing that an address gives; raises FilterError for a value that there is not."""
    options = tuple(sorted((key, value) for key, value in pairs if key in OPTIONS))
    for key, value in options:
        if value not in OPTIONS[key]():
            raise FilterError(key, say("« {key} » vaut {names}.", key=key, names=", ".join(OPTIONS[key]())))
    return options


def archive(call: ApiCall) -> Response:
    """Return the press kit of the country or of one region, of one edition, as a zip."""
    refuse_others(call, KIT_FILTERS)
    chosen = call.filters()
    if chosen.edition is None or len(chosen.regions) > 1:
        raise FilterError(
            "region" if chosen.regions else "edition", say("Un kit est d'une édition, et du pays ou d'une région.")
        )
    press_kit = kit.kit(chosen, call.base_url)
    headers = {"Content-Disposition": f'attachment; filename="{press_kit.name}"'}
    return Response(press_kit.content, media_type="application/zip", headers=headers)


def unknown(call: ApiCall) -> Response:
    """Refuse any other address under ours."""
    raise NotFoundError(say("« {path} » n'est pas une adresse de ce service.", path=call.request.url.path))


def routes() -> list[BaseRoute]:
    """Return the routes, in the order in which they are tried."""
    handlers: list[tuple[str, Handler]] = [
        ("/figures/{name}.{extension}", figure),
        ("/figures/{rest:path}", unknown),
        ("/kits/presse.zip", archive),
        ("/kits/{rest:path}", unknown),
    ]
    return [Route(path, Public(handler)) for path, handler in handlers]
