-- One sum over all that rollups.sql reads of the events that count, whatever their order: as long as it is the same, so are its tables.
select
    (
        select
            sum(hash(
                source, source_type_label, type, type_is_guessed, edition, region_2014_code, region_2016_code, departement_code,
                commune_code, themes, attendance_mode, placement, n_sessions, n_days, days, session_spans, registered_on,
                created_at_is_import, lead_organiser_id, event_id
            ))
        from {{ every.counted_events }}
    ) as events,
    (select sum(hash(event_id, organiser_id, role)) from event_organisers) as organisers
