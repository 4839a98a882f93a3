"""The shared filters as options of a command: `--region 53 --region 11 --radius-km 10`."""

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any

import typer

from campaign.filters import all_filters

Pairs = list[tuple[str, str]]


def with_filters(command: Callable[..., None]) -> Callable[..., None]:
    """Return a command that takes an option per filter and is given them as `pairs`, as they would stand in an address."""
    declared = all_filters()
    own = [each for each in inspect.signature(command).parameters.values() if each.name != "pairs"]

    @wraps(command)
    def run(**given: Any) -> None:
        pairs: Pairs = []
        for each in declared:
            value = given.pop(_option(each.name))
            pairs += [(each.name, text) for text in ([value] if isinstance(value, str) else value or [])]
        command(pairs=pairs, **given)

    options = [
        inspect.Parameter(
            _option(each.name),
            inspect.Parameter.KEYWORD_ONLY,
            default=None,
            annotation=Annotated[
                list[str] | None if each.kind.is_many else str | None,
                typer.Option(f"--{each.name.replace('_', '-')}", help=each.help),
            ],
        )
        for each in declared
    ]
    parameters = [each.replace(kind=inspect.Parameter.KEYWORD_ONLY) for each in own] + options
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {each.name: each.annotation for each in parameters}
    return run


def _option(name: str) -> str:
    """Return the option's name in the command: apart from names of its own, and no word of the language (`from`)."""
    return f"filter_{name}"
