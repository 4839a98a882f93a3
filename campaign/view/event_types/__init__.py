"""The page of types and themes."""
