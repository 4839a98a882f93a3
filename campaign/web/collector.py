"""The garbage collector, told what it need not look at.

Streamlit collects all garbage after each run of a page: 75 ms of two cores in which nobody else is served, nearly all of it spent
looking at libraries that stay. .streamlit/config.toml turns that off; Python goes on collecting when garbage has piled up,
and what stands when the server starts is left out, so that this stays cheap (docs/performance.md).
"""

import gc
from importlib import import_module
from typing import Final

# How often Python collects by itself what was allocated lately, and all: each tenth time there would be a stop of a tenth of a second
# and more while many are served, for a few thousand objects. All is collected when it is calm (memory.py).
THRESHOLDS: Final = (700, 10, 100)
LATER: Final = ("pandas", "plotly.graph_objects", "pydeck")  # what pages would otherwise import when first asked for


def settle() -> None:
    """Import what pages use, and leave all that stands now to the end of the process."""
    for name in LATER:
        import_module(name)
    gc.collect()
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)
