"""The header of a table as it was understood: which column is which field, and why."""

import dataclasses
from dataclasses import dataclass

from campaign.core.language import Message, say
from campaign.intake.fields import numbered
from campaign.intake.fields.guessing import Guess


@dataclass(frozen=True)
class Header:
    """The record that is the header (from 0; -1 if there is none), and the columns (from 0) of each field.

    `guesses` says of a column why it is taken for its field, or what one that is not used looks like.
    """

    row: int
    columns: dict[str, list[int]]
    names: list[str]
    guesses: dict[int, Guess] = dataclasses.field(default_factory=dict)
    headings: tuple[str, ...] = ()  # fields that headings among the rows give: the last columns
    above: dict[str, str] = dataclasses.field(default_factory=dict)  # what the lines above say of all rows, by heading
    flags: dict[int, str] = dataclasses.field(default_factory=dict)  # what « yes » means in a column of yes and no
    continued: dict[int, int] = dataclasses.field(
        default_factory=dict
    )  # the columns of minutes, of am and pm, by that of their hours
    sessions: tuple[numbered.Session, ...] = ()  # the columns of each of several sessions
    unread_hours: tuple[int, ...] = ()  # columns of hours that no field has
    remarks: tuple[int, ...] = ()  # columns without use in which an event may be said to be cancelled or postponed
    is_metric: bool = False  # whether coordinates are metres in Lambert-93
    corrected: dict[int, tuple[str, ...]] = dataclasses.field(
        default_factory=dict
    )  # rows as a person corrected them, by line

    def reason(self, index: int) -> str | Message:
        """Return why a column is taken for its field, and how sure that is; empty for a header that is listed."""
        guess = self.guesses.get(index)
        if guess is None:
            return ""
        return say("{reason} (confiance {share} %)", reason=guess.reason, share=round(guess.confidence * 100))

    @property
    def unused(self) -> list[str]:
        """Headers that are no field."""
        used = {index for indexes in self.columns.values() for index in indexes}
        return [name for index, name in enumerate(self.names) if index not in used and name]
