"""The parameters of a query."""

import duckdb

from campaign.store.plans import EVERYTHING, written
from campaign.store.templates import choices_of


def parameters_of(text: str) -> frozenset[str]:
    """Return all parameters that a query takes, choices included."""
    choices = choices_of(text)
    statements = duckdb.extract_statements(written(text, tuple((name, EVERYTHING) for name in sorted(choices))))
    return choices.union(*(statement.named_parameters for statement in statements))
