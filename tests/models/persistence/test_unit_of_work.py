"""One transaction: all of it, or none of it; and plain words where the disk says no."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from models.domain.context import Context
from models.domain.errors import TrialError
from models.domain.partial_dates import PartialDate
from models.persistence.unit_of_work import UnitOfWork, writing
from models.records.disease import History
from models.study import Edit, Study
from tests.study_fixtures import BY, PASSWORD

PROJECT = Path(__file__).parents[3]


def engine_of(study: Study) -> Engine:
    engine = study._folder.write  # noqa: SLF001 - the engine is watched and used past the commands
    assert engine is not None
    return engine


def correct(unit: UnitOfWork, record: int) -> None:
    unit.correct("history", record, {"term": "Asthma"})


def withdraw(unit: UnitOfWork, record: int) -> None:
    unit.withdraw("history", record)


def conditions(study: Study, patient: int) -> list[str]:
    return [h.term for h in study.chart(patient).of(History)]


def test_what_is_raised_inside_takes_everything_back(study: Study, patient: int) -> None:
    def insert_and_fail() -> None:
        with writing(engine_of(study), BY, study.clock) as unit:
            unit.insert("history", {"term": "Gout"}, patient)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        insert_and_fail()
    assert conditions(study, patient) == []


@pytest.mark.parametrize("act", [correct, withdraw])
def test_r3_no_command_changes_or_withdraws_anything_without_a_reason(
    study: Study, patient: int, act: Callable[[UnitOfWork, int], object]
) -> None:
    [(_, record)] = study.save(patient, [Edit("history", {"term": "Gout"})], BY).records
    head = study.trail.head()
    with pytest.raises(TrialError, match="reason"), writing(engine_of(study), BY, study.clock) as unit:
        act(unit, record)
    assert (study.trail.head(), conditions(study, patient)) == (head, ["Gout"])
    with writing(engine_of(study), Context("", "Read wrongly"), study.clock) as unit:
        act(unit, record)
    assert study.trail.lines()[0].reason == "Read wrongly"


def test_r4_a_value_set_to_itself_needs_no_reason_and_writes_nothing(study: Study, patient: int) -> None:
    [(_, record)] = study.save(patient, [Edit("history", {"term": "Gout"})], BY).records
    head = study.trail.head()
    with writing(engine_of(study), BY, study.clock) as unit:
        assert unit.correct("history", record, {"term": "Gout"}) == {}
    assert study.trail.head() == head


def test_a_commit_that_fails_is_no_entry(study: Study, patient: int) -> None:
    def fail(_connection: object) -> None:
        raise TrialError("disk full")

    event.listen(engine_of(study), "commit", fail)
    with pytest.raises(TrialError, match="disk full"):
        study.save(patient, [Edit("history", {"term": "Gout"})], BY)
    event.remove(engine_of(study), "commit", fail)
    assert conditions(study, patient) == []
    study.save(patient, [Edit("history", {"term": "Gout"})], BY)
    assert conditions(study, patient) == ["Gout"]


def test_a_second_record_of_a_kind_that_exists_once_is_refused_in_words(study: Study, patient: int) -> None:
    death = Edit("death", {"date": PartialDate(2026, 9, 1)})
    study.save(patient, [death], BY)
    with pytest.raises(TrialError, match="has one already"):
        study.save(patient, [death], BY)


@pytest.mark.parametrize(
    ("term", "somebody", "said"),
    [(None, 0, "“Condition” is missing. Fill it in."), ("Gout", 98, "the patient or the record that this belongs to")],
)
def test_what_a_rule_of_the_tables_refuses_is_said_in_words(
    study: Study, patient: int, term: str | None, somebody: int, said: str
) -> None:
    with pytest.raises(TrialError, match=said), writing(engine_of(study), BY, study.clock) as unit:
        unit.insert("history", {"term": term}, somebody or patient)
    assert conditions(study, patient) == []


FILL_THE_DISK = """
import resource, signal, sys
from pathlib import Path
from models.domain.context import Context
from models.domain.errors import TrialError
from models.study import Edit, Study

path = Path(sys.argv[1])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
by = Context("C. Rossi")
with Study.open(path, by.actor, sys.argv[2]) as study:
    patient = study.patients()[0].id
    size = (path / "study.db").stat().st_size
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + 40_000, resource.RLIM_INFINITY))
    saved = 0
    try:
        for _ in range(200):
            study.save(patient, [Edit("history", {"term": "x" * 2000})], by)
            saved += 1
    except TrialError as problem:
        print(problem)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    print(saved, len(study.chart(patient).records["history"]))
    study.save(patient, [Edit("history", {"term": "after"})], by)
    print(len(study.chart(patient).records["history"]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="the size limit of a process exists on POSIX systems only")
def test_a_full_disk_is_said_plainly_and_work_goes_on_after_space_is_made(study: Study, patient: int) -> None:
    assert patient
    study.close()
    done = subprocess.run(
        [sys.executable, "-c", FILL_THE_DISK, str(study.path), PASSWORD],
        capture_output=True,
        text=True,
        timeout=50,
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
        check=True,
    )
    message, kept, after = done.stdout.splitlines()
    assert "could not be read or written" in message
    saved, held = kept.split()
    assert 0 < int(saved) == int(held)
    assert int(after) == int(held) + 1
