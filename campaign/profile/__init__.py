"""The campaign's folder: its names, calendar, types, chambers, published figures, and what its people fill in."""

from campaign.profile.loader import profile
from campaign.profile.models import Profile

__all__ = ["Profile", "profile"]
