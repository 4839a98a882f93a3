"""The parts of the page of data: addresses of the view, the whole file, calls to copy, frames, dictionary, licences."""

from html import escape
from typing import Any, Final

import streamlit as st

from campaign.analysis.figures import level_of, place_of
from campaign.core.language import _, mark, ngettext
from campaign.drawings import frames
from campaign.exports import files
from campaign.exports.columns import DICTIONARY
from campaign.filters import Filters, urls
from campaign.store import Answer
from campaign.view.components import figures
from campaign.view.components.figures import Cell, Column
from campaign.view.open_data import calls as samples
from campaign.view.press.pictures import SHOWN, titles
from campaign.view.press.room import STYLE, base_url, copy_button
from campaign.wording import campaign_names as names
from campaign.wording.numbers import missing, number

# The formats in a dialect of their own: extension, parameters beside the filters, name, whom it serves.
DIALECTS: Final[tuple[tuple[str, dict[str, str], str, str], ...]] = (
    ("csv", {"dialect": "fr"}, mark("CSV pour Excel"), mark("s'ouvre d'un double clic dans un Excel français")),
)
KINDS: Final = {
    "text": mark("texte"),
    "texts": mark("liste de textes"),
    "integer": mark("nombre entier"),
    "number": mark("nombre"),
    "boolean": mark("vrai ou faux"),
    "instant": mark("date et heure, ISO 8601"),
}


def sentence(chosen: Filters, n: int) -> str:
    """Return the answer: how many events this view gives as data."""
    place = place_of(chosen)
    many = ngettext("{n} événement", "{n} événements", n, n=number(n))
    return _("{many} {place} à emporter, en {n} formats.", many=many, place=place.inside, n=number(len(_formats())))


def _formats() -> list[tuple[str, dict[str, str], str, str]]:
    """Return the formats of a view's addresses, those for a spreadsheet first."""
    return [*DIALECTS, *((extension, {}, form.name, form.purpose) for extension, form in files.WRITTEN.items())]


def reuse() -> str:
    """Return what holds for all of them."""
    return _(
        "Les mêmes lignes et le même compte que les pages, sans clé ni inscription. Les filtres de cette page sont dans l'adresse. "
        "Ni adresse électronique ni numéro de téléphone."
    )


def addresses(chosen: Filters, total: int) -> None:
    """Draw the address of the view in each format, to open or to copy."""
    figures.heading(_("Cette vue, en données"), _("Une adresse fixe : elle donne toujours l'état du moment."))
    rows = []
    for extension, local, name, use in _formats():
        path = urls.api(f"/api/v1/events.{extension}", chosen, **local)
        rows.append(_row(_(name), _(use), path))
    rows.append(
        _row(
            _("Comptes par région (JSON)"),
            _("les nombres des pages, sans les événements"),
            urls.api("/api/v1/counts.json", chosen, by="region"),
        )
    )
    _table(rows, _("Adresses de cette vue"))


def whole(chosen: Filters, file: dict[str, Any]) -> None:
    """Draw the addresses of the whole file, of all editions."""
    n, n_editions = file["n_events"], len(file["editions"])
    figures.heading(
        _("Tout le fichier"),
        _(
            "{events} de {editions}, colonnes publiées seulement : rien qui ne soit publié, rien de personnel.",
            events=ngettext("{n} événement", "{n} événements", n, n=number(n)),
            editions=ngettext("{n} édition", "{n} éditions", n_editions, n=number(n_editions)),
        ),
    )
    figures.undated(chosen)
    rows = [
        _row(
            _("DuckDB"), _("événements, sources et licences, chiffres officiels, dictionnaire"), "/api/v1/events.duckdb"
        ),
        _row(
            _("GeoParquet"),
            _("les événements, et leur point dans une colonne de plus, geometry"),
            "/api/v1/events.parquet?edition=all",
        ),
        _row(_("Chiffres officiels (JSON)"), _("chacun avec sa source"), "/api/v1/figures.json"),
        _row(_("Description (OpenAPI 3.1)"), _("toutes les adresses, pour un programme"), "/api/v1/openapi.json"),
    ]
    _table(rows, _("Adresses de tout le fichier"))


def _row(name: str, use: str, path: str) -> dict[str, Cell]:
    full = f"{base_url()}{path}"
    link = f'<a class="data-address" href="{escape(path)}">{escape(path)}</a>'
    return {
        "name": Cell(name),
        "use": Cell(use),
        "address": Cell("", html=link),
        "copy": Cell("", html=copy_button(full, _("Copier l'adresse"))),
    }


def _table(rows: list[dict[str, Cell]], caption: str) -> None:
    columns = [
        Column(_("Format"), "name"),
        Column(_("Pour"), "use"),
        Column(_("Adresse"), "address"),
        Column(_("Copier"), "copy"),
    ]
    st.html(STYLE + DATA_STYLE)
    figures.table(columns, rows, caption=caption, css="data-table", has_tools=False)


def calls(chosen: Filters) -> None:
    """Draw calls to paste, with this view's own addresses."""
    figures.heading(_("À coller"), _("Cette vue, lue par un programme."))
    html = "".join(
        f"<details{' open' if first else ''}><summary>{escape(name)}</summary>"
        f'<pre tabindex="0"><code>{escape(text)}</code></pre>{copy_button(text, _("Copier le code"))}</details>'
        for first, (name, text) in zip((True, False, False, False), samples.samples(chosen, base_url()), strict=True)
    )
    st.html(f'<div class="press-cite data-calls">{html}</div>')


def embeds(chosen: Filters) -> None:
    """Draw the frames to paste into another site, and say which sites may show them."""
    hosts = frames.hosts()
    if frames.ANY in hosts:
        allowed = _("Tout site peut le montrer.")
    elif hosts:
        allowed = _("Sites admis : {hosts}.", hosts=", ".join(hosts))
    else:
        allowed = _("Aucun autre site n'est admis pour le moment.")
    figures.heading(
        _("Un dessin dans un autre site"),
        f"{_('Un cadre avec son titre, son tableau et sa source ; clair ou sombre, à toutes les largeurs.')} {allowed}",
    )
    drawn, campaign = titles(), names.name()
    rows = []
    for name in SHOWN[level_of(chosen)]:
        code = frames.snippet(name, f"{drawn[name]}, {place_of(chosen).name}, {campaign}", chosen, base_url())
        path = urls.api(f"/embed/{name}", chosen)
        rows.append(
            {
                "name": Cell(drawn[name]),
                "use": Cell("", html=f'<a href="{escape(path)}" target="_blank">{escape(_("Voir"))}</a>'),
                "address": Cell("", html=f"<code>{escape(code)}</code>"),
                "copy": Cell("", html=copy_button(code, _("Copier le cadre"))),
            }
        )
    columns = [
        Column(_("Dessin"), "name"),
        Column(_("Aperçu"), "use"),
        Column(_("Code"), "address"),
        Column(_("Copier"), "copy"),
    ]
    st.html(STYLE + DATA_STYLE)
    figures.table(columns, rows, caption=_("Cadres à coller"), css="data-table")


def dictionary() -> None:
    """Draw the data dictionary: the columns of every format, in order."""
    figures.heading(
        _("Dictionnaire des données"), _("Les mêmes colonnes, dans cet ordre, dans tous les formats de tableau.")
    )
    rows = [
        {
            "name": Cell("", html=f'<code class="whole">{escape(name).replace("_", "_<wbr>")}</code>'),
            "kind": Cell(_(KINDS[of.kind])),
            "filled": Cell(_("peut manquer") if of.is_optional else _("toujours")),
            "description": Cell(_(of.description)),
        }
        for name, of in DICTIONARY.items()
    ]
    columns = [
        Column(_("Colonne"), "name"),
        Column(_("Contenu"), "kind"),
        Column(_("Renseignée"), "filled"),
        Column(_("Ce qu'elle dit"), "description"),
    ]
    figures.table(columns, rows, caption=_("Dictionnaire des données"), css="data-table", is_folded=True)


def licences(answer: Answer) -> None:
    """Draw source and licence of the imported events."""
    rows = [{"source": Cell(row["source"]), "licence": Cell(row["licence"] or missing())} for row in answer.rows]
    figures.table(
        [Column(_("Source"), "source"), Column(_("Licence"), "licence")], rows, caption=_("Licences des événements")
    )


DATA_STYLE: Final = (
    "<style>"
    ".data-table code,.data-address{font-size:.8125rem;overflow-wrap:anywhere}"
    "table.figures.data-table td:has(button){text-align:right}table.data-table button.copy{white-space:nowrap}"
    ".data-table code{display:block;white-space:pre-wrap}.data-table code.whole{overflow-wrap:normal}"
    ".data-calls details{border-top:1px solid var(--line);padding:.35rem 0;max-width:52rem}"
    ".data-calls summary{cursor:pointer;font-weight:600;padding:.25rem 0}"
    "@media (max-width:640px){"
    ".stHtml table.data-table,.stHtml table.data-table tbody,.stHtml table.data-table tr,.stHtml table.data-table th,"
    ".stHtml table.data-table td{display:block}.stHtml table.data-table thead{display:none}"
    ".stHtml table.data-table th,.stHtml table.data-table td{border:0;padding:.1rem 0}"
    ".stHtml table.data-table tbody th{font-weight:600}"
    ".stHtml table.data-table tr{border-bottom:1px solid var(--line);padding:.5rem 0}"
    "table.figures.data-table td:has(button){text-align:left}}"
    "</style>"
)
