-- What cannot be seen is taken out of the few rows that hold any; without it, two halves may be a tag.
update intake_shaped
set
    title = nullif(trim(intake_tags(intake_visible(title))), ''),
    description = nullif(trim(intake_tags(intake_visible(description))), ''),
    conditions = nullif(trim(intake_tags(intake_visible(conditions))), ''),
    venue = nullif(trim(intake_tags(intake_visible(venue))), ''),
    address = nullif(trim(intake_tags(intake_visible(address))), ''),
    type_label = nullif(trim(intake_tags(intake_visible(type_label))), ''),
    postcode = nullif(trim(intake_tags(intake_visible(postcode))), ''),
    city = nullif(trim(intake_tags(intake_visible(city))), ''),
    commune_code = nullif(trim(intake_visible(commune_code)), ''),
    departement_label = nullif(trim(intake_tags(intake_visible(departement_label))), ''),
    region_label = nullif(trim(intake_tags(intake_visible(region_label))), ''),
    country_code = nullif(trim(intake_visible(country_code)), ''),
    theme_labels = list_filter(
        list_transform(theme_labels, lambda x: trim(intake_tags(intake_visible(x)))), lambda x: x <> ''
    ),
    keywords = list_filter(
        list_transform(keywords, lambda x: trim(intake_tags(intake_visible(x)))), lambda x: x <> ''
    ),
    organiser_labels = list_filter(
        list_transform(organiser_labels, lambda x: trim(intake_tags(intake_visible(x)))), lambda x: x <> ''
    )
where has_unseen;
