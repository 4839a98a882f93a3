-- Instants of registration that intake_moment does not read, each once.
select distinct said
from (
    select created_at as said from intake_named
    union all
    select updated_at from intake_named
)
where said is not null and intake_moment(said) is null;
