"""What figures mean: dates and status of editions, comparability, pace, projection, coverage, the figures of one choice."""
