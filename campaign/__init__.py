"""The dashboard of a campaign of events."""

from typing import Final

__version__: Final = "0.1.0"
