-- Texts beyond measure are cut.
update intake_shaped
set
    title = left(title, intake_longest_line()),
    description = left(description, intake_longest_text()),
    conditions = left(conditions, intake_longest_text()),
    venue = left(venue, intake_longest_line()),
    address = left(address, intake_longest_line()),
    type_label = left(type_label, intake_longest_line()),
    postcode = left(postcode, intake_longest_line()),
    city = left(city, intake_longest_line()),
    commune_code = left(commune_code, intake_longest_line()),
    departement_label = left(departement_label, intake_longest_line()),
    region_label = left(region_label, intake_longest_line()),
    country_code = left(country_code, intake_longest_line()),
    theme_labels = list_transform(theme_labels[:intake_most_labels()], lambda x: left(x, intake_longest_line())),
    keywords = list_transform(keywords[:intake_most_labels()], lambda x: left(x, intake_longest_line())),
    organiser_labels = list_transform(organiser_labels[:intake_most_labels()], lambda x: left(x, intake_longest_line()))
where is_cut;
