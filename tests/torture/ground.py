"""What the trials stand on: a study with a patient, copies of it to damage, and child processes to kill."""

import multiprocessing
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, NamedTuple

from models.domain.clock import FixedClock
from models.domain.context import Context
from models.domain.partial_dates import PartialDate
from models.persistence.keys.keys import Keys
from models.persistence.keys.sealing import LEAST_COST
from models.persistence.keys.sign_in import unlock
from models.protocols.loading import find_protocol
from models.study import Edit, Study
from tests.study_fixtures import ACCOUNTS, BY, PASSWORD, enrol_a_patient
from tests.torture.outcome import NotHeldError, require

CLOCK = FixedClock.at(2026, 10, 2)
PATIENT = 1
PAIRS = 10
"""How many pairs of records (`save_pair`) the study holds."""
LONGEST = 60
"""Seconds after which a child that says nothing is held to be stuck."""

# Children come from a process that has loaded the program and opened nothing: they start at once and share no lock.
if sys.platform == "win32":
    _CHILDREN = multiprocessing.get_context("spawn")
else:
    _CHILDREN = multiprocessing.get_context("forkserver")
    _CHILDREN.set_forkserver_preload(["tests.torture.children"])


def make_study(folder: Path) -> Path:
    """A study with an account of each role and one enrolled patient, closed."""
    path = folder / "study.albatrack"
    clock = FixedClock.at(2026, 1, 1)
    Study.create(path, find_protocol("dalba"), "042", "Haematology", ACCOUNTS, clock=clock, cost=LEAST_COST)
    with open_study(path) as study:
        require(enrol_a_patient(study) == PATIENT, "the first patient has another number")
        for number in range(PAIRS):
            save_pair(study, f"before-{number}")
        because = Context("", "Typing error")
        study.save(PATIENT, [Edit("patient", {"age": 57}, PATIENT)], because)
        study.save(PATIENT, [Edit("consent", {"comment": "Mr Esposito's sister"}, 1)], because)
        study.save(PATIENT, [Edit("consent", {"comment": "A sister"}, 1)], because)
    with open_study(path, "I. Bianchi") as study:
        study.trail.redact("consent", 1, "comment", "Names a person")
    return path


def open_study(path: Path, login: str = BY.actor, *, read_only: bool = False) -> Study:
    """Sign in to it."""
    return Study.open(path, login, PASSWORD, clock=CLOCK, read_only=read_only)


def keys_of(path: Path) -> Keys:
    """All the keys of a closed study, as its coordinator holds them."""
    return unlock(path, BY.actor, PASSWORD, CLOCK.now()).keys


@contextmanager
def copy_of(study: Path) -> Iterator[Path]:
    """A copy to damage, gone afterwards."""
    path = Path(shutil.copytree(study, study.with_name("copy.albatrack")))
    try:
        yield path
    finally:
        shutil.rmtree(path)


def save_pair(study: Study, name: str) -> None:
    """Save a history and an adverse event with its grade under one name, in one transaction over three tables."""
    on = PartialDate(2026, 3, 1)
    event = {"term": "Fatigue", "verbatim": name, "version": "5.0", "began": on, "ongoing": True}
    grade = Edit("ae_grade", {"since": on, "grade": "2"})
    edits = [Edit("history", {"term": name}), Edit("adverse_event", event, children=(grade,))]
    study.save(PATIENT, edits, Context("", "An event during treatment"))


def saved_names(study: Study) -> list[str]:
    """The names of the pairs that are there, in the order of saving. Raises where only a part of one is."""
    chart = study.chart(PATIENT)
    histories = [record.values()["term"] for record in chart.records.get("history", ())]
    events = {record.id: record.values()["verbatim"] for record in chart.records.get("adverse_event", ())}
    graded = sorted(events[record.parent] for record in chart.records.get("ae_grade", ()))
    require(sorted(histories) == sorted(events.values()) == graded, "a transaction was stored in part")
    return histories


def require_whole(study: Study) -> None:
    """Raise unless everything agrees: the file, the audit trail, and the data with it."""
    problems = study.trail.verify().problems
    require(not problems, f"the study is not whole: {problems[:1]}")
    require(not study.problems, f"opening it gave a false alarm: {study.problems}")


@contextmanager
def child(work: Callable[..., None], *arguments: Any) -> Iterator[tuple[BaseProcess, Connection]]:
    """A process that does `work(*arguments, pipe)`, and the end of the pipe on which it reports. It never outlives."""
    hearing, telling = _CHILDREN.Pipe(duplex=False)
    process = _CHILDREN.Process(target=_work, args=(work, arguments, telling), daemon=True)
    process.start()
    telling.close()
    try:
        yield process, hearing
    finally:
        process.kill()
        process.join()
        hearing.close()


def _work(work: Callable[..., None], arguments: tuple[Any, ...], telling: Connection) -> None:
    try:
        work(*arguments, telling)
    except Exception as fault:
        telling.send(_Fault(f"{type(fault).__name__}: {fault}"))


class _Fault(NamedTuple):
    """What ended a child."""

    words: str


def heard(hearing: Connection) -> Any:
    """The next thing a child says. Raises where it says nothing for long, or has ended."""
    require(hearing.poll(LONGEST), "the child process is stuck")
    try:
        said = hearing.recv()
    except EOFError:
        raise NotHeldError("the child process ended by itself") from None
    if isinstance(said, _Fault):
        raise NotHeldError(f"in the child process: {said.words}")
    return said


def heard_until_its_end(hearing: Connection) -> list[Any]:
    """All that a killed child said. What it was saying when it was killed does not count."""
    said = []
    while hearing.poll():
        try:
            said.append(hearing.recv())
        except (EOFError, OSError):
            break
    return said
