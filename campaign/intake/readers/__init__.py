"""Documents of programs: one module per format that is no table, and how formats are told apart."""
