"""The figures of a run: medians, ratios against the bare page, growth with the number of events, and the aims."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from statistics import median, quantiles
from typing import Any

FLOOR = {"cold": "cold", "warm": "warm", "fresh": "warm", "scan": "warm", "filter": "filter", "link": "filter"}
# How much longer than with the fewest events a page may take with the most; where an edition must be scanned, more.
GROWTH = {"warm": 1.3, "fresh": 1.3, "filter": 1.3, "scan": 3.0}
Key = tuple[str, str, str]  # target ("bare", "12000"), page, kind of measure


@dataclass
class Report:
    """All samples in milliseconds, and what else was measured."""

    samples: dict[Key, list[float]] = field(default_factory=dict)
    transfer_mb: dict[str, float] = field(default_factory=dict)
    memory_mb: dict[str, float] = field(default_factory=dict)

    def add(self, target: str, page: str, kind: str, value: float) -> None:
        """Keep one sample."""
        self.samples.setdefault((target, page, kind), []).append(value)

    def ratio(self, key: Key) -> float:
        """Return a measure's median against that of the bare page's corresponding one."""
        return median(self.samples[key]) / median(self.samples["bare", "bare", FLOOR[key[2]]])


@dataclass(frozen=True)
class Aim:
    """One figure to reach, and whether it is."""

    what: str
    value: float
    most: float

    @property
    def is_reached(self) -> bool:
        """Whether the figure is within its limit."""
        return self.value <= self.most


def aims(report: Report, sizes: Sequence[int]) -> list[Aim]:
    """Return the figures to reach, as far as this run measured them."""
    smallest, largest = str(min(sizes)), str(max(sizes))
    figures = []
    for kind, most in (("warm", 2.0), ("filter", 2.0), ("link", 2.0)):
        key = (largest, "overview", kind)
        if key in report.samples:
            figures.append(Aim(f"overview, {kind}, against the bare page ({largest} events)", report.ratio(key), most))
    figures += peer_aims(report, largest)
    figures += [
        Aim(f"cold transfer in MB ({target})", mb, 4.0) for target, mb in report.transfer_mb.items() if target != "bare"
    ]
    if smallest != largest:
        for target, page, kind in sorted(report.samples):
            if target == largest and kind in GROWTH:
                growth = median(report.samples[target, page, kind]) / median(report.samples[smallest, page, kind])
                figures.append(Aim(f"{page}, {kind}, {largest} against {smallest} events", growth, GROWTH[kind]))
    return figures


def peer_aims(report: Report, largest: str) -> list[Aim]:
    """Return the figures to reach beside a Dash page of the same work, as far as it was measured."""
    figures = []
    for kind in ("warm", "filter"):
        ours, theirs = report.samples.get((largest, "overview", kind)), report.samples.get(("dash", "dash", kind))
        if ours and theirs:
            figures.append(
                Aim(f"overview, {kind}, against Dash ({largest} events)", median(ours) / median(theirs), 1.0)
            )
    return figures


def lines(report: Report, sizes: Sequence[int]) -> list[str]:
    """Return the table that is printed."""
    table = [f"{'page':14} {'measure':8} {'events':>11} {'median ms':>10} {'quartiles':>15} {'× bare':>7}"]
    for target, page, kind in sorted(
        report.samples, key=lambda key: (key[1] != "bare", key[1], key[2], len(key[0]), key[0])
    ):
        values = report.samples[target, page, kind]
        low, _middle, high = quantiles(values, n=4) if len(values) > 1 else (values[0],) * 3
        ratio = report.ratio((target, page, kind))
        table.append(f"{page:14} {kind:8} {target:>11} {median(values):10.0f} {low:7.0f}–{high:<7.0f} {ratio:7.2f}")
    for target, mb in report.transfer_mb.items():
        table.append(f"cold transfer  {target:>11}: {mb:.2f} MB")
    for target, mb in report.memory_mb.items():
        table.append(f"server memory  {target:>11}: {mb:.0f} MB")
    figures = aims(report, sizes)
    table.append("")
    table += [
        f"{'reached' if aim.is_reached else 'MISSED ':8} {aim.value:5.2f} of {aim.most:4.1f}  {aim.what}"
        for aim in figures
    ]
    return table


def as_json(report: Report, sizes: Sequence[int], about: Mapping[str, Any]) -> dict[str, Any]:
    """Return the run as it is kept."""
    return {
        **about,
        "measures": [
            {"target": target, "page": page, "measure": kind, "median_ms": median(values), "ratio": report.ratio((target, page, kind)),
             "samples_ms": [round(value, 1) for value in values]}
            for (target, page, kind), values in report.samples.items()
        ],
        "cold_transfer_mb": report.transfer_mb,
        "server_memory_mb": report.memory_mb,
        "aims": [asdict(aim) | {"is_reached": aim.is_reached} for aim in aims(report, sizes)],
    }  # fmt: skip
