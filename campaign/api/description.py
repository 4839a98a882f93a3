"""`/api/v1/openapi.json`: all public addresses as OpenAPI 3.1, with the codes that the event file knows now."""

from collections.abc import Iterable
from typing import Any

from starlette.responses import Response

from campaign import ask, filters
from campaign.api import (
    alerts,
    answering,
    parameters,
    press,
    programme,
    questions,
    refusals,
    reports,
    schemas,
    todo,
    whole,
)
from campaign.charts.sheet import SIZES
from campaign.core import pages
from campaign.drawings import export
from campaign.drawings.catalogue import DRAWINGS
from campaign.exports.files import FORMATS
from campaign.filters import Codes
from campaign.filters.declaration import Filter
from campaign.profile import profile
from campaign.store.gazetteer import LONGEST

Json = dict[str, Any]

START = "accueil"  # what the first page, whose path is empty, is called in the address of its picture
APPEARANCES = ("auto", "light", "dark")
BADGE = ("edition", "nomenclature", "unit", "lang")
DIALECT = (
    "`fr` : pour un Excel français. Les mêmes colonnes dans le même ordre, leurs noms en toutes lettres dans la langue de `lang` ; "
    "marque d'ordre des octets, points-virgules, décimales à virgule, dates jj/mm/aaaa hh:mm à l'heure du lieu (`updated_at` : de "
    "Paris), VRAI et FAUX. Un texte qu'un tableur changerait en nombre (code à zéro initial) est précédé d'une apostrophe."
)
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
            "parameters": {**_shared(known), **_own(known)},
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
    said = {
        "pdf": "Le programme, par jour et commune, à imprimer (code QR vers la page à jour).",
        "txt": "Le même, à coller dans une lettre d'information.",
    }
    for extension, media_type in programme.MEDIA_TYPES.items():
        paths[f"/programme.{extension}"] = _get(
            f"programme_{extension}", said[extension], filters.names(), _file(media_type.partition(";")[0])
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
    found: Json = _file(media_type.partition(";")[0])[media_type.partition(";")[0]]
    return found


def _problems() -> Json:
    content = _content("application/problem+json", {"$ref": "#/components/schemas/Problem"})
    said = {
        400: "Paramètre refusé : `parameter` dit lequel.",
        404: "Adresse ou code inconnus.",
        429: "Trop de demandes à la fois ou en peu de temps ; `Retry-After` dit quand revenir.",
        500: "Erreur interne.",
        503: "Données indisponibles, ou trop de travail à la fois (`Retry-After`).",
    }
    return {str(status): {"description": text, "content": content} for status, text in said.items()}


def _parameter(name: str, schema: Json, description: str, *, place: str = "query", many: bool = False) -> Json:
    if many and "anyOf" not in schema:  # of these each says itself that it is a list
        schema = {"type": "array", "items": schema}
    parameter: Json = {"name": name, "in": place, "description": description, "schema": schema}
    if place == "query" and name in refusals.REFUSED:
        parameter["x-refused"] = refusals.REFUSED[name]
    if place == "path":
        parameter["required"] = True
    elif many:
        parameter |= {"style": "form", "explode": True}
    return parameter


def _codes(values: frozenset[str]) -> Json:
    return {"type": "string", "enum": sorted(values)} if values else {"type": "string"}


def _shared(known: Codes) -> Json:
    return {each.name: _of_filter(each, known) for each in filters.all_filters()}


def _of_filter(declared: Filter, known: Codes) -> Json:
    return _parameter(declared.name, declared.kind.schema(known), declared.help, many=declared.kind.is_many)


def _own(known: Codes) -> Json:
    limit = {"type": "integer", "minimum": 1, "maximum": parameters.MAX_LIMIT, "default": parameters.DEFAULT_LIMIT}
    by = {"type": "string", "enum": list(parameters.DIMENSIONS)}
    return {
        "limit": _parameter("limit", limit, "Nombre d'événements au plus."),
        "after": _parameter("after", {"type": "string", "minLength": 1}, "`after` de la page précédente."),
        "event_id": _parameter(
            "event_id", {"type": "string", "pattern": "^[0-9a-f]{16}$"}, "Identifiant.", place="path"
        ),
        "by": _parameter("by", by, "Dimensions du tableau, dans cet ordre ; `edition` porte sur toutes.", many=True),
        "dialect": _parameter("dialect", {"type": "string", "enum": list(parameters.DIALECTS)}, DIALECT),
        "code": _parameter(
            "code",
            _codes(_region_codes(known)),
            "Code INSEE d'une région, de 2014 ou de 2016. Sans `nomenclature`, un code que les deux découpages ont est celui du "
            "découpage par défaut.",
            place="path",
        ),
        **_of_drawings(known),
        **_of_places(),
    }


def _of_drawings(known: Codes) -> Json:
    editions = _codes(frozenset(str(edition) for edition in known.counted_editions))
    looks = {"type": "array", "items": {"type": "string", "enum": [*sorted(known.themes), *APPEARANCES]}}
    paths = [page.path or START for page in pages.visible()]
    return {
        "drawing": _parameter("name", {"type": "string", "enum": list(DRAWINGS)}, "Nom du dessin.", place="path"),
        "drawing_extension": _parameter("extension", _listed(export.MEDIA_TYPES), "Format.", place="path"),
        "report_extension": _parameter("extension", _listed(reports.MEDIA_TYPES), "Format.", place="path"),
        "page": _parameter("path", _listed(paths), f"Chemin d'une page ; `{START}` pour `/`.", place="path"),
        "size": _parameter("size", {**_listed(SIZES), "default": press.DEFAULT_SIZE}, "Format du dessin."),
        "against": _parameter("against", editions, "Édition à comparer (dessins `ecart…`)."),
        "within": _parameter("within", _listed(("5", "10", "20")), "Distance en km (dessins de la couverture)."),
        "align": _parameter("align", _listed(("weekday",)), "Éditions alignées par jour de la semaine (calendriers)."),
        "scale": _parameter("scale", _listed(("indexed",)), "Courbes ramenées à 100 (éditions)."),
        "look": _parameter(
            "theme",
            looks,
            "Thème, comme ailleurs ; ou l'apparence du cadre : `auto`, `light`, `dark`.",
            many=True,
        ),
    }


def _of_places() -> Json:
    lat = {"type": "string", "pattern": "^-?([0-8]?[0-9](\\.[0-9]{1,8})?|90)$", "examples": ["48.11"]}
    lon = {"type": "string", "pattern": "^-?((1[0-7][0-9]|[0-9]?[0-9])(\\.[0-9]{1,8})?|180)$", "examples": ["-1.68"]}
    question = {"type": "string", "maxLength": ask.LONGEST}
    address = {
        "type": "string",
        "maxLength": questions.LONGEST_ADDRESS,
        "pattern": "^[ -~]*$",
        "examples": ["region=53&type=atelier"],
    }
    return {
        "lat": {**_parameter("lat", lat, "Latitude en degrés."), "required": True},
        "lon": {**_parameter("lon", lon, "Longitude en degrés."), "required": True},
        "question": _parameter("q", question, "Une question en mots."),
        "present": _parameter(
            "present", address, "Un choix, comme l'adresse de sa page le dit : la question y est posée aussi."
        ),
        "commune_text": _parameter(
            "q", {"type": "string", "maxLength": LONGEST}, "Le début d'un nom de commune, ou un code postal."
        ),
    }


def _listed(values: Iterable[str]) -> Json:
    return {"type": "string", "enum": list(values)}


def _region_codes(known: Codes) -> frozenset[str]:
    return frozenset().union(*known.regions.values())
