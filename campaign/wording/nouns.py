"""Nouns that agree with a number: measures of the official figures, types of events.

Kept apart from the plain labels: each has two forms.
"""

from campaign.core.language import _, ngettext
from campaign.wording import campaign_names as names
from campaign.wording.numbers import missing, published


def departements_covered(n: float | None) -> str:
    """Return "département couvert", "départements couverts", agreeing with n; None is a number that is not known."""
    return ngettext("département couvert", "départements couverts", 2 if n is None else n)


def metric(code: str, n: float | None = 2) -> str:
    """Return the noun of a measure of the official figures, agreeing with n, in lower case; KeyError if unknown.

    None is a number that is not known.
    """
    n = 2 if n is None else n
    if own := names.metric(code, n):
        return own
    match code:
        case "events":
            return ngettext("événement", "événements", n)
        case "co_organised_events":
            return ngettext("événement coorganisé", "événements coorganisés", n)
        case "organisers":
            return ngettext("organisateur", "organisateurs", n)
        case "lead_organisers":
            return ngettext("organisateur principal", "organisateurs principaux", n)
        case "participants":
            return ngettext("participant", "participants", n)
        case "media_mentions":
            return ngettext("retombée dans les médias", "retombées dans les médias", n)
        case "media_partners":
            return ngettext("média partenaire", "médias partenaires", n)
        case "daily_themes":
            return ngettext("thème du quotidien", "thèmes du quotidien", n)
        case "communication_items":
            return ngettext("support de communication", "supports de communication", n)
        case "printed_programmes":
            return ngettext("programme imprimé", "programmes imprimés", n)
        case "website_visitors":
            return ngettext("visiteur du site", "visiteurs du site", n)
        case "organisers_ready_for_next_percent":
            return ngettext(
                "part d'organisateurs prêts à recommencer (en %)", "part d'organisateurs prêts à recommencer (en %)", n
            )
        case "regions_taking_part":
            return ngettext("région participante", "régions participantes", n)
        case "regional_chambers":
            return names.chambers_with_short(n)
        case "editions_held":
            return ngettext("édition", "éditions", n)
        case "regional_prize_winners":
            return ngettext("lauréat régional", "lauréats régionaux", n)
        case "public_votes":
            return ngettext("vote du public", "votes du public", n)
        case "municipalities":
            return ngettext("commune", "communes", n)
        case "share_percent":
            return ngettext("part du total (en %)", "part du total (en %)", n)
    raise KeyError(code)


def figure(code: str, value: int | None, qualifier: str | None = "exact") -> str:
    """Return a published figure with its noun: "plus de 1 700 événements", "plus de 80 % d'organisateurs prêts …"."""
    if value is None:
        return missing()
    text = published(value, qualifier, is_percent=code.endswith("_percent"))
    if code == "organisers_ready_for_next_percent":
        return _("{share} d'organisateurs prêts à recommencer", share=text)
    if code == "share_percent":
        return _("{share} du total", share=text)
    return f"{text} {metric(code, value)}"


def event_type(code: str, n: float | None = 2) -> str:
    """Return the noun of a type of event, agreeing with n, in lower case; KeyError if unknown.

    None is a number that is not known.
    """
    return names.event_type(code, 2 if n is None else n)


def leading_event_type(code: str) -> str:
    """Return the subject and verb that say a type is the most frequent: "la conférence est le type …"."""
    if code == names.OTHER:
        return _("« {type} » est le type le plus fréquent", type=names.type_label(code))
    return _("{type} est le type le plus fréquent", type=names.leading_type(code))
