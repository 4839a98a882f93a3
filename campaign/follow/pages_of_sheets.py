"""Addresses that people copy from a browser, and that lead to the page of a spreadsheet instead of the spreadsheet."""

import re
from typing import Final

import httpx

from campaign.core.errors import IntakeError
from campaign.core.language import _

_GOOGLE: Final = re.compile(r"/spreadsheets/d/(?!e/)([\w-]+)(?!.*/export)")


def refuse(url: httpx.URL, name: str) -> None:
    """Raise IntakeError, which gives the address of its export, for the page of a spreadsheet that `name` stands for."""
    if url.host != "docs.google.com" or not (sheet := _GOOGLE.match(url.path)):
        return
    gid = re.search(r"gid=(\d+)", f"{url.query.decode()}#{url.fragment}")
    export = f"https://docs.google.com/spreadsheets/d/{sheet[1]}/export?format=csv"
    raise IntakeError(
        _("{name} : cette adresse est la page d'un tableur Google Sheets, pas le tableau lui-même.", name=name),
        _("Donnez son export : {address}", address=f"{export}{f'&gid={gid[1]}' if gid else ''}"),
    )
