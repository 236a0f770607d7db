"""A study: opens or creates it, and gives window and command line their verbs. The work is in services and queries."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, NamedTuple

from models import VERSION
from models.chart.patient_chart import PatientChart
from models.domain.clock import Clock, SystemClock
from models.domain.context import Changes, Context
from models.domain.errors import TrialError
from models.domain.fields import Field
from models.domain.findings import Finding
from models.domain.notation import Desk as Notation
from models.domain.partial_dates import PartialDate
from models.domain.passwords import DEMO_PASSWORD
from models.domain.rights import Right, User
from models.persistence.holder import ReadOnlyError
from models.persistence.keys.sealing import DEFAULT_COST, Cost
from models.persistence.study_folder import NewAccount, StudyFolder, keyring_of, open_folder
from models.persistence.unit_of_work import UnitOfWork
from models.protocols.loading import parse_protocol
from models.protocols.model import Protocol
from models.queries import charts, history, options, review, withdrawn
from models.queries.charts import MOLECULAR, PLANNING, PLANNING_ENTRIES
from models.queries.history import STUDY_FACT, Correction
from models.queries.withdrawn import Withdrawn
from models.queries.work_items import Urgency, WorkItem
from models.queries.worklist import WORKLIST_TITLES, Section, Worklist, WorklistReader
from models.records.laboratory import LabRange
from models.records.patient import Identity, Patient
from models.services import drafts, settings
from models.services.desk import Desk
from models.services.drafts import DraftLine
from models.services.edit import Edit
from models.topics import Topics

if TYPE_CHECKING:
    from models.domain.printing import Printing
    from models.queries.review import QueryView

__all__ = [
    "DEMO_PASSWORD",
    "STUDY_FACT",
    "WORKLIST_TITLES",
    "Changes",
    "Context",
    "Correction",
    "DraftLine",
    "Edit",
    "NewAccount",
    "ReadOnlyError",
    "Right",
    "Section",
    "Study",
    "StudyInfo",
    "Urgency",
    "User",
    "Withdrawn",
    "WorkItem",
    "Worklist",
    "WorklistReader",
]


class StudyInfo(NamedTuple):
    """What a study was made with. A synthetic study holds no real person and says so everywhere."""

    site_code: str
    site_name: str
    synthetic: bool
    created_at: datetime

    @property
    def site(self) -> str:
        """Number and name of the site, as every paper says them."""
        return f"{self.site_code}, {self.site_name}".rstrip(", ")


class Study(Topics):
    """An open study. Use it as a context manager, or call `close`.

    Reads and single saves take milliseconds and may be called from any one thread at a time; long work takes a study of
    its own connections by simply calling these methods on its worker thread.
    """

    def __init__(self, folder: StudyFolder, clock: Clock) -> None:
        """Made by `open`."""
        self._folder = folder
        self.clock = clock
        self.info = _info(folder)
        self.protocol: Protocol = parse_protocol(settings.read_protocol(folder.read), "the study's own protocol")
        self._any_desk = Desk(folder.read, folder.write, clock, self.protocol, folder.user, folder.path)

    @classmethod
    def create(
        cls,
        path: Path,
        protocol: Protocol,
        site_code: str,
        site_name: str,
        accounts: Sequence[NewAccount],
        *,
        clock: Clock | None = None,
        synthetic: bool = False,
        cost: Cost = DEFAULT_COST,
    ) -> str:
        """Make a new study with the protocol it runs under and its first accounts, the maker's own first.

        Returns the recovery key. It is kept nowhere: it is for the paper in the safe. Raises TrialError where the
        study cannot be written, a name is empty or too long, or a password may not be used.
        """
        from models.persistence.study_making import create_folder
        from models.services.account_keys import refuse_unfit, words_of

        clock = clock or SystemClock()
        refuse_unfit(accounts, words_of(protocol, site_code, site_name), synthetic=synthetic)
        about = {
            "site_code": site_code,
            "site_name": site_name,
            "synthetic": "yes" if synthetic else "no",
            "created_at": clock.now().isoformat(timespec="milliseconds"),
        }

        def fill(unit: UnitOfWork) -> None:
            settings.begin(unit, about)
            settings.adopt_protocol(unit, protocol)

        return create_folder(path, accounts, fill, clock, cost, synthetic=synthetic)

    @classmethod
    def open(
        cls,
        path: Path,
        login: str,
        password: str,
        *,
        clock: Clock | None = None,
        read_only: bool = False,
        identities: bool = True,
    ) -> "Study":
        """Sign in to a study; without `identities` nothing in it opens who the patients are, whoever signs in.

        TrialError, in its own words, where the study is missing, not ours, damaged, newer or in use, and where user
        name or password are wrong.
        """
        clock = clock or SystemClock()
        folder = open_folder(path, login, password, clock, read_only=read_only, identities=identities)
        try:
            return cls(folder, clock)
        except BaseException:
            folder.close()
            raise

    def close(self) -> None:
        """Sign out, which the trail says, and let the study go. Calling it twice is harmless."""
        with suppress(TrialError):  # a study that cannot be written any more must still close
            self._folder.tell_trail(self.clock, "sign-out")
        self._folder.close()

    def __enter__(self) -> "Study":
        """The study itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()

    @property
    def path(self) -> Path:
        """The study's folder."""
        return self._folder.path

    @property
    def user(self) -> User:
        """Who has signed in."""
        return self._folder.user

    @property
    def read_only(self) -> bool:
        """Whether nothing can be changed: opened for reading only, or frozen. The own password can, in a frozen one."""
        return self._folder.write is None or (not self.must_change_password and self.locking.frozen is not None)

    @property
    def problems(self) -> tuple[str, ...]:
        """Sentences about what was found on opening or since and does not prevent reading: for a banner."""
        return self._folder.problems_by_now()

    def look_longer(self) -> tuple[str, ...]:
        """Look at what takes longer than opening may; what is found joins `problems`. For a worker thread."""
        return self._folder.look_longer()

    @property
    def must_change_password(self) -> bool:
        """Whether the person still has the password that somebody else gave."""
        return self._folder.must_change

    def printing(self, desk: Notation) -> "Printing":
        """What a paper or a file given out now says of itself, on a desk with this notation."""
        from models.domain.printing import Printing

        info, now, head = self.info, self.clock.now(), self.trail.head().short
        return Printing(self.protocol.acronym, info.site, self.user.name, now, desk, VERSION, head, info.synthetic)

    @property
    def today(self) -> date:
        """The calendar day at this desk."""
        return self.clock.today()

    # ---- reading

    def patients(self) -> tuple[Patient, ...]:
        """Every patient, in the order of screening."""
        return charts.patients(self._folder.records)

    def patient_count(self) -> int:
        """How many patients there are, without reading them."""
        return charts.count(self._folder.records)

    def identities(self) -> tuple[Identity, ...]:
        """Who the patients are to the hospital. Only for a person who asks to search by name."""
        self._desk.user.require(Right.READ_IDENTITY)
        return charts.identities(self._folder.records)

    def chart(self, patient: int) -> PatientChart:
        """One patient with everything derived. The number of statements does not depend on what the patient has."""
        return charts.chart(self._folder.records, patient, self.protocol, self.today)

    def charts(self, ids: Sequence[int] | None = None, *, laboratory: bool = False) -> Iterator[PatientChart]:
        """Many patients (all, if no ids are given), read in batches; laboratory values only if asked for."""
        return charts.charts(self._folder.records, ids, self.protocol, self.today, laboratory=laboratory)

    def worklist(self, notation: Notation = Notation.ENGLISH) -> Worklist:
        """What has to be done today, over the whole site."""
        reader = self.worklist_reader(notation)
        for _ in reader.steps():
            pass
        return reader.worklist()

    def worklist_reader(self, notation: Notation = Notation.ENGLISH) -> WorklistReader:
        """The same in steps, for a window that shows what is known already."""

        def planning(ids: tuple[int, ...] | None) -> Iterator[PatientChart]:
            return charts.charts_of(self._folder.records, ids, self.protocol, self.today, PLANNING, PLANNING_ENTRIES)

        def molecular(ids: tuple[int, ...] | None) -> Iterator[PatientChart]:
            return charts.charts_of(self._folder.records, ids, self.protocol, self.today, MOLECULAR)

        def queries(ids: tuple[int, ...] | None) -> Iterable["QueryView"]:
            with self._folder.records.begin() as connection:
                return review.waiting(connection, self.protocol, self.today, self.user, notation, ids)

        return WorklistReader(planning, molecular, queries, self.clock.now(), notation)

    def find(self, label: str) -> int:
        """The id of the patient with that subject or screening number; TrialError if there is none."""
        wanted = label.strip().casefold()
        if not wanted:
            raise TrialError("No patient is named. Give a subject or screening number.")
        for patient in self.patients():
            if wanted in ((patient.subject_number or "").casefold(), patient.screening_number.casefold()):
                return patient.id
        raise TrialError(f"There is no patient {label} in this study. Check the number.")

    def enrolled(self) -> tuple[int, ...]:
        """The ids of all enrolled patients."""
        return tuple(p.id for p in self.patients() if p.enrolled)

    def expected_on(self, day: date) -> tuple[int, ...]:
        """The ids of the patients who have a visit due on that day: its window is open, or it took place then."""
        from models.chart.lines import visit_on

        return tuple(chart.patient.id for chart in self.charts() if visit_on(chart, day))

    def ranges(self) -> tuple[LabRange, ...]:
        """The laboratories' reference ranges, oldest first."""
        with self._folder.records.begin() as connection:
            return charts.ranges(connection)

    def corrections(self, kind: str, record: int) -> tuple[Correction, ...]:
        """What was changed in a record, by whom, when and why."""
        return history.of_record(self._folder.records, kind, record)

    def has_withdrawn(self, patient: int, kind: str) -> bool:
        """Whether anything of a kind that a patient had was withdrawn."""
        return withdrawn.any_of_patient(self._folder.records, kind, patient)

    def withdrawn(self, patient: int, kind: str) -> tuple[Withdrawn, ...]:
        """What a patient had of a kind and was withdrawn: the last one first, with who did it, when and why."""
        return withdrawn.of_patient(self._folder.records, kind, patient)

    def choices(self, field: Field) -> tuple[tuple[str, str], ...]:
        """The codes and words that a choice field offers, those of open lists included."""
        with self._folder.records.begin() as connection:
            return options.of_field(connection, self.protocol, field)

    def next_screening_number(self) -> str:
        """The screening number that the next person gets."""
        from models.services.enrolment import next_number

        with self._folder.records.begin() as connection:
            return next_number(connection, "screening_number", f"S{self.info.site_code}-")

    def next_subject_number(self) -> str:
        """The subject number that the next enrolled patient gets: site number and running number."""
        from models.services.enrolment import next_number

        with self._folder.records.begin() as connection:
            return next_number(connection, "subject_number", f"{self.info.site_code}-")

    # ---- writing (what each verb needs is loaded when it is first used: a start would pay for all of it)

    def check(self, patient: int, edit: Edit, beside: Sequence[Edit] = ()) -> tuple[Finding, ...]:
        """What stands against an edit, without saving it; `beside` is what would be saved together with it."""
        from models.services.records import check_edit

        with self._folder.records.begin() as connection:
            return check_edit(connection, self._desk, patient, edit, beside)

    def save(self, patient: int, edits: Sequence[Edit], by: Context) -> Changes:
        """Enter or correct records in one transaction; see `services.records.save`."""
        from models.services.records import save

        return save(self._desk, patient, edits, by)

    def void(self, patient: int, kind: str, record: int, by: Context) -> Changes:
        """Withdraw a record with a reason. Nothing is deleted."""
        from models.services.records import withdraw

        return withdraw(self._desk, patient, kind, record, by)

    def screen(self, edits: Sequence[Edit], by: Context) -> Changes:
        """Take a person into screening: the patient first, then identity and consent."""
        from models.services.enrolment import screen

        return screen(self._desk, tuple(edits), by)

    def enrol(
        self, patient: int, on: PartialDate, by: Context, beside: Sequence[Edit] = (), draft: str = ""
    ) -> Changes:
        """Enrol a screened person under the next subject number, together with what began since.

        A person who has a subject number already keeps it. `draft` is the key of the form that this comes from.
        """
        from models.services.enrolment import enrol

        known = next((p.subject_number for p in self.patients() if p.id == patient), None)
        values = {"subject_number": known or self.next_subject_number(), "enrolled": on}
        return enrol(self._desk, patient, Edit("patient", values, patient, draft=draft), beside, by)

    def fail_screening(self, patient: int, on: PartialDate, why: str, by: Context) -> Changes:
        """Close a screening that did not lead to enrolment."""
        from models.services.enrolment import fail_screening

        return fail_screening(self._desk, patient, on, why, by)

    # ---- drafts and settings

    def save_draft(self, key: str, texts: Mapping[str, str]) -> None:
        """Keep what was typed into a form, so that leaving or a crash loses nothing."""
        drafts.keep(self._desk, key, texts)

    def draft(self, key: str) -> dict[str, str] | None:
        """What this person typed into a form and did not save."""
        return drafts.read(self._desk, key)

    def drop_draft(self, key: str) -> None:
        """Forget a draft."""
        drafts.drop(self._desk, key)

    def drafts(self) -> tuple[DraftLine, ...]:
        """Every form that this person left unsaved."""
        return drafts.all_drafts(self._desk)

    def setting(self, name: str) -> str | None:
        """A setting of the study, None if it was never set."""
        return settings.read_all(self._desk.read).get(name)

    def set_setting(self, name: str, value: str, by: Context) -> None:
        """Set a setting of the study that a person may set: the name of the site, or when the window locks itself."""
        settings.change(self._desk, name, value, by)
        self.info = _info(self._folder)


def is_synthetic(path: Path) -> bool:
    """Whether the study at `path` holds made-up patients only; TrialError where there is no study."""
    return keyring_of(path).synthetic


def _info(folder: StudyFolder) -> StudyInfo:
    facts = settings.read_all(folder.read)
    made = datetime.fromisoformat(facts["created_at"])
    return StudyInfo(facts["site_code"], facts["site_name"], facts["synthetic"] == "yes", made)
