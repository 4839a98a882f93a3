"""What pages are made of: the frame's parts, figures, tables, drawings."""
