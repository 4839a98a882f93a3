"""What a command begins before the others are imported, which takes seconds: the process that reads an import."""

import sys
from pathlib import Path
from typing import Final

from campaign.core import apart

READER: Final = "campaign.intake.worker"  # campaign.intake.apart.MODULE, whose import takes long
_OURS: Final = ("campaign", "__main__.py", "-m")  # how the command line is called, as sys.argv[0] says it meanwhile

if sys.argv[1:2] == ["import"] and Path(sys.argv[0]).name in _OURS:
    apart.begin(READER)
