"""Who is a coordinator, and of which region: what the sign-in's provider says of a person, against the list of the settings."""

from collections.abc import Mapping

from campaign.core import signed_out
from campaign.core.settings import comparable, settings


def is_coordinator(user: Mapping[str, object]) -> bool:
    """Whether the provider says that an address of the list is this person's, and verified, and they have not signed out since."""
    is_verified = user.get("email_verified") in (True, "true")
    is_listed = comparable(str(user.get("email", ""))) in settings().allowed_emails()
    return is_verified and is_listed and not signed_out.is_ended(user)


def region_of(user: Mapping[str, object]) -> str | None:
    """Return the code of a coordinator's own region, as the list gives it; None for anybody else, and where it gives none."""
    if not is_coordinator(user):
        return None
    return settings().coordinator_regions()[comparable(str(user.get("email", "")))]
