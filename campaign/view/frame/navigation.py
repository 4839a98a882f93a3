"""Streamlit's own navigation, hidden: the masthead draws the menu with links that carry the reader's choice."""

from copy import copy
from functools import cache
from io import BytesIO
from typing import Any, Final
from urllib.parse import unquote, urlsplit

import streamlit as st

from campaign.charts.icon import icon
from campaign.core.language import mark
from campaign.core.pages import PageEntry, paths, visible
from campaign.wording import labels

NOT_FOUND: Final = mark("Page introuvable")


def picture() -> BytesIO:
    """Return the icon of the pages, in the campaign's accent."""
    return BytesIO(icon())


def navigate() -> Any:
    """Declare the pages and return the one that the address asks for, Streamlit's StreamlitPage.

    An unknown path gets a page of our own at that very path, instead of Streamlit's English dialog.
    """
    declared = [copy(_page(entry, labels.page(entry.key))) for entry in visible()]  # a run marks those that are its own
    path = unquote(urlsplit(st.context.url or "").path).strip("/")
    if path and path not in paths():
        missing = st.Page("not_found.py", title=NOT_FOUND, url_path="introuvable")
        missing._url_path = path  # st.Page refuses what the front end asks for: nested and odd paths
        declared.append(missing)
    return st.navigation(declared, position="hidden")


@cache
def _page(entry: PageEntry, title: str) -> Any:
    """Return Streamlit's own of a page: made once, since each one looks for its script on the disk."""
    return st.Page(entry.script, title=title, url_path=entry.path, default=not entry.path)


def entry_of(page: Any) -> PageEntry | None:
    """Return the entry of a page of the menu; None for the not-found page."""
    return next((entry for entry in visible() if entry.path == page.url_path), None)


def title_of(entry: PageEntry | None) -> str:
    """Return the page's name as a French message, to be translated."""
    return labels.PAGES[entry.key] if entry else NOT_FOUND
