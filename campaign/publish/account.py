"""What an import says of itself, and what became of every record that it read."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class ImportOptions:
    """What an import says of itself: its source's name, format, edition if given, licence, owner.

    `is_mixed`: its files come from several sources, which each record names itself. `is_partial`: only what changed since, so
    that nothing is told of what it does not hold. `is_emptied`: it holds nothing, and a person said that this is right.
    `ran_by`: which command or page, and under whose account.
    """

    source: str
    format: str
    files: tuple[str, ...]
    edition: int | None = None
    licence: str | None = None
    is_demo: bool = False
    is_full: bool = False
    chamber_region_2014: str | None = None
    chamber_region_2016: str | None = None
    is_mixed: bool = False
    is_partial: bool = False
    is_emptied: bool = False
    ran_by: str | None = None


@dataclass(frozen=True)
class Reject:
    """A record that was not taken: where it stands, which field, its value, the reason's code."""

    file: str
    line: int | None
    field: str | None
    value: str | None
    reason: str


@dataclass
class Preview:
    """An event as it will stand: where it was read, when and where it is, its type, the kinds of its findings, each with its detail."""

    file: str
    line: int | None
    title: str
    starts_at: datetime | None
    ends_at: datetime | None
    timezone: str
    is_all_day: bool
    n_sessions: int
    place: str | None
    place_precision: str
    type: str
    status: str
    organiser: str | None
    kinds: list[str]
    details: list[str | None]


@dataclass
class Account:
    """What became of every record read: read = new + updated + unchanged + rejected.

    Of those taken, `guessed` have a type that was guessed, and `other` are of type « autre »; `preview` shows the first.
    """

    import_id: int
    edition: int | None
    read: int = 0
    new: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    guessed: int = 0
    other: int = 0
    withdrawn: int = 0
    warnings: dict[str, int] = field(default_factory=dict)
    rejects: list[Reject] = field(default_factory=list)
    preview: list[Preview] = field(default_factory=list)

    @property
    def has_changes(self) -> bool:
        """Whether it changes any event."""
        return bool(self.new or self.updated or self.withdrawn)

    @property
    def taken(self) -> int:
        """How many records were taken: nothing is published without one."""
        return self.new + self.updated + self.unchanged

    def add(self, change: str, n_records: int) -> None:
        """Count records that were taken, by what they changed: new, updated or unchanged."""
        self.new += n_records if change == "new" else 0
        self.updated += n_records if change == "updated" else 0
        self.unchanged += n_records if change == "unchanged" else 0

    def as_json(self) -> dict[str, object]:
        """Return the account as `campaign import --json` prints it."""
        return {
            "read": self.read,
            "new": self.new,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "rejected": self.rejected,
            "types": {"guessed": self.guessed, "autre": self.other},
            "warnings": dict(sorted(self.warnings.items())),
            "import_id": self.import_id if self.taken else None,
            "edition": self.edition,
        }
