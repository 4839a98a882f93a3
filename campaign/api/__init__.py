"""The public addresses: events in every format, counts, figures, badges, health and their description."""
