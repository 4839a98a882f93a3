"""The followed sources: a file in TOML that people can edit, and that the command line edits without losing their notes."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl

import httpx
import tomlkit
from tomlkit.items import AoT

from campaign.core.errors import IntakeError
from campaign.core.files import reason, write_whole
from campaign.core.language import _, say
from campaign.core.settings import settings
from campaign.follow import durations, network, pages_of_sheets
from campaign.publish import trail
from campaign.publish.reference import region_pair
from campaign.publish.workspace import locked

EVERY: Final = "1h"
FULL_EVERY: Final = "24h"
LONGEST_NAME: Final = 100
SECRETS: Final = re.compile(r"(?i)(api[-_]?)?key|(access[-_]?)?token|secret|password|passwd")
HEAD: Final = "# Sources suivies par « campaign sync » ; une clé n'est jamais écrite ici : key_env nomme sa variable.\n"
FIELDS: Final = (
    "name", "url", "licence", "format", "mapping", "region", "every", "full_every", "key_env", "paused", "added",
)  # fmt: skip


@dataclass(frozen=True)
class Followed:
    """A followed source: its name (that of its events' source), its address, how often it is read, in seconds.

    `region` is the INSEE code of the chamber whose agenda it is, if it is one's: its online events are there. `key_env` names the
    variable of the environment that holds its key; `added` is the instant since when it is followed.
    """

    name: str
    url: str
    licence: str
    format: str = "auto"
    mapping: str | None = None
    region: str | None = None
    every: str = EVERY
    full_every: str = FULL_EVERY
    key_env: str | None = None
    paused: bool = False
    added: str | None = None

    @property
    def address(self) -> httpx.URL:
        """The address to ask."""
        return httpx.URL(self.url)

    @property
    def every_s(self) -> int:
        """Seconds between two readings."""
        return durations.seconds(self.every)

    @property
    def full_every_s(self) -> int:
        """Seconds between two readings of everything."""
        return durations.seconds(self.full_every)


def load(path: Path | None = None) -> list[Followed]:
    """Return the followed sources, in the order of the file; raises IntakeError for a file that cannot be used."""
    path = path or settings().sources
    return [_of(table, path, number) for number, table in enumerate(_tables(_read(path)), 1)]


def find(name: str, path: Path | None = None) -> Followed:
    """Return the source of a name; raises IntakeError if none has it."""
    for each in load(path):
        if each.name == name:
            return each
    raise unknown(name)


def unknown(name: str) -> IntakeError:
    """Return the error of a name that is followed nowhere."""
    return IntakeError(
        say("Aucune source suivie ne s'appelle « {name} ».", name=name), say("campaign follow list donne les noms.")
    )


def add(source: Followed, path: Path | None = None) -> None:
    """Write one more source; raises IntakeError if it cannot be followed, or its name is taken."""
    check(source)
    trail.require(settings().db)
    with _edited(path or settings().sources) as document:
        if any(str(table.get("name")) == source.name for table in _tables(document)):
            raise IntakeError(
                _("Une source suivie s'appelle déjà « {name} ».", name=source.name), _("Donnez un autre nom.")
            )
        table = tomlkit.table()
        for field in FIELDS:
            value = getattr(source, field)
            if value not in (None, False) and not (field == "format" and value == "auto"):
                table.add(field, value)
        if "sources" not in document:
            document.add("sources", tomlkit.aot())
        listed = document["sources"]
        assert isinstance(listed, AoT)  # _tables refused anything else  # noqa: S101
        listed.append(table)
    trail.record(settings().db, "follow_added", source=source.name)


def remove(name: str, path: Path | None = None) -> None:
    """Follow a source no longer; its events stay."""
    trail.require(settings().db)
    with _edited(path or settings().sources) as document:
        tables = _tables(document)
        for position, table in enumerate(tables):
            if str(table.get("name")) == name:
                del document["sources"][position]
                break
        else:
            raise unknown(name)
    trail.record(settings().db, "follow_removed", source=name)


def pause(name: str, *, is_paused: bool, path: Path | None = None) -> None:
    """Leave a source alone until it is resumed, or resume it."""
    trail.require(settings().db)
    with _edited(path or settings().sources) as document:
        for table in _tables(document):
            if str(table.get("name")) == name:
                if is_paused:
                    table["paused"] = True
                else:
                    table.pop("paused", None)
                break
        else:
            raise unknown(name)
    trail.record(settings().db, "follow_paused" if is_paused else "follow_resumed", source=name)


def check(source: Followed) -> None:
    """Raise IntakeError for a source that cannot be followed as it is written.

    It is read on the command line and on a page: a remedy that only one of them knows says so.
    """
    if len(source.name) > LONGEST_NAME:
        raise IntakeError(
            _("Le nom d'une source suivie a {most} caractères au plus.", most=LONGEST_NAME), _("Raccourcissez-le.")
        )
    if not source.name.strip() or not source.name.isprintable():
        raise IntakeError(
            _("Une source suivie a un nom, d'une ligne, sans caractère invisible."), _("Donnez-lui un nom.")
        )
    if not source.licence.strip():
        raise IntakeError(
            _("« {name} » : la licence manque.", name=source.name),
            _("Dites sous quelle licence ses événements sont publiés."),
        )
    try:
        url = source.address
    except httpx.InvalidURL as error:
        raise IntakeError(
            _("« {name} » : cette adresse est mal écrite.", name=source.name), _("Copiez-la de nouveau.")
        ) from error
    is_plain = url.scheme == "http" and url.host in network.LOOPBACK_NAMES
    if not url.host or (url.scheme != "https" and not is_plain):
        raise IntakeError(
            _("« {name} » : l'adresse doit commencer par https://.", name=source.name),
            _("Une adresse http:// n'est pas sûre."),
        )
    pages_of_sheets.refuse(url, _("« {name} »", name=source.name))
    if url.userinfo or any(SECRETS.fullmatch(name) for name, _value in parse_qsl(url.query.decode())):
        raise IntakeError(
            _("« {name} » : l'adresse contient une clé.", name=source.name),
            _(
                "Ôtez-la de l'adresse ; la personne qui tient le serveur la met dans l'environnement, et nomme sa variable par la "
                "commande campaign follow add --key-env."
            ),
        )
    if source.key_env is not None and not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", source.key_env):
        raise IntakeError(
            say("« {name} » : --key-env est le nom d'une variable, pas une clé.", name=source.name),
            say("Par exemple OPENAGENDA_KEY."),
        )
    if source.region is not None:
        region_pair(source.region)
    durations.seconds(source.every)
    durations.seconds(source.full_every)


def _of(table: dict[str, Any], path: Path, number: int) -> Followed:
    texts = {key: value for key, value in table.items() if key != "paused"}
    unknown_fields = sorted(set(table) - set(FIELDS))
    missing = [field for field in ("name", "url", "licence") if not texts.get(field)]
    if unknown_fields or missing or not all(isinstance(value, str) for value in texts.values()):
        wrong = ", ".join([*unknown_fields, *missing]) or "valeur"
        raise IntakeError(
            say("{name}, source n° {number} : {wrong}.", name=path.name, number=number, wrong=wrong),
            say("Champs : {fields}.", fields=", ".join(FIELDS)),
        )
    source = Followed(**{key: str(value) for key, value in texts.items()}, paused=bool(table.get("paused", False)))
    check(source)
    return source


def _document(path: Path) -> tomlkit.TOMLDocument:
    """Return the file as it is edited, with its notes; raises IntakeError where it cannot be read."""
    return tomlkit.parse(_text(path))


def _read(path: Path) -> dict[str, Any]:
    """Return what the file says: read so, twenty sources take a twentieth of the time that a file to be edited takes."""
    return tomllib.loads(_text(path))


def _text(path: Path) -> str:
    """Return the file's text, which is TOML; that of a new one where there is none."""
    try:
        text = path.read_text("utf-8-sig")
        tomllib.loads(text)
    except FileNotFoundError:
        return HEAD
    except OSError as error:
        raise IntakeError(
            say("{name} ne peut pas être lu : {reason}.", name=path.name, reason=reason(error)),
            say("Vérifiez ses droits."),
        ) from error
    except ValueError as error:
        raise IntakeError(
            say("{name} n'est pas du TOML : {error}.", name=path.name, error=error),
            say("Corrigez-le, ou remettez une copie."),
        ) from error
    return text


def _tables(document: Mapping[str, Any]) -> Sequence[Any]:
    tables = document.get("sources", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise IntakeError(say("Le fichier des sources suivies est une suite de [[sources]]."), say("Corrigez-le."))
    names = [str(table.get("name")) for table in tables]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise IntakeError(
            say("Deux sources suivies s'appellent « {twice} ».", twice=twice), say("Donnez un autre nom à l'une.")
        )
    return tables


@contextmanager
def _edited(path: Path) -> Iterator[tomlkit.TOMLDocument]:
    """Give the file's content to be changed, and put it in its place as a whole."""
    with locked(path.with_name(f"{path.name}.lock"), say("Quelqu'un d'autre modifie les sources suivies.")):
        document = _document(path)
        _tables(document)
        yield document
        write_whole(path, tomlkit.dumps(document))
