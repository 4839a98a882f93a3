"""iCalendar: entries, series, zones, versions of one entry."""
