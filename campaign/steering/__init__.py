"""Steering a running campaign: pace, projection, coverage, targets. Pure functions on the answers of queries."""
