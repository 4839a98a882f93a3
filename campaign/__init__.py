"""The dashboard of a campaign of events."""
