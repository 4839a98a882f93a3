"""What is told of the files that a source gave, by the source's name: what they are called here is nobody's business.

They are read under their own names, which are the same each time: what has no identifier of its own is known again by them.
"""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from campaign import intake
from campaign.core.language import Message
from campaign.publish.account import Account


@dataclass(frozen=True)
class ByName:
    """The files of a source, and its name."""

    files: Iterable[Path]
    name: str

    def text(self, text: str) -> str:
        """Return a text with the name in the place of the files'."""
        for path in self.files:
            text = text.replace(path.name, self.name)
        return text

    def message(self, message: str | Message) -> str | Message:
        """Return what is said of a file."""
        if isinstance(message, str):
            return message
        values = {
            place: self.text(value) if isinstance(value, str) else value for place, value in message.values.items()
        }
        return Message(message.text, values)

    def account(self, account: Account) -> Account:
        """Return an account whose rejected rows are the source's."""
        return replace(account, rejects=[replace(each, file=self.text(each.file)) for each in account.rejects])

    def staged(self, staged: intake.Staged) -> intake.Staged:
        """Return what was understood of each file."""
        return replace(
            staged,
            files=[replace(file, name=self.text(file.name)) for file in staged.files],
            left=[self.message(each) for each in staged.left],
        )

    def report(self, report: Path) -> bytes:
        """Return the report of an import, whose first column names the files."""
        with report.open(encoding="utf-8-sig", newline="") as source:
            rows = [[self.text(file), *cells] for file, *cells in csv.reader(source, delimiter=";")]
        target = io.StringIO()
        csv.writer(target, delimiter=";").writerows(rows)
        return target.getvalue().encode("utf-8-sig")
