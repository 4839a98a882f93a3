-- What an event says in one of the fields that people correct, in the form in which a correction is written.
create or replace temp macro corrected_value(field, e, sessions) as
    case field
        when 'type' then e.type
        when 'organiser' then e.organiser
        when 'place' then case
            when e.attendance_mode = 'online' then 'en ligne'
            else nullif(
                concat_ws(
                    ' | ',
                    coalesce(e.venue, case when e.address is not null then '' end),
                    e.address,
                    nullif(concat_ws(' ', e.postcode, e.commune), '')
                ),
                ''
            )
        end
        else nullif(
            array_to_string(
                list_transform(
                    sessions,
                    lambda s: case
                        when s.is_all_day and s.begins_on = s.ends_on then s.begins_on::varchar
                        when s.is_all_day then s.begins_on::varchar || ' -> ' || s.ends_on::varchar
                        else strftime(timezone(e.timezone, s.begins_at), '%Y-%m-%dT%H:%M')
                            || coalesce(' -> ' || strftime(timezone(e.timezone, s.ends_at), '%Y-%m-%dT%H:%M'), '')
                    end
                ),
                ' | '
            ),
            ''
        )
    end;
