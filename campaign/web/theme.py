"""Streamlit's own theme in the campaign's accent, in the place of that of .streamlit/config.toml."""

from streamlit import config

from campaign.profile import colours


def apply() -> None:
    """Set the accent of buttons, links and fields, by day and by night, for the process."""
    for name, theme in (("light", colours.light()), ("dark", colours.dark())):
        for option in ("primaryColor", "linkColor"):
            config.set_option(f"theme.{name}.{option}", theme["accent"])
