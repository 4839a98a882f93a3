"""Everything that is wrong in a profile's folder, file by file."""

import hashlib
from collections.abc import Callable, Hashable, Iterable
from pathlib import Path
from typing import Final, TypeVar

from pydantic import BaseModel

from campaign.core.language import say
from campaign.core.nomenclatures import regions_of
from campaign.profile import tables
from campaign.profile.loader import read
from campaign.profile.models import Profile
from campaign.profile.phrases import Phrases
from campaign.profile.problems import Problem, ProfileError
from campaign.profile.reading import read_table, read_toml

M = TypeVar("M", bound=BaseModel)

FILES: Final = (
    "campaign.toml",
    "editions.csv",
    "types.csv",
    "type_labels.csv",
    "organiser_families.csv",
    "column_aliases.csv",
    "chambers.csv",
    "sources.toml",
    "subcampaigns.csv",
    "targets.csv",
    "declarations.csv",
    "figures/editions.csv",
    "figures/edition_regions.csv",
    "figures/edition_types.csv",
    "demo/phrases.toml",
    "demo/subcampaigns.csv",
    "demo/targets.csv",
)


def refuse_wrong(folder: Path) -> None:
    """Raise ProfileError if anything is wrong in the folder."""
    if problems := find_problems(folder):
        raise ProfileError(problems)


def find_problems(folder: Path) -> list[Problem]:
    """Return what is wrong in a folder, in the order of its files; an empty list for one that can be used."""
    profile, problems = read(folder)
    if not folder.is_dir():
        return problems
    problems += _unknown_files(folder)
    types, faults = read_table(folder / "types.csv", tables.TypeRow)  # the profile's reader told what is wrong in them
    problems += _repeated("types.csv", types, lambda row: row.type)
    known_types = {row.type for _line, row in types}
    are_known = not faults
    if are_known and tables.OTHER not in known_types:
        remedy = say(
            "Ajoutez une ligne « {other} » : le type d'un événement dont rien ne dit le type.", other=tables.OTHER
        )
        problems.append(Problem("types.csv", None, "type", tables.OTHER, say("ce type manque"), remedy))
    labels = _table(folder, "type_labels.csv", tables.LabelRow, problems)
    for line, label in labels:
        if are_known and label.type not in known_types:
            remedy = say("Écrivez un type de types.csv.")
            problems.append(Problem("type_labels.csv", line, "type", label.type, say("type inconnu"), remedy))
    families = {row.family for _line, row in _table(folder, "organiser_families.csv", tables.FamilyRow, problems)}
    if profile and profile.settings.chamber.family and profile.settings.chamber.family not in families:
        remedy = say("Écrivez une famille d'organiser_families.csv, ou retirez la clé.")
        value = profile.settings.chamber.family
        problems.append(Problem("campaign.toml", None, "chamber.family", value, say("famille inconnue"), remedy))
    _table(folder, "column_aliases.csv", tables.AliasRow, problems, unique=lambda row: row.alias)
    _table(folder, "chambers.csv", tables.ChamberRow, problems, unique=lambda row: row.chamber_id)
    _figures(folder, problems, profile)
    for name in ("subcampaigns.csv", "demo/subcampaigns.csv"):
        _table(folder, name, tables.Subcampaign, problems, unique=lambda row: (row.edition, row.code))
    for name in ("targets.csv", "demo/targets.csv"):
        _table(
            folder, name, tables.Target, problems, unique=lambda row: (row.edition, row.nomenclature, row.region_code)
        )
    _table(folder, "declarations.csv", tables.Declaration, problems)
    _demonstration(folder, profile.first if profile else None, problems)
    return problems


def _figures(folder: Path, problems: list[Problem], profile: Profile | None) -> None:
    """Add what is wrong in the published figures, their sources, and the checksums of files."""
    sources, faults = read_toml(folder / "sources.toml", tables.Sources)
    problems += faults
    urls = {source.url for source in sources.figures.values()} if sources else None
    editions = _table(folder, "figures/editions.csv", tables.EditionFigureRow, problems)
    regions = _table(folder, "figures/edition_regions.csv", tables.RegionFigureRow, problems)
    forms = _table(folder, "figures/edition_types.csv", tables.TypeFigureRow, problems)
    if profile:
        known = {*tables.METRICS, *(metric.code for metric in profile.settings.metrics)}
        remedy = say(
            "Nommez-le dans une table [[metrics]] de campaign.toml, ou prenez l'un de {listed}.",
            listed=", ".join(tables.METRICS),
        )
        given = profile.settings
        named: list[tuple[str, int | None, str, str]]
        named = [
            ("campaign.toml", None, "headline", code) for code in (given.headline.metric, *given.headline.otherwise)
        ]
        named += [("campaign.toml", None, "redefinitions.metric", one.metric) for one in given.redefinitions]
        named += [("figures/editions.csv", line, "metric", row.metric) for line, row in editions]
        named += [("figures/edition_regions.csv", line, "metric", row.metric) for line, row in regions]
        named += [("figures/edition_types.csv", line, "metric", row.metric) for line, row in forms]
        problems += [
            Problem(name, line, key, code, say("aucun nom pour ce chiffre"), remedy)
            for name, line, key, code in named
            if code not in known
        ]
    headlines: set[tuple[int, str]] = set()
    for line, row in editions:
        if row.headline and (row.year, row.metric) in headlines:
            message, remedy = (
                say("{year} a déjà un chiffre retenu pour {metric}", year=row.year, metric=row.metric),
                say("Gardez un seul « yes »."),
            )
            problems.append(Problem("figures/editions.csv", line, "headline", "yes", message, remedy))
        if row.headline:
            headlines.add((row.year, row.metric))
    for line, figure in regions:
        if figure.region_code and figure.region_code not in {*regions_of(2014), *regions_of(2016)}:
            remedy = say("Écrivez un code INSEE de région, ou laissez vide.")
            value = figure.region_code
            problems.append(
                Problem("figures/edition_regions.csv", line, "region_code", value, say("code inconnu"), remedy)
            )
    for name, listed in (
        ("figures/editions.csv", [(line, row.source_url) for line, row in editions]),
        ("figures/edition_regions.csv", [(line, row.source_url) for line, row in regions]),
        ("figures/edition_types.csv", [(line, row.source_url) for line, row in forms]),
    ):
        if urls is not None:
            remedy = say("Ajoutez une table [figures.…] avec cette adresse à sources.toml.")
            problems += [
                Problem(name, line, "source_url", url, say("source sans table"), remedy)
                for line, url in listed
                if url not in urls
            ]
    for name, source in (sources.files if sources else {}).items():
        path = folder / name
        key = f"files.{name}"
        if not path.is_file():
            problems.append(
                Problem("sources.toml", None, key, None, say("ce fichier manque"), say("Retirez la table."))
            )
        elif (sum_ := hashlib.sha256(path.read_bytes()).hexdigest()) != source.sha256:
            remedy = say('S\'il a changé à bon escient : sha256 = "{sum}".', sum=sum_)
            problems.append(
                Problem("sources.toml", None, f"{key}.sha256", source.sha256, say("le fichier a changé"), remedy)
            )


def _demonstration(folder: Path, first: int | None, problems: list[Problem]) -> None:
    phrases, faults = read_toml(folder / "demo/phrases.toml", Phrases)
    problems += [_within(fault, "demo/phrases.toml") for fault in faults]
    if phrases and first is not None and phrases.editions.first < first:
        value, remedy = str(phrases.editions.first), say("Commencez à la première édition de campaign.toml, ou après.")
        message = say("la première édition est celle de {first}", first=first)
        problems.append(Problem("demo/phrases.toml", None, "editions.first", value, message, remedy))


def _table(
    folder: Path,
    name: str,
    model: type[M],
    problems: list[Problem],
    *,
    unique: Callable[[M], Hashable] | None = None,
) -> list[tuple[int, M]]:
    """Return a table's rows, and add what is wrong in it."""
    rows, faults = read_table(folder / name, model)
    problems += [_within(fault, name) for fault in faults]
    if unique is not None:
        problems += _repeated(name, rows, unique)
    return rows


def _repeated(name: str, rows: Iterable[tuple[int, M]], unique: Callable[[M], Hashable]) -> list[Problem]:
    seen: set[Hashable] = set()
    problems = []
    for line, row in rows:
        key = unique(row)
        if key in seen:
            value = ", ".join(map(str, key)) if isinstance(key, tuple) else str(key)
            problems.append(
                Problem(name, line, None, None, say("« {value} » a déjà une ligne", value=value), say("Gardez-en une."))
            )
        seen.add(key)
    return problems


def _within(fault: Problem, name: str) -> Problem:
    return Problem(name, fault.line, fault.key, fault.value, fault.message, fault.remedy)


def _unknown_files(folder: Path) -> list[Problem]:
    """Return a fault for each table of settings or data whose name nothing reads: most often a name with a slip."""
    present = sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.suffix in (".csv", ".toml")
    )
    remedy = say("Les fichiers lus sont {listed}.", listed=", ".join(FILES))
    return [
        Problem(name, None, None, None, say("aucune commande ne lit ce fichier"), remedy)
        for name in present
        if name not in FILES
    ]
