"""Tables of CSV files and workbooks, as people lay them out, to rows of one header."""
