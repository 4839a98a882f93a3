"""The parts of records that a document holds once, beside them, and to which they refer by identifier: JSON:API, and what was before it."""

from typing import Any, Final

_BESIDE: Final = ("included", "linked")  # the same, as the first versions of the standard called it
_DEEPEST: Final = 3

Item = dict[str, Any]


def joined(document: Any) -> Any:
    """Return a document whose records hold the parts that they refer to, without the list of those; any other as it is."""
    if not isinstance(document, dict):
        return document
    beside = next((document[key] for key in _BESIDE if isinstance(document.get(key), list | dict)), None)
    if beside is None:
        return document
    lists = beside if isinstance(beside, dict) else {"": beside}
    parts = {
        (str(part.get("type") or kind), str(part["id"])): part
        for kind, each in lists.items()
        for part in (each if isinstance(each, list) else [])
        if isinstance(part, dict) and "id" in part
    }
    return {
        key: [_with_parts(item, parts, 0) if isinstance(item, dict) else item for item in value]
        if isinstance(value, list)
        else value
        for key, value in document.items()
        if key not in _BESIDE
    }


def _with_parts(item: Item, parts: dict[tuple[str, str], Item], depth: int) -> Item:
    """Return a record with its parts under the names by which it refers to them."""
    given = item.get("relationships") or item.get("links")
    if not isinstance(given, dict) or depth == _DEEPEST:
        return item
    parts_by_name: Item = {}
    for name, reference in given.items():
        named = reference.get("data") if isinstance(reference, dict) else reference
        held = [
            part
            for each in (named if isinstance(named, list) else [named])
            if (part := _part(name, each, parts)) is not None
        ]
        if held:
            inner = [_with_parts(part, parts, depth + 1) for part in held]
            bare = [{key: value for key, value in part.items() if key not in ("id", "type")} for part in inner]
            parts_by_name[name] = bare if isinstance(named, list) else bare[0]
    return {**{key: value for key, value in item.items() if key not in ("relationships", "links")}, **parts_by_name}


def _part(name: str, reference: Any, parts: dict[tuple[str, str], Item]) -> Item | None:
    """Return the part that a reference means: by type and identifier, or by the identifier alone in the list of that name."""
    if isinstance(reference, dict):
        return parts.get((str(reference.get("type")), str(reference.get("id"))))
    if reference is None:
        return None
    kinds = {kind for kind, _ in parts if kind in (name, f"{name}s") or kind.endswith(f"_{name}")}
    return parts.get((kinds.pop(), str(reference))) if len(kinds) == 1 else None
