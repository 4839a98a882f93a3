"""PDF and Word documents: typesetting with our fonts, legible text."""
