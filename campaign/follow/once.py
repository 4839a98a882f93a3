"""Addresses that are imported once: each is read whole, by what reads followed sources and within its limits, into a file to import."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import httpx

from campaign.core.errors import IntakeError
from campaign.core.language import say
from campaign.follow import network, openagenda, opendatasoft, pages_of_sheets
from campaign.follow.asking import ask
from campaign.follow.fetcher import open_cache
from campaign.follow.followed import Followed
from campaign.follow.problems import SourceError
from campaign.follow.reading import Wanted
from campaign.follow.state import SourceState

LATER: Final = ("too_slow", "http_status", "too_many_requests", "cut_short", "unreachable")
_KEYS: Final = ((openagenda, "key"), (opendatasoft, "apikey"))


@dataclass
class Given:
    """What there is to import: files, and how a person knows those that come from an address, which has no secret in it."""

    files: list[Path | str] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)


def fetch(given: Sequence[Path | str], folder: Path) -> Given:
    """Write what addresses give to files in `folder`, and leave files as they are.

    Raises IntakeError for an address that cannot be read.
    """
    fetched = Given()
    for number, each in enumerate(given):
        if not is_address(str(each)):
            fetched.files.append(each)
            continue
        own = folder / f"address-{number}"
        own.mkdir()
        files, name = _read(str(each), own)
        for path in files:
            fetched.files.append(path)
            fetched.names[str(path.absolute())] = name
    return fetched


def is_address(text: str) -> bool:
    """Tell an address from a file's name. A Path has lost the second slash of one."""
    return bool(re.match(r"(?i)https?:/", text))


def _read(address: str, folder: Path) -> tuple[tuple[Path, ...], str]:
    try:
        url = httpx.URL(re.sub(r"^(?i:(https?)):/(?!/)", r"\1://", address))
    except httpx.InvalidURL as error:
        raise IntakeError(say("Cette adresse est mal écrite."), say("Copiez-la de nouveau.")) from error
    name = f"{url.host}{url.path}"
    if not network.may_ask(url, network.origin_of(url)):
        raise IntakeError(
            say("{name} : l'adresse doit commencer par https://, sans compte.", name=name),
            say("Une adresse http:// n'est pas sûre."),
        )
    pages_of_sheets.refuse(url, name)
    # a platform's key goes with the request, not in the address, which is kept and may be logged
    key = ""
    for kind, parameter in _KEYS:
        if kind.is_address(url) and parameter in url.params:
            key = url.params[parameter]
            url = url.copy_remove_param(parameter)
    wanted = Wanted(Followed(name, str(url), ""), SourceState(), is_full=True, is_allowed=True)
    cache = open_cache(folder / "cache")  # of this import alone: it is read once
    try:
        return ask(wanted, folder, cache, key=key).files, name
    except SourceError as error:
        later = say("Essayez plus tard, ou vérifiez l'adresse dans un navigateur.")
        remedy = later if error.code in LATER else error.remedy
        raise IntakeError(say("{name} : {message}", name=name, message=error.message), remedy) from error
    finally:
        cache.close()
