"""The press page."""
