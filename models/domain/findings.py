"""What a check has to say about a value: impossible (an error) or doubtful (a warning)."""

from collections.abc import Iterable
from enum import Enum
from typing import NamedTuple

from models.domain.errors import TrialError
from models.domain.notation import Desk
from models.domain.sentence import Sentence, write_sentence


class Severity(Enum):
    """How grave a finding is. An error blocks saving; a warning is saved with the record and stays flagged."""

    ERROR = "impossible"
    WARNING = "doubtful"


class Finding(NamedTuple):
    """One sentence about one field.

    `field` is the field's declared name, or "" where the finding is about the whole record; `rule` is the stable id of
    the check, so that a finding once accepted with a reason is recognised again.
    """

    severity: Severity
    field: str
    message: Sentence
    rule: str


def error(field: str, message: Sentence, rule: str) -> Finding:
    """An impossible value: it cannot be saved."""
    return Finding(Severity.ERROR, field, message, rule)


def warning(field: str, message: Sentence, rule: str) -> Finding:
    """A doubtful value: it can be saved with a reason, and stays flagged."""
    return Finding(Severity.WARNING, field, message, rule)


def errors_of(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings that block saving."""
    return tuple(f for f in findings if f.severity is Severity.ERROR)


def warnings_of(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings that stay flagged."""
    return tuple(f for f in findings if f.severity is Severity.WARNING)


class RejectedError(TrialError):
    """A record that cannot be saved as it is, with every finding that stands against it.

    `findings` holds errors, and the warnings for which no reason was given yet.
    """

    def __init__(self, findings: Iterable[Finding]) -> None:
        """Keep the findings; the text is their sentences as files have them, for whoever has no desk."""
        self.findings = tuple(findings)
        super().__init__(" ".join(write_sentence(f.message, Desk.ENGLISH) for f in self.findings))
