"""The printable programme of a choice: by day and commune, as PDF and as plain text."""
