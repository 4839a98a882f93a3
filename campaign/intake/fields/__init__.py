"""Which column of a table is which field, and what the cells of a row say together."""
