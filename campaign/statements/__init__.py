"""What may be said of a choice: its scope in words, sentences, changes, sources, citations, notices."""
