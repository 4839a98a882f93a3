"""The colours in the campaign's accent: what pages, drawings and documents take."""

from campaign.core import palette as colours
from campaign.core.palette import Palette, Theme
from campaign.core.tint import tinted
from campaign.profile.loader import profile


def light() -> Theme:
    """Return the colours by day."""
    return _themes()[0]


def dark() -> Theme:
    """Return the colours by night."""
    return _themes()[1]


def printed() -> Theme:
    """Return the colours on paper and in workbooks."""
    return {**colours.PRINT, **light()}


def palette(*, is_dark: bool) -> Palette:
    """Return the colours of maps that are drawn without stylesheet."""
    return colours.of(dark() if is_dark else light())


def css() -> str:
    """Return the colours as a style of a document of ours."""
    return colours.css(light(), dark())


def overriding() -> str:
    """Return the style that puts the campaign's accent over that of assets/campaign.css; "" where they are the same."""
    changed = {role for role, day in light().items() if (day, dark()[role]) != colours.COLOURS[role]}
    if not changed:
        return ""
    names = "".join(
        f"--{role}:light-dark({light()[role]},{dark()[role]});" for role in colours.COLOURS if role in changed
    )
    return f".stApp,body{{{names}}}"


def _themes() -> tuple[Theme, Theme]:
    own = profile().settings.colours
    return tinted(own.accent, own.accent_dark)
