"""What several pages are made of: figures, tables, drawings."""
