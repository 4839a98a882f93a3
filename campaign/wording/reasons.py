"""Why a record was not taken, or what was noticed about it: the one list of codes, with what to do about each."""

from dataclasses import dataclass
from typing import Final, Literal

from campaign.core.language import gettext, mark


@dataclass(frozen=True)
class Reason:
    """A code of `staged_rejects.reason` (kind reject) or of `staged_warnings.kind` (kind warning)."""

    code: str
    kind: Literal["reject", "warning"]
    label_fr: str
    remedy_fr: str

    @property
    def label(self) -> str:
        """What happened, in the reader's language."""
        return gettext(self.label_fr)

    @property
    def remedy(self) -> str:
        """What to do about it, in the reader's language."""
        return gettext(self.remedy_fr)


_ALL: Final = (
    Reason(
        "title_missing",
        "reject",
        mark("Il manque le titre."),
        mark("Donnez un titre à l'événement dans la source, puis importez de nouveau."),
    ),
    Reason(
        "date_missing",
        "reject",
        mark("Il manque la date."),
        mark("Ajoutez une date, ou à défaut une colonne « année », puis importez de nouveau."),
    ),
    Reason(
        "date_unreadable",
        "reject",
        mark("La date n'a pas pu être lue."),
        mark(
            "Écrivez la date sous la forme 05/11/2014, 05/11/2014 18:30 ou 2014-11-05T18:30 ; l'année d'abord (2014-11-05) "
            "si d'autres dates de la colonne commencent par le mois."
        ),
    ),
    Reason(
        "not_an_event",
        "reject",
        mark("Cet élément n'est pas un événement."),
        mark("Vérifiez l'export : chaque élément de la liste doit être un objet."),
    ),
    Reason(
        "event_unreadable",
        "reject",
        mark("Cet événement du calendrier est tronqué ou mal formé."),
        mark("Exportez le calendrier de nouveau, en entier."),
    ),
    Reason(
        "partial_timings",
        "warning",
        mark("Seules la première, la prochaine ou la dernière séance sont connues."),
        mark("Exportez l'agenda avec tous ses détails (detailed=1) pour avoir toutes les séances."),
    ),
    Reason(
        "undated",
        "warning",
        mark("Pas de date : l'événement est rattaché à l'année indiquée."),
        mark("Ajoutez la date dans la source."),
    ),
    Reason(
        "wrong_offset",
        "warning",
        mark("Le décalage horaire écrit n'est pas celui de la France ce jour-là : l'heure écrite est gardée."),
        mark("Vérifiez l'heure, et corrigez le décalage (+01:00 en hiver, +02:00 en été) ou supprimez-le."),
    ),
    Reason(
        "end_before_start",
        "warning",
        mark("Une séance finit avant de commencer, ou au même instant : sa fin est ignorée."),
        mark("Corrigez l'heure de fin dans la source."),
    ),
    Reason(
        "end_unreadable",
        "warning",
        mark("La fin d'une séance n'a pas pu être lue : elle est ignorée."),
        mark("Écrivez la fin sous la forme 05/11/2014 20:30 ou 20h30."),
    ),
    Reason(
        "date_ambiguous",
        "warning",
        mark("Une partie de la date n'a pas été comprise, ou peut se lire autrement : le reste est gardé."),
        mark("Écrivez chaque jour sous la forme 05/11/2014, avec ses heures, et mettez le reste dans la description."),
    ),
    Reason(
        "hour_unreadable",
        "warning",
        mark("Une heure n'a pas été comprise, en tout ou en partie."),
        mark("Écrivez l'heure sous la forme 18h30 ou 18h30-20h, et mettez le reste dans la description."),
    ),
    Reason(
        "impossible_date",
        "warning",
        mark("Une séance a une date impossible ou dure plus d'un an : elle est écartée."),
        mark("Corrigez la date dans la source."),
    ),
    Reason(
        "extra_cells",
        "warning",
        mark("La ligne a plus de cellules que l'en-tête : les dernières sont ignorées."),
        mark("Mettez entre guillemets les textes qui contiennent le séparateur."),
    ),
    Reason(
        "missing_cells",
        "warning",
        mark("La ligne a moins de cellules que l'en-tête."),
        mark("Vérifiez que les colonnes de cette ligne ne sont pas décalées."),
    ),
    Reason(
        "rows_left",
        "warning",
        mark(
            "Des lignes qui ne sont pas des événements (intertitres, totaux, notes, en-têtes répétés) ont été laissées de côté."
        ),
        mark("Rien à faire si les numéros de lignes sont les bons ; sinon, donnez un titre et une date à ces lignes."),
    ),
    Reason(
        "row_hidden",
        "warning",
        mark("La ligne est masquée dans le classeur : elle est prise comme les autres."),
        mark("Supprimez-la du classeur si l'événement n'a pas lieu."),
    ),
    Reason(
        "row_struck",
        "warning",
        mark("La ligne est barrée dans le classeur : l'événement est pris pour annulé."),
        mark("Enlevez la rature si l'événement a lieu, et réimportez le fichier."),
    ),
    Reason(
        "open_quote",
        "warning",
        mark("Un guillemet s'ouvre et ne se referme pas : il est gardé dans le texte."),
        mark("Refermez le guillemet, ou doublez-le s'il fait partie du texte."),
    ),
    Reason(
        "personal_data_removed",
        "warning",
        mark("Une adresse électronique ou un numéro de téléphone a été retiré d'un texte."),
        mark("Rien à faire ; mettez un lien d'inscription plutôt qu'un contact personnel."),
    ),
    Reason(
        "link_dropped",
        "warning",
        mark("Un lien qui n'est pas une adresse web a été ignoré."),
        mark("Donnez une adresse qui commence par http:// ou https://."),
    ),
    Reason(
        "text_cut",
        "warning",
        mark("Un texte démesuré a été coupé (ligne de 500 caractères, texte de 20 000, liste de 50)."),
        mark("Raccourcissez-le dans la source."),
    ),
    Reason(
        "coordinates_unreadable",
        "warning",
        mark("Les coordonnées n'ont pas pu être lues."),
        mark("Écrivez-les en degrés décimaux, par exemple 48,1173 et -1,6778."),
    ),
    Reason(
        "value_not_understood",
        "warning",
        mark("Une valeur n'a pas été comprise : elle est ignorée."),
        mark(
            "Corrigez-la dans la source, ou dites ce qu'elle veut dire dans un fichier de correspondance (--mapping)."
        ),
    ),
    Reason(
        "cancelled_in_title",
        "warning",
        mark("Le titre dit que l'événement est annulé, son statut ne le dit pas : il est tenu pour annulé."),
        mark("Changez le statut dans la source."),
    ),
    Reason(
        "postponed_in_title",
        "warning",
        mark("Le titre dit que l'événement est reporté, son statut ne le dit pas : il est tenu pour reporté."),
        mark("Changez le statut et la date dans la source."),
    ),
    Reason(
        "characters_lost",
        "warning",
        mark("Un texte contient des caractères perdus (�) : il est gardé ainsi."),
        mark("Corrigez le texte dans la source, et exportez-la en UTF-8."),
    ),
    Reason(
        "recurrence_cut",
        "warning",
        mark("L'événement se répète : seules ses séances dans la période de l'édition sont gardées."),
        mark("Rien à faire, si les autres dates ne sont pas de la campagne."),
    ),
    Reason(
        "recurrence_unreadable",
        "warning",
        mark("La règle de répétition n'a pas pu être lue : seules les dates écrites sont gardées."),
        mark("Corrigez la répétition dans le calendrier, ou écrivez chaque date."),
    ),
    Reason(
        "uid_repeated",
        "warning",
        mark(
            "Le même identifiant revient : la version la plus récente est gardée, ses dates sont les séances d'un événement."
        ),
        mark("Donnez à chaque événement son identifiant, si ce sont plusieurs événements."),
    ),
    Reason(
        "timezone_unknown",
        "warning",
        mark("Le fuseau horaire n'est pas connu : l'heure écrite est prise pour celle du lieu."),
        mark("Choisissez un fuseau courant (Europe/Paris) dans le calendrier."),
    ),
    Reason(
        "file_truncated",
        "warning",
        mark("Un enregistrement du fichier est coupé ou illisible : les autres sont pris, celui-là ne l'est pas."),
        mark("Téléchargez-le de nouveau, et réimportez-le."),
    ),
    Reason(
        "encoding_repaired",
        "warning",
        mark("Des caractères du fichier étaient mal codés : ils ont été réparés."),
        mark("Enregistrez le fichier en UTF-8."),
    ),
)

REASONS: Final[dict[str, Reason]] = {reason.code: reason for reason in _ALL}
