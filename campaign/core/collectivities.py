"""France's overseas collectivities: territories of no région, whose postcodes, names and clocks are their own."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Collectivity:
    """A territory of France outside the 101 départements."""

    code: str  # its country's, by ISO 3166
    number: str  # which its postcodes and communes begin with
    name: str  # the same in every language
    timezone: str  # in the IANA database; where it has several, that of most inhabitants


COLLECTIVITIES: Final = {
    each.code: each
    for each in (  # from west to east
        Collectivity("PM", "975", "Saint-Pierre-et-Miquelon", "America/Miquelon"),
        Collectivity("MF", "978", "Saint-Martin", "America/Marigot"),
        Collectivity("BL", "977", "Saint-Barthélemy", "America/St_Barthelemy"),
        Collectivity("TF", "984", "Terres australes et antarctiques françaises", "Indian/Kerguelen"),
        Collectivity("NC", "988", "Nouvelle-Calédonie", "Pacific/Noumea"),
        Collectivity("WF", "986", "Wallis-et-Futuna", "Pacific/Wallis"),
        Collectivity("PF", "987", "Polynésie française", "Pacific/Tahiti"),
    )
}
