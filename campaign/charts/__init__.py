"""Drawings as pure functions from values to SVG, HTML or Plotly: marks, maps, palette, the sheet around them."""
