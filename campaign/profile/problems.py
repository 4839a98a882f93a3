"""What is wrong in a profile, each with its file, line, key, value and remedy."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from campaign.core.errors import CampaignError


@dataclass(frozen=True)
class Problem:
    """One fault: `line` is null where the whole file is meant, `key` is a setting's path or a column."""

    file: str
    line: int | None
    key: str | None
    value: str | None
    message: str
    remedy: str

    def __str__(self) -> str:
        where = self.file if self.line is None else f"{self.file}, ligne {self.line}"
        what = "" if self.key is None else f"{self.key} = « {self.value} » : " if self.value else f"{self.key} : "
        return f"{where} : {what}{self.message}"

    def as_json(self) -> dict[str, str | int | None]:
        """Return the fault as `campaign profile check --json` prints it."""
        return asdict(self)


class ProfileError(CampaignError):
    """A profile that cannot be used; `problems` holds every fault that was found."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        more = len(problems) - 1
        rest = "" if not more else f" (et {more} autre{'s' if more > 1 else ''} : campaign profile check)"
        super().__init__(f"{problems[0]}{rest}", problems[0].remedy)
        self.problems = tuple(problems)
