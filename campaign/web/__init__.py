"""The web server around the pages: addresses of our own, security headers, the HTML shell, static files."""

from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Mount

from campaign.api import press, programme
from campaign.api import reports as report
from campaign.api import routes as public
from campaign.core.settings import ROOT
from campaign.web import embed, icon, nearest, preview, robots
from campaign.web.heads import Heads
from campaign.web.heavy import Heavy
from campaign.web.observed import Observed
from campaign.web.security import Security
from campaign.web.sessions import Sessions
from campaign.web.shell import Shell
from campaign.web.signin import ReturnToView
from campaign.web.static import Files, StreamlitFiles
from campaign.web.uploading import Uploads


def routes() -> list[BaseRoute]:
    """Return what is served beside Streamlit's pages: the API, badges, health, and our static files."""
    return [
        *public.routes(),
        *press.routes(),
        *programme.routes(),
        *nearest.routes(),
        *report.routes(),
        *preview.routes(),
        *embed.routes(),
        *robots.routes(),
        *icon.routes(),
        Mount("/assets", Files(ROOT / "assets")),
    ]


def middleware() -> list[Middleware]:
    """Return what every request goes through, from the outside in."""
    return [
        Middleware(Security),
        Middleware(Heads),
        Middleware(Observed, routes=tuple(routes())),
        Middleware(Sessions),
        Middleware(Heavy),
        Middleware(Uploads),
        Middleware(StreamlitFiles),
        Middleware(ReturnToView),
        Middleware(Shell),
    ]
