"""The page of the pace."""
