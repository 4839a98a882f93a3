"""`/embed/<drawing>`: one drawing for a frame in another site, with its name, its table and a link back; no script.

It follows the width of its frame and the reader's light or dark scheme (`theme=light` or `dark` settles it).
"""

from dataclasses import replace
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

from markupsafe import Markup
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route

from campaign.analysis.figures import gather
from campaign.api.answering import ApiCall, Public
from campaign.api.parameter_descriptions import APPEARANCES
from campaign.api.press import OPTIONS, options_of
from campaign.api.problems import NotFoundError
from campaign.charts import svg
from campaign.charts.in_html import NARROW_BELOW, shapes
from campaign.charts.in_html import style as drawing_style
from campaign.charts.sheet import Drawing
from campaign.core.errors import FilterError
from campaign.core.html import templates
from campaign.core.language import _, current, say
from campaign.core.pages import by_key
from campaign.drawings import frames
from campaign.drawings.catalogue import DRAWINGS, drawing
from campaign.drawings.export import Options
from campaign.filters import Filters
from campaign.web.static import Files
from campaign.wording import campaign_names as names
from campaign.wording.numbers import number

TEMPLATES: Final = templates(Path(__file__).parent / "templates")
POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors {}"
# The page that shows a drawing with its surroundings, by the beginning of the drawing's name.
PAGE_OF: Final = {
    **{"carte": "map", "regions": "regions", "departements": "regions", "types": "types", "editions": "editions"},
    **{
        "chiffres": "editions",
        "jours": "calendar",
        "calendrier": "calendar",
        "rythme": "pace",
        "couverture": "coverage",
    },
    **{"ecart": "compare", "familles": "organisers", "organisateurs": "organisers", "records": "records"},
}


def embed(call: ApiCall) -> Response:
    """Return the page of one drawing of the choice."""
    name = call.path_params["name"]
    if name not in DRAWINGS:
        raise NotFoundError(
            say(
                "« {path} » n'est pas un dessin ; noms : {drawings}.",
                path=call.request.url.path,
                drawings=", ".join(DRAWINGS),
            )
        )
    themes = [value for key, value in call.pairs if key == "theme" and value in APPEARANCES]
    options = options_of(call.pairs)
    rest = [
        pair for pair in call.pairs if pair[0] not in OPTIONS and (pair[0] != "theme" or pair[1] not in APPEARANCES)
    ]
    if len(themes) > 1:
        raise FilterError("theme", say("« theme » ne peut dire qu'une apparence."))
    chosen = call.filters_of(rest)
    drawn = drawing(name, replace(gather(chosen), options=options))
    html = document(drawn, chosen, call.base_url, themes[0] if themes else "auto", options)
    return Response(
        html, media_type="text/html", headers={"Content-Security-Policy": POLICY.format(frames.ancestors())}
    )


def document(drawn: Drawing, chosen: Filters, base_url: str, theme: str, options: Options = ()) -> str:
    """Return the HTML page: the drawing in a wide and a narrow shape, its table, its source; the link back keeps its options."""
    query = urlencode([*chosen.to_query(), *options])
    back = f"{base_url}/{by_key(PAGE_OF.get(drawn.name.split('-')[0], 'press')).path}?{query}"
    unit = str(drawn.rows[0]["unite"]) if drawn.rows else ""
    return TEMPLATES.get_template("embed.html").render(
        lang=current(),
        theme=theme,
        drawing=drawn,
        style=Markup(style()),  # noqa: S704  our own style sheet
        shapes=Markup(shapes(drawn)),  # noqa: S704  its texts were escaped when they were drawn
        demo=_("Démonstration : événements fictifs") if drawn.is_demo else "",
        twin=_("Les mêmes nombres en tableau"),
        heads=(_("Libellé"), unit),
        rows=[(row["libelle"], number(row["nombre"])) for row in drawn.rows],
        href=back,
        back=_("Voir sur le tableau de bord {of_campaign}", of_campaign=names.of()),
        new_tab=_("(nouvel onglet)"),
    )


def style() -> str:
    """Return the frame's style."""
    return (
        drawing_style()
        + "".join(
            f"@font-face{{font-family:'{svg.FAMILY}';font-weight:{weight};src:url(/embed/fonts/{file})}}"
            for weight, file in svg.FILES.items()
        )
        + "body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.45 'Campaign Sans','Segoe UI',Arial,sans-serif}"
        "main{max-width:1000px;margin:0 auto;padding:0 0 .5rem}figure{margin:0}"
        "figcaption,details,main>p{padding:0 28px;font-size:.8125rem;color:var(--ink-2)}"
        "figcaption p,main>p{margin:.35rem 0}.tag{color:var(--amber);font-weight:600}"
        f"@media (max-width:{NARROW_BELOW}px){{figcaption,details,main>p{{padding:0 16px}}}}"
        "summary{cursor:pointer;color:var(--ink);padding:.35rem 0}a{color:var(--accent)}"
        "table{border-collapse:collapse;font-variant-numeric:tabular-nums;margin:.25rem 0 .75rem;color:var(--ink)}"
        "caption{text-align:left;color:var(--ink-2);padding-bottom:.25rem}"
        "th,td{padding:.2rem .9rem .2rem 0;border-bottom:1px solid var(--line);font-weight:400;text-align:left}"
        "td{text-align:right}thead th{color:var(--ink-2)}"
        ".unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}"
    )


def routes() -> list[BaseRoute]:
    """Return the routes of frames."""
    return [
        Mount("/embed/fonts", Files(svg.FONTS)),
        Route("/embed/{name}", Public(embed)),
        Route("/embed/{rest:path}", Public(_unknown)),
    ]


def _unknown(call: ApiCall) -> Response:
    raise NotFoundError(
        say(
            "« {path} » n'est pas un dessin ; noms : {drawings}.",
            path=call.request.url.path,
            drawings=", ".join(DRAWINGS),
        )
    )
