-- The fields that an agenda defines itself: option ids, lists of them, or texts.

create or replace temp macro intake_own_items(j) as
    case json_type(j)
        when 'ARRAY' then json_extract(j, '$[*]')
        when 'NULL' then []
        else case when j is null then [] else [j] end
    end;

-- Labels: of an option by the agenda's schema, or a text given as such.
create or replace temp macro intake_own_labels(slug, j) as
    list_filter(
        list_transform(
            intake_own_items(j),
            lambda item: coalesce(
                getvariable('intake_options')[slug || ' ' || coalesce(item ->> 'id', item ->> '$')],
                case json_type(item)
                    when 'VARCHAR' then item ->> '$'
                    when 'OBJECT' then coalesce(json_extract_string(item, '$.label.fr'), item ->> 'label', item ->> 'fr')
                end
            )
        ),
        lambda label: trim(label) <> ''
    );

-- Names of organisers: only texts, never option ids, addresses or links.
create or replace temp macro intake_own_names(j) as
    list_filter(
        list_transform(
            intake_own_items(j),
            lambda item: case json_type(item)
                when 'VARCHAR' then item ->> '$'
                when 'OBJECT' then item ->> 'fr'
            end
        ),
        lambda name: trim(name) <> '' and not regexp_matches(name, '(?i)^https?://|@|^\d+$')
    );

-- What of a field is no option that the agenda explains, nor a text.
create or replace temp macro intake_own_unread(j, labels) as
    case when len(labels) < len(intake_own_items(j)) then j ->> '$' end;

-- What of a field of organisers is no name: an option id, a link. Addresses of persons are left out without a word.
create or replace temp macro intake_own_unread_names(j, names) as
    case
        when len(names) < len(list_filter(intake_own_items(j), lambda item: not contains(item ->> '$', '@')))
            then j ->> '$'
    end;
