"""Dates and hours as people write them: words to a tree of days and hours, and that to sessions."""
