"""The source and the licence that an account gave last to files of these names: filled in, not typed again."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import streamlit as st

from campaign import store
from campaign.intake.uploads import Upload
from campaign.store import Answer

_FILLED: Final = "import_filled_for"


def fill_in(files: Sequence[Upload], author: str) -> None:
    """Fill in source and licence of the form where they are empty, once per set of files."""
    names = tuple(file.name for file in files)
    if not names or st.session_state.get(_FILLED) == names:
        return
    st.session_state[_FILLED] = names
    source, licence = latest_source(store.query("imports"), names, author)
    for key, value in (("import_source", source), ("import_licence", licence)):
        if value and not st.session_state.get(key):
            st.session_state[key] = value


def latest_source(imports: Answer, names: Sequence[str], author: str) -> tuple[str | None, str | None]:
    """Return source and licence of the latest import of a file of such a name by this account; None where there is none.

    Names are compared without their dates and numbers: « agenda-2026-11.csv » follows « agenda-2026-10.csv ».
    """
    wanted = {_stem(name) for name in names}
    for row in imports.rows:
        if row["ran_by"] == author and wanted & {_stem(file) for file in row["files"]}:
            return row["source"], row["licence"]
    return None, None


def _stem(name: str) -> str:
    return re.sub(r"[\d_\W]+", "-", Path(re.sub(r"\[[^\]]*\]$", "", name)).stem.lower()).strip("-")
