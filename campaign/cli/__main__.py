"""`python -m campaign.cli`."""

from campaign.cli import app

app()
