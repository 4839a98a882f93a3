"""The filters of what an event is (its type, its themes, how and for whom it takes place, who holds it), each declared once.

They stand among the others in the order of campaign/filters/shared.py.
"""

from typing import Final

from campaign.core.language import _, mark
from campaign.filters import clauses, conditions
from campaign.filters.choice import Filters
from campaign.filters.declaration import Filter, Widget
from campaign.filters.kinds import Coded, Existing, Flag, few
from campaign.filters.subcampaigns import chips_unless_subcampaign, is_without_subcampaign
from campaign.store import catalog
from campaign.wording import labels
from campaign.wording.nouns import event_type
from campaign.wording.quantities import listed

ATTENDANCE_MODES: Final = tuple(labels.ATTENDANCE_MODES)
ACCESSIBILITIES: Final = tuple(labels.ACCESSIBILITY)
AUDIENCES: Final = tuple(labels.AUDIENCES)
TIMES_OF_DAY: Final = tuple(labels.TIMES_OF_DAY)


def _theme_chips(chosen: Filters) -> list[tuple[str, Filters]]:
    return [(words, chosen.replace(themes=rest)) for words, rest in THEME.kind.words(chosen.themes, chosen)]


TYPE: Final = Filter(
    name="type",
    field="types",
    label=mark("Type"),
    help="Type d'événement.",
    kind=Coded(
        allowed=lambda reading: reading.known.types,
        word=lambda code, chosen: catalog.label("type", code),
        known=lambda known: known.types,
    ),
    column="type",
    clause=lambda chosen: _("type : {values}", values=listed(event_type(code) for code in chosen.types)),
    implied=clauses.nouns_of_types,
    widget=Widget(
        "multiselect",
        is_folded=False,
        placeholder=mark("Tous les types"),
        options=lambda chosen: {code: entry.text for code, entry in catalog.labels("type").items()},
    ),
)

THEME: Final = Filter(
    name="theme",
    field="themes",
    label=mark("Thème"),
    help="Thème.",
    kind=Coded(
        allowed=lambda reading: reading.known.themes,
        word=lambda code, chosen: catalog.label("theme", code),
        known=lambda known: known.themes,
    ),
    column="themes",
    is_list_column=True,
    clause=clauses.themes_clause,
    chips=chips_unless_subcampaign(_theme_chips),
    widget=Widget(
        "multiselect",
        placeholder=mark("Tous les thèmes"),
        options=lambda chosen: {code: entry.text for code, entry in catalog.labels("theme").items()},
    ),
    is_written=is_without_subcampaign,
)

ATTENDANCE_MODE: Final = Filter(
    name="attendance_mode",
    field="attendance_modes",
    label=mark("Participation"),
    help="Participation.",
    kind=few(ATTENDANCE_MODES, labels.attendance_mode),
    column="attendance_mode",
    clause=mark("participation : {values}"),
    widget=Widget(
        "multiselect",
        is_on_agenda=True,
        placeholder=mark("Sur place et en ligne"),
        options=lambda chosen: {code: labels.attendance_mode(code) for code in ATTENDANCE_MODES},
    ),
)

ORGANISER: Final = Filter(
    name="organiser",
    field="organisers",
    label=mark("Organisateur"),
    help="Code d'un organisateur principal.",
    kind=Existing("organiser_exists", clauses.organiser_name, {"type": "string", "minLength": 1}),
    column="lead_organiser_id",
    clause=lambda chosen: _(
        "organisateur : {names}", names=listed(clauses.organiser_name(code, chosen) for code in chosen.organisers)
    ),
)

ORGANISER_FAMILY: Final = Filter(
    name="organiser_family",
    field="organiser_families",
    label=mark("Famille de l'organisateur"),
    help="Famille de l'organisateur principal, que son nom dit ; `unknown` : il est nommé, sa famille n'est pas connue.",
    kind=Coded(
        allowed=lambda reading: clauses.families(),
        word=lambda code, chosen: clauses.family_name(code),
        known=lambda known: clauses.families(),
    ),
    conditions=conditions.organiser_families,
    clause=clauses.families_clause,
)

FREE: Final = Filter(
    name="free",
    label=mark("Prix"),
    help="Dit gratuit (true) ou payant (false).",
    kind=Flag(labels.price),
    conditions=conditions.free,
    clause=lambda chosen: _("entrée gratuite") if chosen.free else _("entrée payante"),
    widget=Widget(
        "select",
        is_on_agenda=True,
        placeholder=mark("Tous les prix"),
        options=lambda chosen: {"true": labels.price(True), "false": labels.price(False)},
    ),
)

ACCESSIBLE: Final = Filter(
    name="accessible",
    label=mark("Accessibilité"),
    help="Handicap accueilli.",
    kind=few(ACCESSIBILITIES, labels.accessibility),
    column="accessibility",
    is_list_column=True,
    clause=mark("accessibilité : {values}"),
    widget=Widget(
        "multiselect",
        is_on_agenda=True,
        placeholder=mark("Tous les événements"),
        options=lambda chosen: {code: labels.accessibility(code) for code in ACCESSIBILITIES},
    ),
)

AUDIENCE: Final = Filter(
    name="audience",
    field="audiences",
    label=mark("Public"),
    help="Âge du public.",
    kind=few(AUDIENCES, labels.audience),
    column="audiences",
    is_list_column=True,
    clause=mark("public : {values}"),
    widget=Widget(
        "multiselect",
        is_on_agenda=True,
        placeholder=mark("Tous les publics"),
        options=lambda chosen: {code: labels.audience(code) for code in AUDIENCES},
    ),
)

TIME_OF_DAY: Final = Filter(
    name="time_of_day",
    field="times_of_day",
    label=mark("Moment de la journée"),
    help="Moment où commence une session, à l'heure du lieu : matin (avant 12 h), après-midi (12 h à 18 h), soir (dès 18 h). "
    "Jours et sessions, `from` et `to` sont alors ceux de ces sessions ; une session de journées entières n'a pas d'heure.",
    kind=few(TIMES_OF_DAY, labels.time_of_day),
    column="times_of_day",
    is_list_column=True,
    clause=clauses.times_of_day_clause,
    widget=Widget(
        "multiselect",
        is_on_agenda=True,
        placeholder=mark("Toute la journée"),
        options=lambda chosen: {code: labels.time_of_day(code) for code in TIMES_OF_DAY},
    ),
)
