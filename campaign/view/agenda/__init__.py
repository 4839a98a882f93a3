"""The page of the agenda: list, month, map, search, one event."""
