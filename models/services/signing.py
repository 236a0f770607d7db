"""Electronic signatures of investigators under visits and records (21 CFR 11.50, 11.70, 11.200)."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from models.domain.codelists import SIGNATURE_MEANING
from models.domain.context import Changes
from models.domain.errors import TrialError
from models.domain.notation import Desk as Notation
from models.domain.rights import Right
from models.persistence.unit_of_work import UnitOfWork
from models.queries.coverage import Key, Row, covered, digest
from models.queries.past_states import changes_of, head
from models.queries.regrading import Regraded, regraded
from models.queries.signatures import SignatureView, signature_line, signatures
from models.records import KINDS
from models.records.laboratory import LabRange
from models.records.review import Signature
from models.services.about import record_about, refuse_unknown_patient
from models.services.confirming import confirm_password
from models.services.desk import Desk


class Signing:
    """Signs, and tells which signatures hold. One is made for each sign-in to the study."""

    def __init__(self, desk: Desk) -> None:
        """Made by the study."""
        self._desk = desk
        self._signed_before = False

    @property
    def asks_for_login(self) -> bool:
        """Whether the next signature needs the user name too: the first of a sitting does (21 CFR 11.200(a)(1))."""
        return not self._signed_before

    def sign(self, patient: int, visit: int | None, meaning: str, password: str, login: str = "") -> Changes:
        """Sign a visit, or without a visit the whole record of the patient as it stands now.

        `meaning` is a code of `codelists.SIGNATURE_MEANING`. The person is asked for the password each time, at the
        first signature of a sitting for the user name too. The signature keeps the printed name, the role, the meaning,
        and a fingerprint of all that it covers (`queries.coverage`); the audit trail lists the records and versions.

        Raises:
            TrialError: no right to sign, a password that somebody else gave, wrong name or password (counted as a
                failed sign-in), a visit that is not the patient's or was withdrawn, or the person's own signature of
                this meaning still holds.
        """
        desk = self._desk
        desk.user.require(Right.SIGN)
        if not SIGNATURE_MEANING.terms.get(meaning):
            raise TrialError("A signature needs a meaning. Choose what you sign for.")
        self._confirm(password, login)
        with desk.writing(Right.SIGN) as unit:
            if visit is None:
                refuse_unknown_patient(unit, patient)
            else:
                record_about(unit, patient, "visit", visit)
            self._refuse_a_second(unit, patient, visit, meaning)
            made = _insert(unit, desk, patient, visit, meaning)
        self._signed_before = True
        return Changes(patient, frozenset({"signature"}), (("signature", made),))

    def signatures(self, patient: int, notation: Notation = Notation.ENGLISH) -> tuple[SignatureView, ...]:
        """Every signature of a patient, oldest first, each with whether it holds."""
        self._desk.user.require(Right.READ_RECORD)
        with self._desk.read.begin() as connection:
            return signatures(connection, self._desk.protocol, patient, notation)

    def lines(self, patient: int, visit: Collection[int], notation: Notation = Notation.ENGLISH) -> tuple[str, ...]:
        """The signatures under what a visit summary prints, a line each: of that visit, and of the whole record.

        `visit` is the ids of the visit's records; a signature that is void stays, and says why.
        """
        self._desk.user.require(Right.READ_RECORD)
        with self._desk.read.begin() as connection:
            found = signatures(connection, self._desk.protocol, patient, notation)
        return tuple(signature_line(one, notation) for one in found if one.visit is None or one.visit in visit)

    def covers(self, patient: int, visit: int | None) -> Mapping[str, int]:
        """What a signature made now would cover: how many records of each kind, by the kind's title."""
        self._desk.user.require(Right.READ_RECORD)
        with self._desk.read.begin() as connection:
            state = {change.key: change.new for change in changes_of(connection, patient)}
        counted = Counter(kind for kind, _ in covered(state, visit))
        return {declared.title: counted[name] for name, declared in KINDS.items() if counted[name]}

    def regraded(self, ranges: Sequence[LabRange]) -> Regraded:
        """How many values, signed and locked ones too, would get another grade if these were all reference ranges."""
        self._desk.user.require(Right.READ_RECORD)
        return regraded(self._desk.read, self._desk.protocol, self._desk.clock.today(), ranges)

    def _confirm(self, password: str, login: str) -> None:
        own = self._desk.user.login
        if self.asks_for_login and not login.strip():
            raise TrialError("The first signature of a sitting needs your user name and your password. Type both.")
        if login.strip() and login.strip().casefold() != own.casefold():
            raise TrialError(
                f"Only the person who is signed in can sign. Type your own user name ({own}), or sign out."
            )
        confirm_password(self._desk, password)

    def _refuse_a_second(self, unit: UnitOfWork, patient: int, visit: int | None, meaning: str) -> None:
        words = SIGNATURE_MEANING.label(meaning)
        for one in signatures(unit.connection, self._desk.protocol, patient, Notation.ENGLISH):
            if one.valid and (one.visit, one.login, one.meaning) == (visit, unit.by.actor, words):
                raise TrialError("You have signed this already, and nothing in it has changed since.")


def _insert(unit: UnitOfWork, desk: Desk, patient: int, visit: int | None, meaning: str) -> int:
    state: dict[Key, Row] = {}
    version: dict[Key, int] = {}
    for change in changes_of(unit.connection, patient):
        state[change.key], version[change.key] = change.new, change.seq
    keys = covered(state, visit)
    values = {
        "visit": visit,
        "printed_name": desk.user.name,
        "role": desk.user.role,
        "meaning": meaning,
        "digest": digest(state, keys),
        "as_of": head(unit.connection),
    }
    made = unit.insert(Signature.kind.name, values, patient)
    covers = [[kind, id_, version[kind, id_]] for kind, id_ in sorted(keys)]
    unit.note("signature", {**values, "signature": made, "covers": covers}, patient)
    return made
