"""Columns of yes and no whose header is what « yes » means: « Annulé », « En ligne », « Gratuit »."""

import re
from collections.abc import Sequence
from typing import Final

from campaign.intake.fields.likeness import words

YES: Final = ("oui", "o", "x", "vrai", "true", "1", "yes", "y", "ok", "✓", "✔", "☑", "coché", "wahr")
NO: Final = ("non", "n", "faux", "false", "0", "no", "-", "✗", "✘", "☐", "", "falsch")
_CERTAIN_NO: Final = ("non", "n", "faux", "false", "0", "no", "falsch")
FREE: Final = "gratuit"
PRICED: Final = "payant"
ALL_DAY: Final = "journée entière"
WITHOUT_HOURS: Final = "sans horaire"
HOUR_UNKNOWN: Final = "sans horaires"  # « yes » says it, whatever hour a program wrote
ONLINE: Final = "en ligne"
PUBLISHED: Final = "publié"
_WORDS: Final = ("oui", "non", "vrai", "faux", "true", "false", "yes", "no")  # no number of an hour
_FLAGS: Final = {
    name: (field, value)
    for field, value, names in (
        ("status", "annulé", "annule annulee annulation annules cancelled canceled"),
        ("status", "complet", "complet complete full"),
        ("status", "reporté", "reporte reportee postponed"),
        (
            "attendance_mode",
            ONLINE,
            "en_ligne a_distance distanciel visio visioconference online virtuel isonline isvirtual virtual isonlineonly "
            "online_only only_online isonlyonline en_ligne_uniquement uniquement_en_ligne",
        ),
        ("attendance_mode", "mixte", "hybride mixte"),
        (
            "duration",
            ALL_DAY,
            "journee_entiere toute_journee toute_la_journee all_day allday",
        ),
        ("duration", WITHOUT_HOURS, "horaire horaires avec_horaire avec_horaires avec_heure has_time"),
        ("state", "brouillon", "brouillon draft"),
        ("state", "privé", "prive privee private"),
        ("status", "supprimé", "supprime supprimee deleted"),
        (
            "state",
            PUBLISHED,
            "publie publiee published ispublished publication active actif isactive ispublic is_public publier a_publier publiable "
            "diffuser a_diffuser visible publier_sur_le_site a_publier_sur_le_site visible_sur_le_site",
        ),
        (
            "conditions",
            FREE,
            "gratuit gratuite gratuite_oui_non free free_entry free_admission free_access entree_gratuite acces_gratuit",
        ),
        ("conditions", "entrée libre", "entree_libre"),
        ("conditions", PRICED, "payant payante payant_oui_non"),
        (
            "accessibility",
            "PMR",
            "pmr accessible_pmr accessible_aux_pmr acces_pmr accessibilite_pmr mobilite_reduite accessible_mobilite_reduite "
            "accessible_aux_personnes_a_mobilite_reduite "
            "handicap_moteur fauteuil fauteuil_roulant accessible_fauteuil accessible_fauteuil_roulant accessible_en_fauteuil_roulant "
            "wheelchair wheelchair_accessible wheelchair_access",
        ),
        (
            "accessibility",
            "langue des signes",
            "lsf langue_des_signes traduction_lsf interprete_lsf traduit_en_lsf interpretation_lsf",
        ),
        ("accessibility", "boucle magnétique", "boucle_magnetique boucle_a_induction"),
        ("accessibility", "audiodescription", "audiodescription audio_description audiodecrit"),
    )
    for name in names.split()
}
_MODE: Final = re.compile(
    r"(?:\d+ )?(?:en ligne|hybride|mixte|les deux|(?:en )?presentiel|(?:en )?distanciel|sur place|visio)"
)  # so, how
_STATUS: Final = re.compile(r"(?:annule|reporte|complet)")  # said instead of « yes »
_PRICE: Final = re.compile(r"\d+(?: \d\d)?(?: (?:euros?|eur))?$|gratuit|payant")
_REMARKED: Final = r"^(oui|yes)\s*\([^()]*\)$"  # « Oui (météo) »; « Non, reporté » says more than no
_DATE: Final = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\b")
_WHEN: Final = re.compile(r" (?:le|on|at|date)$|^(?:date|cancellation date) (?:d )?")
_DATED: Final = (("status", "annulé"), ("status", "supprimé"))  # a date says « yes »
_NO_HOUR_YET: Final = re.compile(r"(?:^| )(?:time tb[ad]|no specific time|heure a (?:confirmer|preciser|definir))$")
_WORDS_AROUND: Final = re.compile(  # « L'événement est-il gratuit ? », « A-t-il lieu en ligne ? »
    r"\b(?:(?:a|aura|se deroule|se tient)(?: t)? (?:il |elle )?lieu|le lieu|est|ce|c|l|il|elle|cet|cette|votre|que|is|it|the|statut|oui|non"
    r"|event|evenement|action|animation|manifestation|options)\b"
)
_CONSENT: Final = re.compile(  # « Autorisez-vous la publication de votre événement ? »
    r"\b(?:autoris|accept|accord|consent|souhaite)\w*\b.*\b(?:publi|diffus|affich|figur|mise? en ligne)"
)
_OF_OTHERS: Final = re.compile(
    r"\b(?:photo|image|video|donnee|coordonnee|contact|mail|courriel|telephone|logo|nom|newsletter|lettre)"
)
_LEAST: Final = 0.7  # of the cells are yes or no


def flag_of(header: str, values: Sequence[str]) -> tuple[str, str] | None:
    """Return the field of a column of yes and no, and the value that « yes » gives it; None if it is no such column."""
    name = _WORDS_AROUND.sub(" ", words(header))
    plain_name = " ".join(name.split())
    flag = _FLAGS.get(words(header).replace(" ", "_")) or _FLAGS.get(plain_name.replace(" ", "_"))
    if flag is None and _CONSENT.search(words(header)) and not _OF_OTHERS.search(words(header)):
        flag = ("state", PUBLISHED)
    flag = ("duration", HOUR_UNKNOWN) if _NO_HOUR_YET.search(plain_name) else flag
    if flag is None and (dated := _FLAGS.get(_WHEN.sub("", plain_name).replace(" ", "_"))) in _DATED:
        flag = dated if values and all(map(_DATE.match, values)) else None  # « Annulé le »
        return flag
    pattern = {"status": _STATUS, "attendance_mode": _MODE, "conditions": _PRICE}.get(flag[0]) if flag else None
    bare = [re.sub(_REMARKED, r"\1", value.strip().lower()) for value in values]
    if flag and flag[1] == WITHOUT_HOURS and not any(value in _WORDS for value in bare):
        return None
    known = sum(value in (*YES, *NO) or bool(pattern and pattern.match(words(value))) for value in bare)
    return flag if flag and values and known >= _LEAST * len(values) else None


def put_first(columns: dict[str, list[int]], of_flags: dict[int, str]) -> None:
    """Put what keeps an event back, « Privé : oui », before columns that say its state in words, « Normal », or that it is published."""
    columns.get("state", []).sort(key=lambda index: of_flags.get(index, PUBLISHED) == PUBLISHED)


def as_sql(cell: str, value: str, towns: Sequence[str] = ()) -> str:
    """Return SQL for what a cell of such a column says: `value` for yes, nothing for no, itself where it is neither.

    « En ligne : oui » beside a town, in a cell of `towns`, is both; « Gratuit : non » is priced, « Publié : non » a draft,
    « Horaire : non » a whole day whatever hour a program wrote.
    """
    yes, no = (", ".join(f"'{word}'" for word in each) for each in (YES, NO))
    outcome = "'" + value.replace("'", "''") + "'"
    if value == WITHOUT_HOURS:  # « Horaire : non » is what says something
        return f"case when lower({cell}) in ({no}) then {outcome} when lower({cell}) not in ({yes}) then {cell} end"
    if value == ONLINE and towns:
        outcome = f"case when coalesce({', '.join(towns)}) is not null then 'mixte' else {outcome} end"
    certain = ", ".join(f"'{word}'" for word in _CERTAIN_NO)
    against = {FREE: PRICED, PRICED: FREE, PUBLISHED: "brouillon"}.get(value)
    otherwise = f"when lower({cell}) in ({certain}) then '{against}' " if against else ""
    word = f"regexp_replace(lower({cell}), '{_REMARKED}', '\\1')"
    if ("status", value) in _DATED:
        otherwise += f"when regexp_matches({cell}, '^{_DATE.pattern}') then {outcome} "
    return f"case when {word} in ({yes}) then {outcome} {otherwise}when lower({cell}) not in ({no}) then {cell} end"
