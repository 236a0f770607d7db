"""Who does something, and why: every command carries one of these."""

from typing import NamedTuple


class Context(NamedTuple):
    """The person acting, and the reason for a change.

    `actor` is the name that the record keeps. `reason` is needed for a correction, a removal and for saving a doubtful
    value; a first entry needs none.
    """

    actor: str
    reason: str = ""


class Changes(NamedTuple):
    """What a command has changed: broadcast once, so that every open page knows whether to read again.

    `patient` is None where the change is not about one patient. `records` are (kind, id) pairs.
    """

    patient: int | None
    kinds: frozenset[str]
    records: tuple[tuple[str, int], ...] = ()
