"""HTML documents as Jinja templates: every value is escaped on its way in, and a value that is not given is an error."""

from collections.abc import Callable
from pathlib import Path

import jinja2


def templates(folder: Path, **filters: Callable[..., str]) -> jinja2.Environment:
    """Return the templates of a folder, with filters of its own; HTML of ours is passed as markupsafe.Markup."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters.update(filters)
    return environment
