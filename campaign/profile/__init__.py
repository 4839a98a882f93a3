"""What the campaign's people fill in: sub-campaigns and targets, as CSV files."""
