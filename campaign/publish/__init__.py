"""From staged records to a published event file."""
