"""How unusual a fact is, in bits: how often one would see as much by chance, or by being anyone of the list."""

from math import exp, inf, lgamma, log, log2

MOST_BITS = 40.0


def of_rank(rank: int, among: int) -> float:
    """Return the bits of a rank, from the nearer end: the first of 27 is log2(27) = 4.8, the one in the middle 1."""
    nearer = min(rank, among + 1 - rank)
    return -log2(nearer / among)


def of_first(rank: int, among: int) -> float:
    """Return the bits of a rank that only its own end makes unusual: the third of 27 changes is log2(27 / 3) = 3.2."""
    return -log2(rank / among)


def of_share(k: int, n: int, expected: float) -> float:
    """Return the bits of k of n where a share is expected: minus the logarithm of the binomial tail on that side."""
    if n == 0 or not 0 < expected < 1:
        return 0.0
    side = range(k, n + 1) if k >= n * expected else range(k + 1)
    tail = sum(exp(_log_binomial(i, n, expected)) for i in side)
    return min(-log2(tail), MOST_BITS) if tail > 0 else MOST_BITS


def _log_binomial(k: int, n: int, p: float) -> float:
    if p <= 0 or p >= 1:
        return -inf
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1) + k * log(p) + (n - k) * log(1 - p)
