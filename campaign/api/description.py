"""`/api/v1/openapi.json`: all public addresses as OpenAPI 3.1, with the codes that the event file knows now."""

from starlette.responses import Response

from campaign import filters
from campaign.api import (
    alerts,
    answering,
    press,
    programme,
    refusals,
    reports,
    schemas,
    todo,
    whole,
)
from campaign.api.parameter_descriptions import Json, of_addresses, of_filters
from campaign.drawings import export
from campaign.exports.files import FORMATS
from campaign.filters import Codes
from campaign.profile import profile

BADGE = ("edition", "nomenclature", "unit", "lang")
FIGURES = ("edition", "nomenclature", "region", "lang")


def openapi(call: answering.ApiCall) -> Response:
    """Return the description; its server is this one."""
    return answering.json_response(described(call.base_url))


def described(base_url: str, known: Codes | None = None) -> Json:
    """Return the OpenAPI document, with the codes that are given or else those of the event file."""
    known = known or filters.codes()
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{profile().settings.name.fr} : événements, comptes et chiffres officiels",
            "version": "1",
            "summary": "Les mêmes comptes que les pages du tableau de bord.",
            "description": (
                "Un événement compte s'il est publié, non annulé et d'une édition. "
                "total = located + online + unlocated. Sans `edition`, la réponse porte sur l'édition que "
                "/healthz donne comme `current`. Chaque réponse porte un ETag, par lequel seul elle est dite inchangée (304), "
                "et la date des données (Last-Modified). Aucune adresse électronique ni numéro de téléphone. Chaque ligne porte la "
                "source et la licence de son import ; les événements annulés ne sont que dans les calendriers, STATUS:CANCELLED. "
                "Ce qui demande du travail est compté par client : au-delà, 429 ou 503 avec Retry-After. "
                f"{refusals.in_words()}"
            ),
        },
        "servers": [{"url": base_url}],
        "paths": _paths(),
        "components": {
            "schemas": schemas.schemas(),
            "parameters": {**of_filters(known), **of_addresses(known)},
            "responses": _problems(),
            "headers": {
                "ETag": {"description": "Empreinte de la réponse.", "schema": {"type": "string"}},
                "LastModified": {"description": "Date des données.", "schema": {"type": "string"}},
            },
        },
    }


def _paths() -> Json:
    page = ("limit", "after", *filters.names())
    paths = {
        "/healthz": _get("health", "État du service et date des données.", (), _json("Health")),
        "/api/v1/events.json": _get("events", "Événements, par pages.", page, _json("EventPage")),
        "/api/v1/counts.json": _get("counts", "Comptes par dimension.", ("by", *filters.names()), _json("Counts")),
        "/api/v1/figures.json": _get(
            "figures",
            "Chiffres officiels, avec leurs sources ; de toutes les éditions sans `edition`.",
            FIGURES,
            _json("Figures"),
        ),
        "/api/v1/openapi.json": _get("openapi", "Cette description.", (), _json("Description")),
        "/ask.json": _get(
            "ask",
            "Les vues qui répondent à une question en mots (`q`), chacune avec son nombre ; les mots non compris, qui sont cherchés.",
            ("question", "lang", "present"),
            _json("Answers"),
        ),
        "/alerts.atom": _get(
            "alerts",
            "Ce que des coordinateurs doivent savoir (source en panne, région silencieuse, objectif, record), le plus récent d'abord.",
            alerts.FILTERS,
            _text("application/atom+xml"),
        ),
        "/badge/france.svg": _get("badgeFrance", "Compteur national.", BADGE, _text("image/svg+xml")),
        "/badge/region/{code}.svg": _get(
            "badgeRegion", "Compteur d'une région du découpage demandé.", ("code", *BADGE), _text("image/svg+xml"), 404
        ),
    }
    paths["/api/v1/findings.xlsx"] = _get(
        "findings",
        "Ce qui est à vérifier dans les données d'un territoire, toutes éditions, en classeur.",
        todo.FILTERS,
        _file(todo.MEDIA_TYPE),
    )
    paths["/api/v1/events/{event_id}.ics"] = _get(
        "eventCalendar", "Un événement, annulé ou non, en calendrier.", ("event_id",), _file("text/calendar"), 404
    )
    paths["/api/v1/events.duckdb"] = _get(
        "events_duckdb",
        "Tous les événements de toutes les éditions, leurs sources, les chiffres officiels et le dictionnaire, en un fichier.",
        (),
        _file(whole.MEDIA_TYPE),
        400,
    )
    paths |= _documents() | _for_others()
    for name, form in FORMATS.items():
        paths[f"/api/v1/events.{name}"] = _get(
            f"events_{name}",
            f"Tous les événements du choix, en un fichier {name}.",
            (*form.parameters, *filters.names()),
            _file(form.media_type.partition(";")[0]),
        )
    return paths


def _documents() -> Json:
    """Return the addresses of drawings and documents to take away."""
    drawn = {media_type.partition(";")[0]: _one(media_type) for media_type in export.MEDIA_TYPES.values()}
    paths = {
        "/figures/{name}.{extension}": _get(
            "drawing",
            "Un dessin à emporter, par son nom, avec l'adresse de sa vue.",
            ("drawing", "drawing_extension", "size", *press.OPTIONS, *filters.names()),
            drawn,
            404,
        ),
        "/kits/presse.zip": _get(
            "pressKit",
            "Le dossier de presse d'une édition, du pays ou d'une région.",
            press.KIT_FILTERS,
            _file("application/zip"),
        ),
        "/reports/bilan.{extension}": _get(
            "report",
            "Le bilan de fin de campagne d'une édition, du pays ou d'une région.",
            ("report_extension", *reports.FILTERS),
            {media_type: _one(media_type) for media_type in reports.MEDIA_TYPES.values()},
            404,
        ),
    }
    descriptions = {
        "pdf": "Le programme, par jour et commune, à imprimer (code QR vers la page à jour).",
        "txt": "Le même, à coller dans une lettre d'information.",
    }
    for extension, media_type in programme.MEDIA_TYPES.items():
        paths[f"/programme.{extension}"] = _get(
            f"programme_{extension}", descriptions[extension], filters.names(), _file(media_type.partition(";")[0])
        )
    return paths


def _for_others() -> Json:
    """Return what other sites, search engines and maps ask for."""
    others = tuple(name for name in filters.names() if name != "theme")
    preview = _get(
        "preview",
        "L'image d'aperçu d'une page, avec son chiffre (1200 × 630) ; un paramètre faux est passé, comme sur la page.",
        ("page", *filters.names()),
        _file("image/png"),
        404,
    )
    del preview["get"]["responses"]["400"]
    return {
        "/embed/{name}": _get(
            "embed",
            "Un dessin, par son nom, dans un cadre pour un autre site, avec son tableau.",
            ("drawing", "look", *press.OPTIONS, *others),
            _text("text/html"),
            404,
        ),
        "/apercu/{path}.png": preview,
        "/near.json": _get(
            "near", "La commune la plus proche d'une position, à 60 km au plus.", ("lat", "lon"), _json("Nearest"), 404
        ),
        "/communes.json": _get(
            "communes",
            "Les communes que le début d'un nom ou un code postal (`q`) peut désigner, les plus probables d'abord.",
            ("commune_text",),
            _json("Communes"),
        ),
        "/robots.txt": _unchanging("robots", "Ce que les moteurs de recherche laissent de côté.", "text/plain"),
        "/sitemap.xml": _unchanging(
            "sitemap", "Chaque page, dans chaque langue, pour les moteurs de recherche.", "application/xml"
        ),
    }


def _unchanging(operation: str, summary: str, media_type: str) -> Json:
    """Return an address that does not read the event file."""
    return {
        "get": {
            "operationId": operation,
            "summary": summary,
            "parameters": [],
            "responses": {"200": {"description": "La réponse.", "content": _text(media_type)}},
        }
    }


def _get(operation: str, summary: str, names: tuple[str, ...], content: Json, *statuses: int) -> Json:
    headers = {
        "ETag": {"$ref": "#/components/headers/ETag"},
        "Last-Modified": {"$ref": "#/components/headers/LastModified"},
    }
    problems = [*([400] if names else []), *statuses, 429, 500, 503]
    return {
        "get": {
            "operationId": operation,
            "summary": summary,
            "parameters": [{"$ref": f"#/components/parameters/{name}"} for name in names],
            "responses": {
                "200": {"description": "La réponse.", "headers": headers, "content": content},
                "304": {"description": "Inchangé depuis l'ETag donné."},
                **{str(status): {"$ref": f"#/components/responses/{status}"} for status in problems},
            },
        }
    }


def _content(media_type: str, schema: Json) -> Json:
    return {media_type: {"schema": schema}}


def _json(name: str) -> Json:
    return _content("application/json", {"$ref": f"#/components/schemas/{name}"})


def _text(media_type: str) -> Json:
    return _content(media_type, {"type": "string"})


def _file(media_type: str) -> Json:
    if media_type == "application/geo+json":
        return _content(media_type, {"$ref": "#/components/schemas/FeatureCollection"})
    is_text = media_type.startswith("text/") or media_type.endswith("xml")
    return _text(media_type) if is_text else _content(media_type, {"type": "string", "format": "binary"})


def _one(media_type: str) -> Json:
    """Return the content of a file, where an address gives one of several kinds."""
    content: Json = _file(media_type.partition(";")[0])[media_type.partition(";")[0]]
    return content


def _problems() -> Json:
    content = _content("application/problem+json", {"$ref": "#/components/schemas/Problem"})
    descriptions = {
        400: "Paramètre refusé : `parameter` dit lequel.",
        404: "Adresse ou code inconnus.",
        429: "Trop de demandes à la fois ou en peu de temps ; `Retry-After` dit quand revenir.",
        500: "Erreur interne.",
        503: "Données indisponibles, ou trop de travail à la fois (`Retry-After`).",
    }
    return {str(status): {"description": text, "content": content} for status, text in descriptions.items()}
