"""What a command begins before the others are imported, which takes seconds: the process that reads an import."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from campaign.core import apart, no_pandas

READER: Final = "campaign.intake.worker"  # campaign.intake.apart.MODULE, whose import takes long
_OURS: Final = ("campaign", "__main__.py", "-m")  # how the command line is called, as sys.argv[0] says it meanwhile


def begin(words: Sequence[str]) -> None:
    """Begin what the command of these words, its program first, is going to need; an import takes nothing from pandas."""
    if words[1:2] == ["import"] and Path(words[0]).name in _OURS:
        apart.begin(READER)
        no_pandas.refuse()


begin(sys.argv)
