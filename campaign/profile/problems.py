"""What is wrong in a profile, each with its file, line, key, value and remedy."""

from collections.abc import Sequence
from dataclasses import dataclass

from campaign.core.errors import CampaignError
from campaign.core.language import Message, say


@dataclass(frozen=True)
class Problem:
    """One fault: `line` is null where the whole file is meant, `key` is a setting's path or a column."""

    file: str
    line: int | None
    key: str | None
    value: str | None
    message: Message
    remedy: Message

    @property
    def in_words(self) -> Message:
        """The fault with its place, to be put into the reader's language."""
        where: str | Message = self.file
        if self.line is not None:
            where = say("{file}, ligne {line}", file=self.file, line=self.line)
        if self.key is None:
            return say("{where} : {message}", where=where, message=self.message)
        if self.value:
            return say(
                "{where} : {key} = « {value} » : {message}",
                where=where,
                key=self.key,
                value=self.value,
                message=self.message,
            )
        return say("{where} : {key} : {message}", where=where, key=self.key, message=self.message)

    def __str__(self) -> str:
        return str(self.in_words)

    def as_json(self) -> dict[str, str | int | None]:
        """Return the fault as `campaign profile check --json` prints it."""
        return {
            "file": self.file,
            "line": self.line,
            "key": self.key,
            "value": self.value,
            "message": str(self.message),
            "remedy": str(self.remedy),
        }


class ProfileError(CampaignError):
    """A profile that cannot be used; `problems` holds every fault that was found."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        first, more = problems[0].in_words, len(problems) - 1
        if more == 1:
            first = say("{problem} (et une autre : campaign profile check)", problem=first)
        elif more:
            first = say("{problem} (et {n} autres : campaign profile check)", problem=first, n=more)
        super().__init__(first, problems[0].remedy)
        self.problems = tuple(problems)
