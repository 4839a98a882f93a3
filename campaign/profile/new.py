"""A folder to fill in, that serves as it is."""

import shutil
from pathlib import Path
from typing import Final

from campaign.core.errors import CampaignError
from campaign.core.files import writing_into
from campaign.core.language import say

EXAMPLE: Final = Path(__file__).with_name("example")


def write(folder: Path) -> None:
    """Write an example of every file into a new or empty folder; raises CampaignError if it holds something."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CampaignError(
            say("{folder} existe et n'est pas un dossier vide.", folder=folder),
            say("Donnez un autre nom : rien n'est écrit."),
        )
    with writing_into(folder):
        shutil.copytree(EXAMPLE, folder, dirs_exist_ok=True)
