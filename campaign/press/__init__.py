"""The press room: true sentences, citations, drawings to take away, and kits."""
