"""The floor of every measure: a bare page (one metric, one list) with Streamlit's own settings, behind our server code."""

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Final

from tests.browser.server import ROOT, Server, serving

BARE: Final = ROOT / "tests" / "bench" / "bare" / "dashboard.py"

# What Streamlit does without settings; ours collects no garbage after each run (campaign/web/collector.py).
DEFAULTS: Final = {"STREAMLIT_RUNNER_POST_SCRIPT_GC": "true"}


def serving_bare(log: Path) -> AbstractContextManager[Server]:
    """Serve the bare page until the block ends."""
    return serving(log, script=BARE, health="/_stcore/health", environment=DEFAULTS)
