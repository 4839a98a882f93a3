"""Numbers as they are read: "1 700" and "12,5 %" in French, "1,700" and "12.5%" in English.

Halves are rounded away from zero. A missing number is "n. c." ("n/a"), never 0.
"""

from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from campaign.core.language import NO_BREAK, THIN_NO_BREAK, _, current

MINUS: Final = "\u2212"

Number = int | float | Decimal


def missing() -> str:
    """Return what stands in the place of a number that is not known."""
    return _("n. c.")


def number(value: Number | None, decimals: int = 0, *, fixed: bool = False) -> str:
    """Return a number with at most `decimals` decimals; exactly that many if `fixed`. None is "n. c."."""
    if value is None or value != value:  # a float that is not a number, as data frames write null
        return missing()
    rounded = value if isinstance(value, int) and not decimals else _rounded(value, decimals)
    text = f"{abs(rounded):,.{decimals}f}" if decimals else f"{abs(rounded):,}"
    if decimals and not fixed:
        text = text.rstrip("0").rstrip(".")
    if current() == "fr":
        text = text.replace(",", THIN_NO_BREAK).replace(".", ",")
    return f"{MINUS}{text}" if rounded < 0 else text


def signed(value: Number | None, decimals: int = 0) -> str:
    """Return a difference with its sign: "+12", "−5", "0"."""
    text = number(value, decimals)
    return f"+{text}" if value is not None and value == value and _rounded(value, decimals) > 0 else text


def percent(ratio: Number | None, decimals: int = 1, *, fixed: bool = False) -> str:
    """Return a ratio (0.125) as a percentage: "12,5 %", "12.5%"."""
    if ratio is None or ratio != ratio:
        return missing()
    return number(_hundred_times(ratio), decimals, fixed=fixed) + _percent_sign()


def signed_percent(ratio: Number | None, decimals: int = 1) -> str:
    """Return a change (0.12) as a percentage with its sign: "+12 %"."""
    if ratio is None or ratio != ratio:
        return missing()
    return signed(_hundred_times(ratio), decimals) + _percent_sign()


def share(part: Number | None, whole: Number | None, decimals: int = 1) -> str:
    """Return part of whole as a percentage that never says 0 or 100 % of what is only near it; "n. c." of nothing."""
    if part is None or whole is None or part != part or whole != whole or whole == 0:
        return missing()
    ratio = Decimal(str(part)) / Decimal(str(whole))
    step = Decimal(1).scaleb(-2 - decimals)
    if 0 < ratio < 1:
        rounded = _rounded(ratio, 2 + decimals)
        if rounded == 0:
            return _("moins de {share}", share=percent(step, decimals))
        if rounded == 1:
            return _("plus de {share}", share=percent(1 - step, decimals))
    return percent(ratio, decimals)


def ordinal(n: int, *, masculine: bool = False) -> str:
    """Return the rank of an edition, "7e" ("7th"), "1re" ("1st"); `masculine` gives "1er"."""
    if current() == "fr":
        return ("1er" if masculine else "1re") if n == 1 else f"{number(n)}e"
    suffix = "th" if 10 <= n % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{number(n)}{suffix}"


def floor_to_two_digits(n: int) -> int:
    """Return the greatest number of two digits followed by zeros that is not above n; n itself below 100."""
    step: int = 10 ** max(len(str(abs(n))) - 2, 0)
    return n // step * step


def published(value: Number | None, qualifier: str | None = "exact", *, is_percent: bool = False) -> str:
    """Return a published figure before its noun: "plus de 1 700", "environ 2 000", "1 707", "plus de 80 %".

    `qualifier` is one of exact, more_than, about, announced, or null; only the second and third add words.
    """
    if value is None or value != value:
        return missing()
    text = percent(Decimal(str(value)) / 100) if is_percent else number(value)
    if qualifier == "more_than":
        return _("plus de {value}", value=text)
    if qualifier == "about":
        return _("environ {value}", value=text)
    return text


def _rounded(value: Number, decimals: int) -> Decimal:
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def _hundred_times(ratio: Number) -> Decimal:
    return Decimal(str(ratio)) * 100


def _percent_sign() -> str:
    return f"{NO_BREAK}%" if current() == "fr" else "%"
