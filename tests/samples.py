"""How many examples a randomised test draws, all of them with --every-case, else a fifth, others each time; and which cases run."""

is_full = False


def examples(most: int) -> int:
    """Return how many to draw of `most`."""
    return most if is_full else -(-most // 5)


def is_chosen(number: int, every: int, first: int) -> bool:
    """Tell whether the case of that number is one of each n-th from the `first` on, which may be the number of a day."""
    return (number - first) % every == 0
