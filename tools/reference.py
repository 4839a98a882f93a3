"""`make reference`: docs/reference.md, the commands, addresses, filters and settings as the code declares them.

Texts are those of the code, in French: the help of options, the OpenAPI description, the descriptions of settings. Only what no code
describes is written here: the addresses outside the OpenAPI description. Nothing is read of an event file.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import typer.main
from pydantic import SecretStr
from pydantic_settings import BaseSettings
from starlette.routing import Route
from typer.core import TyperCommand, TyperGroup

from campaign import filters, web
from campaign.api import description
from campaign.cli import app
from campaign.core import language
from campaign.core.settings import ROOT, Settings
from campaign.drawings.catalogue import DRAWINGS
from campaign.filters import Codes
from campaign.filters.declaration import Filter
from campaign.statements.press_settings import PressSettings
from campaign.view.press.pictures import titles

FILE: Final = ROOT / "docs" / "reference.md"
OF_ALL: Final = {"--db", "--help"}  # said once, of all commands
NONE: Final[frozenset[str]] = frozenset()
# The codes of an event file are not repeated here.
NO_CODES: Final = Codes(None, frozenset(), (), {2014: NONE, 2016: NONE}, NONE, NONE, NONE)
FILTERS: Final = "les filtres"

# What the OpenAPI description leaves out: address, what it gives, its parameters.
ADDRESSES: Final = {
    "/assets/icon.png": ("L'icône, dans la couleur de la campagne.", ""),
    "/alerts.atom": (
        "Les alertes (source en échec ou retenue, territoire silencieux, objectif atteint, jour record), en flux Atom.",
        "`region`, `nomenclature`, `lang`",
    ),
    "/metrics": ("Compteurs au format de Prometheus, pour la machine elle-même ([exploitation](operations.md)).", ""),
}
WITH_VALUES: Final = {"extension", "size", "within", "align", "scale"}
REFUSALS: Final = {"/api", "/badge"}  # routes that only say that there is nothing
SETTINGS: Final = (Settings, PressSettings)
OUTSIDE_ROUTES: Final = {"/metrics"}  # answered before the routes

HEAD: Final = """# Référence

Écrite par `make reference` d'après le code ; un test compare les deux. Pour apprendre à s'en servir : le [guide](guide.md).

- [Commandes](#commandes)
- [Adresses](#adresses)
- [Filtres](#filtres)
- [Dessins](#dessins)
- [Réglages](#réglages)
"""
COMMANDS: Final = """## Commandes

`make setup` installe `.venv/bin/campaign`. Chaque commande prend aussi `--db F`, le fichier d'événements à lire ou à écrire (sinon
`CAMPAIGN_DB`, sinon `data/campaign.duckdb`), et `--help`. Codes de sortie : 0 fait, 1 rien n'a pu être pris, 2 mauvais usage.

Ce qu'elle dit est en anglais où le terminal l'est (`LC_ALL`, `LC_MESSAGES`, `LANG`), sinon en français ; ce qu'elle écrit garde la
langue qu'on lui donne (`--lang`).
"""
ADDRESSES_HEAD: Final = """## Adresses

Une valeur fausse ou un paramètre inconnu : 400, en `application/problem+json`, qui nomme le paramètre ; un code ou une adresse
inconnus : 404 ; dans la langue de `lang`, sinon d'`Accept-Language`, sinon en français. Chaque réponse porte un ETag et la date des
données. Aucune n'a d'adresse électronique ni de numéro de téléphone.
"""
FILTERS_HEAD: Final = """## Filtres

Les mêmes noms dans l'adresse d'une page, d'un export ou d'un dessin ; en options de commande, avec des tirets
(`--radius-km 10`). « Répétable » : le nom se répète, une fois par valeur (`region=53&region=11`).
"""
DRAWINGS_HEAD: Final = """## Dessins

`/figures/NOM.svg`, `/figures/NOM.png`, `/figures/NOM.csv`, et `/embed/NOM` en cadre.
"""
SETTINGS_HEAD: Final = """## Réglages

Variables d'environnement.
"""


def document() -> str:
    """Return the whole reference, in Markdown."""
    with language.use("fr"):
        parts = [HEAD, COMMANDS, *_commands(), ADDRESSES_HEAD, _addresses(), FILTERS_HEAD, _filters(), DRAWINGS_HEAD]
        parts += [_drawings(), SETTINGS_HEAD, _settings()]
    return "\n".join(part.strip() + "\n" for part in parts)


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table; raises ValueError for a row that says nothing in its last column."""
    lines = [heads, ["---"] * len(heads)]
    for row in rows:
        if not row[-1]:
            raise ValueError(f"{row[0]}: nothing says what it is")
        lines.append([re.sub(r"\s+", " ", cell).replace("|", "\\|") for cell in row])
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def commands(group: TyperGroup, path: str = "campaign") -> Iterator[tuple[str, TyperCommand]]:
    """Yield every command with the words that call it: "campaign duplicates list"."""
    for name, command in group.commands.items():
        if isinstance(command, TyperGroup):
            yield from commands(command, f"{path} {name}")
        elif isinstance(command, TyperCommand):
            yield f"{path} {name}", command


def every_command() -> dict[str, TyperCommand]:
    """Return every command by the words that call it."""
    group = typer.main.get_command(app)
    if not isinstance(group, TyperGroup):
        raise TypeError("the command line is a group")
    return dict(commands(group))


def _commands() -> Iterator[str]:
    for path, command in every_command().items():
        options = [param for param in command.params if param.param_type_name == "option"]
        places = [_place(param) for param in command.params if param.param_type_name == "argument"]
        needed = [f"{_flag(param)} …" for param in options if param.required]
        yield f"### {path}\n\n    {' '.join([path, *places, *needed, '[options]'])}\n\n{(command.help or '').strip()}\n"
        rows = [(f"`{_place(param)}`", _said(param)) for param in command.params if param.param_type_name == "argument"]
        named = filters.names()
        own = [
            param for param in options if _flag(param) not in OF_ALL and not (param.name or "").startswith("filter_")
        ]
        rows += [(f"`{_flag(param)}`", _said(param)) for param in own]
        if len(own) < len([param for param in options if _flag(param) not in OF_ALL]):
            rows.append((f"`--{named[0]}` … `--{named[-1]}`", "Les [filtres](#filtres), tous."))
        if rows:
            yield table(("option", "dit"), rows)


def _flag(param: Any) -> str:
    return str(max(param.opts, key=len))


def _place(param: Any) -> str:
    return str(param.metavar or param.name.upper())


def _said(param: Any) -> str:
    """Return an option's help, that of the filter of its name where it has none of its own, and its default."""
    name = _flag(param).lstrip("-").replace("-", "_")
    shared = {declared.name: declared.help for declared in filters.all_filters()}
    text = param.help or shared.get(name, "")
    notes = ["répétable"] if param.multiple or param.nargs == -1 else []
    notes += [f"`{param.default}` par défaut"] if param.default not in (None, False, "") else []
    notes += ["obligatoire"] if param.required and param.param_type_name == "option" else []
    return f"{text.rstrip('.')} ({', '.join(notes)})." if notes and text else text


def _addresses() -> str:
    described = description.described("", NO_CODES)
    rows = []
    for path, operation in described["paths"].items():
        if path not in ADDRESSES:
            keys = [reference["$ref"].rpartition("/")[2] for reference in operation["get"]["parameters"]]
            taken = list(dict.fromkeys(described["components"]["parameters"][key]["name"] for key in keys))
            rows.append((f"`{path}`", _parameters(taken), operation["get"]["summary"]))
    rows += [(f"`{path}`", taken, text) for path, (text, taken) in ADDRESSES.items()]
    missing = routes() - {row[0].strip("`") for row in rows}
    if missing:
        raise ValueError(f"give the addresses {sorted(missing)} a text in ADDRESSES (tools/reference.py)")
    own = [
        (f"`{each['name']}`", _with_values(each))
        for key, each in described["components"]["parameters"].items()
        if key not in filters.names()
    ]
    return f"{table(('adresse', 'paramètres', 'donne'), rows)}\n{table(('paramètre', 'dit'), own)}"


def _with_values(parameter: dict[str, Any]) -> str:
    """Return what a parameter says, and its values where they are few."""
    values = parameter["schema"].get("enum", [])
    listed = ", ".join(f"`{value}`" for value in values) if parameter["name"] in WITH_VALUES else ""
    return f"{parameter['description'].rstrip('.')} : {listed}." if listed else parameter["description"]


def routes() -> set[str]:
    """Return the public addresses that are answered."""
    paths = {route.path for route in web.routes() if isinstance(route, Route)}
    return {path for path in paths if "{rest:path}" not in path} - REFUSALS | OUTSIDE_ROUTES


def _parameters(names: Sequence[str]) -> str:
    own = [f"`{name}`" for name in names if name not in filters.names()]
    shared = [name for name in names if name in filters.names()]
    if len(shared) == len(filters.names()):
        return ", ".join([*own, FILTERS])
    return ", ".join([*own, *(f"`{name}`" for name in shared)])


def _filters() -> str:
    return table(("nom", "répétable", "valeurs", "dit"), [_filter(each) for each in filters.all_filters()])


def _filter(each: Filter) -> tuple[str, str, str, str]:
    return f"`{each.name}`", "oui" if each.kind.is_many else "", _values(each), each.help


def _values(each: Filter) -> str:
    """Return what values a filter takes, where no event file says which there are; and its default."""
    schema = each.kind.schema(NO_CODES)
    if each.name == "subcampaign":  # those of data/subcampaigns.csv, or of a demonstration
        return ""
    listed = ", ".join(f"`{value}`" for value in schema.get("enum", ()))
    if schema.get("format") == "date":
        listed = "AAAA-MM-JJ"
    if "maximum" in schema:
        listed = f"au plus {schema['maximum']:g}"
    if "examples" in schema:
        listed = f"comme {', '.join(f'`{value}`' for value in schema['examples'])}"
    default = schema.get("default")
    return f"{listed} ; {default:g} par défaut" if isinstance(default, float) else listed


def _drawings() -> str:
    names = titles()
    return table(("nom", "dessin"), [(f"`{name}`", names[name]) for name in DRAWINGS])


def _settings() -> str:
    return table(("variable", "sans elle", "règle"), [row for each in SETTINGS for row in _settings_of(each)])


def _settings_of(settings: type[BaseSettings]) -> Iterator[tuple[str, str, str]]:
    prefix = settings.model_config.get("env_prefix", "")
    for name, field in settings.model_fields.items():
        yield f"`{prefix}{name.upper()}`", _default(field.default), field.description or ""


def _default(value: object) -> str:
    if value is None or value == "" or isinstance(value, SecretStr):
        return ""
    if isinstance(value, Path):
        return f"`{value.relative_to(ROOT).as_posix()}`"
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def main() -> None:
    """Write the reference."""
    FILE.write_text(document(), "utf-8")


if __name__ == "__main__":
    main()
