"""The figures of a run under load: waits against the bare page's single session, errors, memory and its growth."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from statistics import linear_regression, median
from typing import Any

MOST_TIMES_FLOOR = 10.0
WISHED_S = 1.0
MOST_TIMES_PEER = 1.5
MOST_MB_PER_SESSION = 5.0
MOST_MB_PER_HOUR = 20.0
SOAK_MINUTES = 10.0  # a shorter run says nothing of growth


@dataclass
class Load:
    """What was measured with one number of sessions; times in seconds, memory in MB, instants in minutes."""

    sessions: int
    floor_s: float
    single_s: float
    waits_s: list[float]
    loads_s: list[float]
    n_changes: int
    errors: list[str]
    memory_before_mb: float
    memory_after_mb: float
    server_cpu: float = 0.0
    course: list[tuple[float, float]] = field(default_factory=list)
    peer_waits_s: list[float] = field(default_factory=list)
    peer_errors: list[str] = field(default_factory=list)

    def percentile(self, share: float) -> float:
        """Return the wait within which that share of changes was answered."""
        return _percentile(self.waits_s, share)

    @property
    def peer_ratio(self) -> float | None:
        """The median against Dash's with as many sessions; None without it."""
        return self.percentile(0.5) / _percentile(self.peer_waits_s, 0.5) if self.peer_waits_s else None

    @property
    def ratio(self) -> float:
        """The p95 against the floor."""
        return self.percentile(0.95) / self.floor_s

    @property
    def mb_per_session(self) -> float:
        """Resident memory that each session added."""
        return (self.memory_after_mb - self.memory_before_mb) / self.sessions

    @property
    def mb_per_hour(self) -> float | None:
        """Slope of the memory over the second half of the run, when caches are full; None for a run too short to tell."""
        if not self.course or self.course[-1][0] < SOAK_MINUTES:
            return None
        later = [point for point in self.course if point[0] >= self.course[-1][0] / 2]
        return linear_regression(*zip(*later, strict=True)).slope * 60


@dataclass(frozen=True)
class Aim:
    """One figure to reach, and whether it is."""

    what: str
    measured: float
    most: float

    @property
    def is_reached(self) -> bool:
        """Whether the figure is within its limit."""
        return self.measured <= self.most


def aims(load: Load) -> list[Aim]:
    """Return the figures to reach."""
    figures = [
        Aim("errors", len(load.errors), 0),
        Aim("p95 against the bare rerun of a single session", load.ratio, MOST_TIMES_FLOOR),
        Aim("p95 in seconds (a wish)", load.percentile(0.95), WISHED_S),
        Aim("memory per session in MB", load.mb_per_session, MOST_MB_PER_SESSION),
    ]
    if load.peer_ratio is not None:
        figures.append(Aim("median against Dash's with as many sessions", load.peer_ratio, MOST_TIMES_PEER))
    if load.mb_per_hour is not None:
        figures.append(Aim("growth of memory in MB per hour, second half", load.mb_per_hour, MOST_MB_PER_HOUR))
    return figures


def lines(load: Load) -> list[str]:
    """Return what is printed."""
    rows = [
        f"{load.sessions} sessions, {load.n_changes} changes of a filter, {len(load.errors)} errors",
        f"bare page, one session, median    {load.floor_s * 1000:7.0f} ms (the floor)",
        f"overview, one session, median     {load.single_s * 1000:7.0f} ms",
        f"overview, first load, median      {median(load.loads_s) * 1000:7.0f} ms" if load.loads_s else "no load",
        *(
            f"overview, change of filter, p{share * 100:.0f}  {load.percentile(share) * 1000:7.0f} ms"
            f" ({load.percentile(share) / load.floor_s:.1f} × floor)"
            for share in (0.5, 0.95, 0.99)
        ),
        *(
            f"Dash, change of filter, p{share * 100:.0f}      {_percentile(load.peer_waits_s, share) * 1000:7.0f} ms"
            for share in (0.5, 0.95, 0.99)
            if load.peer_waits_s
        ),
        f"memory of the server {load.memory_before_mb:.0f} MB before, {load.memory_after_mb:.0f} MB at the end",
        f"processor of the server {load.server_cpu:.2f} of one core",
        "",
    ]
    rows += [
        f"{'reached' if aim.is_reached else 'MISSED ':8} {aim.measured:7.2f} of {aim.most:5.1f}  {aim.what}"
        for aim in aims(load)
    ]
    return [
        *rows,
        *(f"error: {error}" for error in sorted(set(load.errors))[:10]),
        *(f"error of Dash: {error}" for error in sorted(set(load.peer_errors))[:10]),
    ]


def as_json(load: Load, about: dict[str, Any]) -> dict[str, Any]:
    """Return the run as it is kept."""
    fields = asdict(load) | {name: _rounded(getattr(load, name)) for name in ("waits_s", "loads_s", "peer_waits_s")}
    percentiles = {f"p{share * 100:.0f}_ms": load.percentile(share) * 1000 for share in (0.5, 0.95, 0.99)}
    return {
        **about,
        **percentiles,
        "ratio": load.ratio,
        "mb_per_session": load.mb_per_session,
        "mb_per_hour": load.mb_per_hour,
        "aims": [asdict(aim) | {"is_reached": aim.is_reached} for aim in aims(load)],
        **fields,
    }


def _percentile(waits_s: Sequence[float], share: float) -> float:
    ordered = sorted(waits_s)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def _rounded(values: Sequence[float]) -> list[float]:
    return [round(value, 4) for value in values]
