"""An event file in a DuckLake whose catalogue is a PostgreSQL of the tests."""
