"""Drawings as pure functions from values to SVG or HTML: marks, maps, palette, the sheet around them."""
