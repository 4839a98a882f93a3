"""Drawings to take away: pure functions from rows to SVG with real text, needing no browser."""
