"""The final count, projected from the shape of past editions, as a range; and how wrong that would have been before.

Each past edition says by what factor its count still grew after this many days to go: final / known. The logarithms of
these factors are taken as normal; the range is the prediction interval for one more of them (Student, k − 1 degrees of
freedom): exp(mean ± t · s · √(1 + 1/k)) times what is known now. It holds as long as this edition is one like the others.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log, sqrt
from statistics import NormalDist, fmean, median, stdev
from typing import Final, Literal

FEWEST_EDITIONS: Final = 3
FEWEST_KNOWN: Final = 30
LEAST_SHARE: Final = 0.10  # of past finals that must usually be known by then

# Student's t that leaves 10 % on each side, by degrees of freedom from 1 (the range holds 80 %).
STUDENT_90: Final = (
    3.078,
    1.886,
    1.638,
    1.533,
    1.476,
    1.440,
    1.415,
    1.397,
    1.383,
    1.372,
    1.363,
    1.356,
    1.350,
    1.345,
    1.341,
)
NORMAL_90: Final = NormalDist().inv_cdf(0.9)

Refusal = Literal["few_editions", "few_known", "early"]


@dataclass(frozen=True)
class Shape:
    """A finished edition: events known at these days to go, and in the end."""

    edition: int
    known: int
    final: int


@dataclass(frozen=True)
class Projection:
    """The final count that past shapes lead to: eight times in ten within low and high."""

    low: int
    central: int
    high: int


@dataclass(frozen=True)
class BackTest:
    """Each past edition projected from the others: error of the central figure as a ratio, whether the range held it."""

    editions: tuple[int, ...]
    errors: tuple[float, ...]
    held: tuple[bool, ...]

    @property
    def typical_error(self) -> float:
        """Median of the absolute errors."""
        return median(abs(error) for error in self.errors)

    @property
    def n_held(self) -> int:
        """How many finals fell within their range."""
        return sum(self.held)


def student_90(freedom: int) -> float:
    """Return Student's t that leaves 10 % on each side: of the table, beyond it by the normal value and two terms of its expansion
    (Abramowitz and Stegun, 26.7.5).
    """
    if freedom <= len(STUDENT_90):
        return STUDENT_90[freedom - 1]
    z, n = NORMAL_90, freedom
    return z + (z**3 + z) / (4 * n) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * n**2)


def project(known: int, past: Sequence[Shape]) -> Projection | Refusal:
    """Return the range for a final count, or why there is none."""
    shapes = [shape for shape in past if shape.known > 0 and shape.final > 0]
    if len(shapes) < FEWEST_EDITIONS:
        return "few_editions" if len(past) < FEWEST_EDITIONS else "early"
    if fmean(shape.known / shape.final for shape in shapes) < LEAST_SHARE:
        return "early"
    if known < FEWEST_KNOWN:
        return "few_known"
    factors = [log(shape.final / shape.known) for shape in shapes]
    k = len(factors)
    half = student_90(k - 1) * stdev(factors) * sqrt(1 + 1 / k)
    centre = log(known) + fmean(factors)
    return Projection(
        max(known, round(exp(centre - half))), max(known, round(exp(centre))), max(known, round(exp(centre + half)))
    )


def back_test(past: Sequence[Shape]) -> BackTest | None:
    """Return how each past edition would have been projected from the others; None if none could be."""
    tried = []
    for shape in past:
        projection = project(shape.known, [other for other in past if other is not shape])
        if isinstance(projection, Projection):
            tried.append(
                (shape.edition, projection.central / shape.final - 1, projection.low <= shape.final <= projection.high)
            )
    if not tried:
        return None
    return BackTest(*(tuple(values) for values in zip(*tried, strict=True)))
