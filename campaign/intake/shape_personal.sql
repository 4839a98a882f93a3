-- What a person could be reached by is taken out of the few rows that hold any.
update intake_shaped
set
    title = intake_scrubbed(title),
    description = intake_scrubbed(description),
    conditions = intake_scrubbed(conditions),
    venue = intake_scrubbed(venue),
    address = intake_scrubbed(address),
    type_label = intake_scrubbed(type_label),
    theme_labels = intake_scrubbed_labels(theme_labels),
    keywords = intake_scrubbed_labels(keywords),
    organiser_labels = intake_scrubbed_labels(organiser_labels)
where is_personal;
