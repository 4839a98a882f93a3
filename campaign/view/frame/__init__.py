"""What stands around every page: masthead, sidebar, the choice in the address, controls."""
