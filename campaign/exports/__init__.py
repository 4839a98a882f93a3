"""Events as files: the public columns, what is never published, and one module per format."""
