"""How many examples a randomised test draws: all of them with --every-case, else a fifth, others each time."""

is_full = False


def examples(most: int) -> int:
    """Return how many to draw of `most`."""
    return most if is_full else -(-most // 5)
