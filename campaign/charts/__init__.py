"""Drawings as pure functions from values to SVG, HTML, Plotly or pydeck: marks, maps, palette, the sheet around them."""
