"""Messages to people: the weekly note and alerts, by mail, as a feed and to a webhook, each only once."""
