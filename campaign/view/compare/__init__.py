"""The page that compares editions and regions."""
