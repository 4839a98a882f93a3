"""What can be wrong with a followed source: it failed, or what it gives was held."""

from collections.abc import Mapping

from campaign.core.errors import IntakeError
from campaign.core.language import Message
from campaign.wording import sources as words


class SourceError(IntakeError):
    """A source that could not be read; `code` is one of campaign/wording/sources.py, `values` fill its words.

    `retry_after_s` is how long the source asks to be left alone, if it does.
    """

    status = "failed"

    def __init__(
        self, code: str, *, detail: str | Message = "", retry_after_s: float | None = None, **values: str | int
    ) -> None:
        super().__init__(code)
        self.code = code
        self.values: Mapping[str, str | int] = values
        self.cause = detail
        self.retry_after_s = retry_after_s

    @property
    def message(self) -> str:
        """What is wrong, in the words of who reads it."""
        return f"{words.reason(self.code, self.values)} {self.cause}".strip()

    @property
    def remedy(self) -> str:
        """What to do next."""
        return words.remedy(self.code)


class HeldError(SourceError):
    """What a source gives cannot be believed without a person: nothing of it is taken."""

    status = "held"


class PassingError(SourceError):
    """A failure that may be over in a moment: it is tried again."""
