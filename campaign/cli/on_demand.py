"""Commands whose modules are imported when they are wanted: a command starts without what the others need."""

from collections.abc import Iterator, Mapping, MutableMapping
from importlib import import_module
from typing import Any

import typer
import typer.main


class OnDemand(MutableMapping[str, Any]):
    """The commands by name, each made when it is looked up, from where it stands: `module:function`, or `module:app` of a group."""

    def __init__(self, places: Mapping[str, str]) -> None:
        """`places`: where each command stands, in the order of the help."""
        self._places = dict(places)
        self._commands: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        """Return a command, importing its module. Raises KeyError for a name that is none."""
        if name not in self._commands:
            self._commands[name] = _command(name, *self._places[name].split(":"))
        return self._commands[name]

    def __setitem__(self, name: str, command: Any) -> None:
        """Add a command, or put another in its place."""
        self._places.setdefault(name, "")
        self._commands[name] = command

    def __delitem__(self, name: str) -> None:
        """Remove a command."""
        del self._places[name]
        self._commands.pop(name, None)

    def __contains__(self, name: object) -> bool:
        """Return whether there is a command of that name, without importing it."""
        return name in self._places

    def __iter__(self) -> Iterator[str]:
        """Return the names, in the order of the help."""
        return iter(self._places)

    def __len__(self) -> int:
        """Return how many commands there are."""
        return len(self._places)


def _command(name: str, module: str, attribute: str) -> Any:
    command = getattr(import_module(f"campaign.cli.{module}"), attribute)
    holder = typer.Typer()
    if isinstance(command, typer.Typer):
        holder.add_typer(command, name=name)
    else:
        holder.command(name)(command)
    return typer.main.get_group(holder).commands[name]
