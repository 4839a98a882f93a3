"""The commands of `campaign`, one module per subject."""
