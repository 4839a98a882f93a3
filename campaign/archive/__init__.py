"""The static archive of one edition: a folder of pages, drawings and data that needs neither server nor network."""
