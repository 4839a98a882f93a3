"""When what a source gives is not believed without a person: nothing is ever emptied by accident."""

from dataclasses import dataclass
from typing import Final

from campaign.follow.problems import HeldError, SourceError
from campaign.follow.reading import Fetched, Wanted
from campaign.publish.account import Account
from campaign.publish.importing import Files
from campaign.publish.several import Standing

MOST_GONE: Final = 10  # events that may go at once from a source, however few it has
SHARE_GONE: Final = 0.2
FEWEST_KNOWN: Final = 2  # events that tell one agenda from another
FEWEST_TELLING: Final = 3  # events that had something which none has any more

# What readers look for in events, by the column of campaign/publish/standing.sql: fields of campaign/wording/fields.py.
LOOKED_FOR: Final = {
    "n_dated": "begins",
    "n_placed": "city",
    "n_with_organiser": "organiser",
    "n_described": "description",
}


@dataclass
class Guard:
    """Judges what a source gives by what it had and has now; raises HeldError where a person is needed."""

    wanted: Wanted
    fetched: Fetched
    files: Files

    def check(self, stood: Standing, stands: Standing, account: Account) -> None:
        """Raise SourceError if nothing was taken, HeldError if what was taken cannot be believed."""
        is_known = stood["n_standing"] > 0
        if account.read == 0 and is_known and self.fetched.is_whole:
            self._hold("empty")
        if account.read:
            self._check_columns()
        if account.read and not account.taken:
            raise HeldError("nothing_taken") if is_known else SourceError("nothing_taken")
        if account.read == 0:
            return
        if self.fetched.is_whole:
            if stood["n_standing"] >= FEWEST_KNOWN and not stands["n_came_back"]:
                self._hold("other_agenda")
            lost = [
                field for column, field in LOOKED_FOR.items() if stood[column] >= FEWEST_TELLING and not stands[column]
            ]
            if lost:
                self._hold("columns_lost", columns=", ".join(lost))
        if _is_too_many(account.withdrawn, stood["n_standing"]):
            self._hold("withdrawals", n=account.withdrawn, of=stood["n_standing"])
        n_uncounted = stood["n_shown"] - stands["n_shown"] - account.withdrawn
        if _is_too_many(n_uncounted, stood["n_shown"]):
            self._hold("uncounted", n=n_uncounted, of=stood["n_shown"])

    @property
    def columns(self) -> list[str]:
        """What the source gives: the keys of its records, or the fields that its table's columns were taken for."""
        if self.fetched.columns:
            return list(self.fetched.columns)
        return sorted({name for file in self.files.staged.files for name in file.reading.columns})

    def _check_columns(self) -> None:
        if self.fetched.n_records is not None:  # the keys of records were looked at as they came
            return
        lost = [column for column in self.wanted.state.columns if column not in self.columns]
        if lost:
            self._hold("columns_lost", columns=", ".join(lost[:5]))

    def _hold(self, code: str, *, columns: str = "", n: int = 0, of: int = 0) -> None:
        if not self.wanted.is_allowed:
            raise HeldError(code, columns=columns, n=n, of=of)


def _is_too_many(n: int, of: int) -> bool:
    return n > MOST_GONE and n > SHARE_GONE * of
