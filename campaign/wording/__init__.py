"""Figures put into words: pure functions, in French and in English."""
