"""What everything stands on: settings, errors, languages, escaping, the list of pages."""
