"""Files of hand-written records are built once where several tests of a module build the same: the second copies the first.

Only what is alike in all is copied: the file that was imported into, the records and options, the settings, the numbers already
given, and the functions that build, so that what a test replaces is run. The lock is taken and the trail written as ever.
"""

import copy
import shutil
import tempfile
from collections import OrderedDict
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Final

from campaign.core.settings import Settings, is_lake, settings
from campaign.publish import accounting, pipeline, reference, trail, workspace
from campaign.publish.account import Account, ImportOptions

N_KEPT: Final = 24  # of some megabytes each, the latest: those that build alike stand in one module
BUILDERS: Final[tuple[ModuleType | type, ...]] = (
    accounting,
    pipeline,
    reference,
    trail,
    workspace,
    workspace.Workspace,
)

_accounts: OrderedDict[str, Account] = OrderedDict()
_copies: dict[Path, tuple[str, tuple[int, int]]] = {}


def imported(db: Path, options: ImportOptions, what: object, run: Callable[[], Account]) -> Account:
    """Return what `run` returns, which imports into `db`, or do as it did when it was given the same."""
    if is_lake(db) or settings().profile != Settings.model_fields["profile"].default:
        return run()
    before = _begun(db)
    if before is None:
        return run()
    key = repr((before, trail.last_number(db), what, options, settings().model_dump(), _builders()))
    copied = _folder() / f"{abs(hash(key)):x}.duckdb"
    if key in _accounts:
        _accounts.move_to_end(key)
        with workspace.exclusive(db):
            trail.require(db)
            building = db.with_name(f"{db.name}.building")
            shutil.copyfile(copied, building)
            building.replace(db)
        account = copy.deepcopy(_accounts[key])
        pipeline.note_imports(db, [(options, account)])
    else:
        account = run()
        if account.taken == 0:
            return account
        shutil.copyfile(db, copied)
        _accounts[key] = copy.deepcopy(account)
        while len(_accounts) > N_KEPT:
            old, _account = _accounts.popitem(last=False)
            (_folder() / f"{abs(hash(old)):x}.duckdb").unlink()
    _copies[db] = (copied.name, _stamp(db))
    return account


def _begun(db: Path) -> str | None:
    """Return what stands for the file before an import: nothing yet, or as one of these imports left it; None for any other."""
    if not db.exists():
        return ""
    name, stamp = _copies.get(db, ("", (0, 0)))
    return name if name and stamp == _stamp(db) else None


def _stamp(db: Path) -> tuple[int, int]:
    status = db.stat()
    return status.st_ino, status.st_mtime_ns


def _builders() -> list[int]:
    return [id(value) for builder in BUILDERS for value in vars(builder).values() if callable(value)] + [
        pipeline.SCHEMA_VERSION
    ]


@cache
def _folder() -> Path:
    folder = tempfile.TemporaryDirectory(prefix="alike-")
    _open.append(folder)
    return Path(folder.name)


_open: Final[list[tempfile.TemporaryDirectory[str]]] = []  # until the process ends
