"""What can go wrong, each with what to do next."""

from campaign.core.language import Message, use


class CampaignError(Exception):
    """Base of all errors that a person is meant to read: what is wrong, and the remedy.

    Both are put into words where they are read, in the reader's language, if they are messages (`say`). `detail` is for those who
    run the service (command line, log): paths, addresses, what a library said. Readers never see it.
    """

    def __init__(self, message: str | Message, remedy: str | Message = "", *, detail: object = "") -> None:
        super().__init__(message)
        self.texts = message, remedy
        self.detail = str(detail)

    @property
    def message(self) -> str:
        """What is wrong."""
        return str(self.texts[0])

    @property
    def remedy(self) -> str:
        """What to do next."""
        return str(self.texts[1])

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".strip()

    @property
    def for_log(self) -> str:
        """The message with its detail, for those who run the service: in French, whoever met it."""
        with use("fr"):
            return f"{self} ({self.detail})" if self.detail else str(self)


class IntakeError(CampaignError):
    """A file that cannot be read at all."""


class NoEventsError(IntakeError):
    """A file that could hold events, and holds none."""


class MissingColumnError(IntakeError):
    """A table without a column that every event needs; `field` is what it would hold."""

    def __init__(self, message: str | Message, remedy: str | Message = "", *, field: str) -> None:
        super().__init__(message, remedy)
        self.field = field


class SendError(CampaignError):
    """A message cannot be sent: a setting is missing or wrong, or the server does not answer or refuses."""


class WriteError(CampaignError):
    """A file cannot be written: no place, no right, no such folder."""


class BusyError(CampaignError):
    """Another build of the same event file is under way."""


class StoreError(CampaignError):
    """The event file is missing, damaged or of another schema."""


class OtherCampaignError(StoreError):
    """The event file is of another campaign than that of the profile."""


class DamagedError(StoreError):
    """The event file cannot be read: cut short, overwritten, or something else."""


class LakeAwayError(StoreError):
    """The lake does not answer; a copy of its last snapshot may still be served."""


class BrokenReadError(StoreError):
    """DuckDB failed by a fault of its own while it read; the event file itself may be whole."""


class DemoRefusedError(CampaignError):
    """Demonstration events would replace real ones."""


class AssertionFailedError(CampaignError):
    """A key or check of the event file does not hold; the file was not published."""


class FilterError(CampaignError):
    """A filter's value or name is not known; `parameter` names it."""

    def __init__(self, parameter: str, message: str | Message) -> None:
        super().__init__(message)
        self.parameter = parameter
