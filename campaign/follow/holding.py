"""When what a source gives is not believed without a person: nothing is ever emptied by accident."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import duckdb

from campaign.follow.problems import HeldError, SourceError
from campaign.follow.reading import Fetched, Wanted
from campaign.publish.account import Account
from campaign.publish.importing import Files

HERE: Final = Path(__file__).parent
MOST_GONE: Final = 10  # events that may go at once from a source, however few it has
SHARE_GONE: Final = 0.2
FEWEST_KNOWN: Final = 2  # events that tell one agenda from another
FEWEST_TELLING: Final = 3  # events that had something which none has any more
NEW: Final = 2**31 - 1

# What readers look for in events, by the column of standing.sql.
LOOKED_FOR: Final = {
    "n_dated": "dates",
    "n_placed": "lieux",
    "n_with_organiser": "organisateurs",
    "n_described": "descriptions",
}


@dataclass
class Guard:
    """Looks at a source's events before and after its import; raises HeldError where a person is needed."""

    wanted: Wanted
    fetched: Fetched
    files: Files
    _stood: dict[str, int] = field(default_factory=dict)

    def before(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Note what the source has."""
        self._stood = self._standing(connection, NEW)

    def after(self, connection: duckdb.DuckDBPyConnection, account: Account) -> None:
        """Raise SourceError if nothing was taken, HeldError if what was taken cannot be believed."""
        is_known = self._stood["n_standing"] > 0
        if account.read == 0 and is_known and self.fetched.is_whole:
            self._hold("empty")
        if account.read:
            self._check_columns()
        if account.read and not account.taken:
            raise HeldError("nothing_taken") if is_known else SourceError("nothing_taken")
        if account.read == 0:
            return
        stands = self._standing(connection, account.import_id)
        if self.fetched.is_whole:
            if self._stood["n_standing"] >= FEWEST_KNOWN and not stands["n_came_back"]:
                self._hold("other_agenda")
            lost = [
                words
                for column, words in LOOKED_FOR.items()
                if self._stood[column] >= FEWEST_TELLING and not stands[column]
            ]
            if lost:
                self._hold("columns_lost", columns=", ".join(lost))
        if _is_too_many(account.withdrawn, self._stood["n_standing"]):
            self._hold("withdrawals", n=account.withdrawn, of=self._stood["n_standing"])
        n_uncounted = self._stood["n_shown"] - stands["n_shown"] - account.withdrawn
        if _is_too_many(n_uncounted, self._stood["n_shown"]):
            self._hold("uncounted", n=n_uncounted, of=self._stood["n_shown"])

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

    def _standing(self, connection: duckdb.DuckDBPyConnection, import_id: int) -> dict[str, int]:
        found = connection.execute(
            (HERE / "standing.sql").read_text("utf-8"), {"source": self.wanted.source.name, "import_id": import_id}
        )
        names = [column[0] for column in found.description or []]
        return dict(zip(names, found.fetchall()[0], strict=True))


def _is_too_many(n: int, of: int) -> bool:
    return n > MOST_GONE and n > SHARE_GONE * of
