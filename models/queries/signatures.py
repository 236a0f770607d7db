"""Electronic signatures and whether they still hold.

A signature holds until the audit trail has, after its position, a change of a record that it covers, one more record
that it would cover, or an unlocking (21 CFR 11.70: a signature cannot outlive what it was given for). Nothing is
stored about this: it follows from the trail, so that no program can forget to say it.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection

from models.domain.codelists import ROLE, SIGNATURE_MEANING
from models.domain.date_notation import write_moment
from models.domain.notation import Desk as Notation
from models.persistence.rows import of_patients
from models.protocols.model import Protocol
from models.queries.coverage import (
    KEEPING,
    PAPER,
    Key,
    Row,
    about_of,
    belongs,
    covered,
    digest,
    parent_of,
    without_papers,
)
from models.queries.history import STUDY_FACT
from models.queries.locks import FROZEN
from models.queries.past_states import Change, changes_of
from models.queries.record_words import RecordWords, field_words, printed_names
from models.records import KINDS
from models.records.review import Signature

_WHOLE = "The whole record"
_UNLOCKED = {True: "The patient was unlocked", False: "The visit was unlocked"}


class SignatureView(NamedTuple):
    """One signature as it is shown: what was signed, by whom, in which role, when, meaning what, and whether it holds.

    `visit` is the id of the visit's record, None where the whole record of the patient was signed; `about` names it.
    `role` and `meaning` are words, `login` is the account. `why_void` is a sentence, empty while the signature holds;
    `void_since` is the moment from which it does not.
    """

    id: int
    patient: int
    visit: int | None
    about: str
    login: str
    name: str
    role: str
    meaning: str
    at: datetime
    digest: str
    why_void: str
    void_since: datetime | None

    @property
    def valid(self) -> bool:
        """Whether the data still are what was signed."""
        return not self.why_void


def signature_line(signature: SignatureView, notation: Notation) -> str:
    """The signature as one line of plain text for paper: what, name, role, moment, meaning; and why it is void."""
    line = (
        f"{signature.about}: signed electronically by {signature.name} ({signature.role.lower()}) on "
        f"{write_moment(signature.at, notation)}, meaning “{signature.meaning}”."
    )
    return line if signature.valid else f"{line} {void_words(signature, notation)}"


def void_words(signature: SignatureView, notation: Notation) -> str:
    """Since when a signature is void, and why: the same on paper and in the window."""
    since = f" since {write_moment(signature.void_since, notation)}" if signature.void_since else ""
    return f"VOID{since}: {signature.why_void}"


def signatures(
    connection: Connection, protocol: Protocol, patient: int, notation: Notation
) -> tuple[SignatureView, ...]:
    """Every signature under a patient's visits and record, oldest first, in as few statements whatever there is."""
    made = list(of_patients(connection, Signature, [patient]))
    if not made:
        return ()
    words = RecordWords(connection, protocol, notation)
    names = printed_names(connection)
    found = _follow(made, changes_of(connection, patient), words, names)
    return tuple(_view(one) for one in sorted(found, key=lambda one: one.signature.id))


class _Followed:
    """A signature on its way along the trail: what it covers, and the first thing that made it void."""

    def __init__(self, signature: Signature, state: Mapping[Key, Row], words: RecordWords) -> None:
        self.signature = signature
        self.covers = covered(state, signature.visit)
        self.visit: Row | None = state.get(("visit", signature.visit)) if signature.visit else None
        self.about = words.of_row("visit", self.visit) if self.visit else _WHOLE
        # Signatures from before papers belonged to a visit have the fingerprint of its records alone.
        known = digest(state, self.covers), digest(state, without_papers(self.covers))
        self.is_of_these = signature.digest in known
        self.why = ""
        self.since: datetime | None = None

    def meets(self, change: Change, words: RecordWords, names: Mapping[str, str]) -> None:
        """One change after the signature: the first that touches what it covers makes it void."""
        if not self.why and (what := self._touched(change, words)):
            self.why, self.since = f"{what} by {names.get(change.actor, change.actor)}.", change.at

    def _touched(self, change: Change, words: RecordWords) -> str:
        kind, row = change.key[0], change.new
        if kind == STUDY_FACT:
            return "The study was unfrozen" if row == {"name": FROZEN, "value": ""} else ""
        if kind == "record_lock":
            of = row.get("visit")
            concerned = of is None or self.visit is None or of == self.signature.visit
            return _UNLOCKED[of is None] if concerned and row.get("act") != "lock" else ""
        if kind == PAPER and change.old and change.fields <= KEEPING:
            return ""
        if change.key in self.covers:
            return f"{words.of_row(kind, change.old)}: {_said(change)}"
        return f"{words.of_row(kind, row)} was added" if self._would_cover(change) else ""

    def _would_cover(self, change: Change) -> bool:
        kind, row = change.key[0], change.new
        if row.get("voided") or (KINDS[kind].review and kind != PAPER):
            return False
        if self.visit is None:
            return covered({change.key: row}, None) != frozenset()
        return belongs(kind, row, self.visit) or bool({parent_of(kind, row), about_of(kind, row)} & self.covers)


def _follow(
    made: Sequence[Signature], changes: Iterable[Change], words: RecordWords, names: Mapping[str, str]
) -> list[_Followed]:
    state: dict[Key, Row] = {}
    waiting = sorted(made, key=lambda signature: signature.as_of, reverse=True)
    found: list[_Followed] = []
    for change in changes:
        while waiting and waiting[-1].as_of < change.seq:
            found.append(_Followed(waiting.pop(), state, words))
        for one in found:
            one.meets(change, words, names)
        state[change.key] = change.new
    return found + [_Followed(signature, state, words) for signature in waiting]


def _said(change: Change) -> str:
    if "voided" in change.fields:
        return "withdrawn" if change.new.get("voided") else "brought back"
    labels = [field_words(change.key[0], name) for name in KINDS[change.key[0]].fields if name in change.fields]
    return f"{', '.join(labels) or 'the record'} changed"


def _view(one: _Followed) -> SignatureView:
    signature = one.signature
    assert signature.entered_at is not None
    why, since = one.why, one.since
    if not why and not one.is_of_these:
        why, since = "The data kept under it are not those that were signed.", signature.entered_at
    return SignatureView(
        signature.id,
        signature.patient,
        signature.visit,
        one.about,
        signature.entered_by,
        signature.printed_name,
        ROLE.label(signature.role),
        SIGNATURE_MEANING.label(signature.meaning),
        signature.entered_at,
        signature.digest,
        why,
        since,
    )
