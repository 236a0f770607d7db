"""Every line of the audit trail says which record it is about, in a few words."""

from decimal import Decimal

import pytest

from benchmarks.counting import counted
from models.domain.clock import FixedClock
from models.domain.notation import Desk
from models.domain.partial_dates import PartialDate
from models.domain.quantities import Quantity
from models.persistence.audit import trailed
from models.persistence.second_folder import SECOND_FOLDER
from models.queries.history import FALLBACK_FORMER, FALLBACK_PASSWORD, OTHER_LABELS, UNSHOWN
from models.queries.locks import FROZEN
from models.records import KINDS
from models.services import settings
from models.study import Edit, Study
from models.study_types import TrailFilter, TrailLine
from tests.forging import forge
from tests.signing_fixtures import DAY, WHY, copies, enter, haemoglobin, mrd
from tests.study_fixtures import SitDown, open_as

ANSWERED = (
    (Edit("visit", {"code": "D22", "status": "DONE", "date": DAY}), "Day 22, 3 Apr 2026"),
    (haemoglobin(), "Haemoglobin, 3 Apr 2026"),
    (mrd(), "Bone marrow, 3 Apr 2026, p190 (e1a2)"),
    (
        Edit("exposure", {"drug": "dasatinib", "dose": Quantity(Decimal(140), "mg"), "began": DAY}),
        "Dasatinib, 3 Apr 2026",
    ),
    (Edit("sample", {"purpose": "MRD", "specimen": "BLOOD", "sent": DAY}), "MRD, 3 Apr 2026, Peripheral blood"),
    (Edit("history", {"term": "Gout"}), "Gout"),
    (Edit("vitals", {"measured": DAY, "ecog": "1"}), "3 Apr 2026"),
)


def newest(study: Study, kind: str, notation: Desk = Desk.ENGLISH) -> TrailLine:
    return study.trail.lines(TrailFilter(kinds=(kind,)), 1, notation)[0]


@pytest.mark.parametrize(("edit", "words"), ANSWERED, ids=[edit.kind for edit, _ in ANSWERED])
def test_a_line_names_its_record_by_what_tells_it_from_others(
    study: Study, patient: int, edit: Edit, words: str
) -> None:
    study.save(patient, [edit], WHY)
    assert newest(study, edit.kind).which == words


def test_a_correction_is_named_by_the_record_as_it_is_since(study: Study, patient: int) -> None:
    [record] = enter(study, patient, haemoglobin(), why="As on the report")
    study.save(patient, [Edit("lab", {"collected": PartialDate(2026, 4, 4)}, record)], WHY)
    assert newest(study, "lab").which == "Haemoglobin, 4 Apr 2026"


def test_a_replicate_is_named_by_its_result(study: Study, patient: int) -> None:
    enter(study, patient, mrd(), why="As on the report")
    assert newest(study, "replicate").which == "Bone marrow, 3 Apr 2026, p190 (e1a2) · 1"


def test_a_step_of_a_query_is_named_by_the_value_that_is_asked_about(
    study: Study, patient: int, sit_down: SitDown
) -> None:
    [record] = enter(study, patient, haemoglobin(), why="As on the report")
    monitor = sit_down("M. Neri")
    monitor.review.ask(patient, "lab", record, "value", "Is this right?", "coordinator")
    asked = "Laboratory value, Haemoglobin, 3 Apr 2026: Value"
    assert (newest(monitor, "query").which, newest(monitor, "query_step").which) == (asked, f"{asked} · Asked")


def test_a_signature_is_named_by_its_visit(study: Study, patient: int, sit_down: SitDown) -> None:
    [visit] = enter(study, patient, Edit("visit", {"code": "D22", "status": "DONE", "date": DAY}), why="Late")
    investigator = sit_down("I. Bianchi")
    investigator.signing.sign(patient, visit, "review", "correct horse battery", "I. Bianchi")
    assert newest(investigator, "signature").which == "Visit, Day 22, 3 Apr 2026 · I have reviewed these data"
    signed = newest(investigator, "event")
    assert (signed.which, "visit" in signed.told) == ("Visit, Day 22, 3 Apr 2026", False)


def test_an_event_names_the_visit_that_was_printed(study: Study, patient: int) -> None:
    study.trail.note("visit summary printed", {"visit": "D22", "pages": 2}, patient)
    line = newest(study, "event")
    assert (line.which, line.told) == ("Day 22", "pages: 2")


def test_codes_and_moments_of_an_event_are_words(study: Study) -> None:
    study.trail.note("role changed", {"from": "monitor", "to": "2026-04-03T09:00:00+02:00"})
    assert newest(study, "event").told == "from: Monitor; to: 3 Apr 2026, 09:00 UTC+02:00"


def test_days_are_named_as_the_desk_writes_them(study: Study, patient: int) -> None:
    enter(study, patient, haemoglobin(), why="As on the report")
    assert newest(study, "lab", Desk.ITALIAN).which == "Haemoglobin, 3 apr 2026"


def test_who_a_patient_is_names_no_line(study: Study, patient: int) -> None:
    assert newest(study, "identity").which == ""


@pytest.mark.parametrize(
    ("kind", "said"),
    [("replicate", '{"parent_id":"x"}'), ("flag", '{"about_kind":[1],"about_id":2}'), ("event", '{"visit":99}')],
)
def test_a_forged_line_that_points_at_nothing_is_read(
    study: Study, patient: int, clock: FixedClock, kind: str, said: str
) -> None:
    path = study.path
    study.close()
    forge(path, f"kind = '{kind}', new = '{said}' WHERE seq = (SELECT max(seq) FROM audit)")
    with open_as(path, clock) as opened:
        assert kind in {line.kind for line in opened.trail.lines(limit=3)}


def test_the_number_of_statements_does_not_depend_on_the_number_of_lines(study: Study, patient: int) -> None:
    replicates = TrailFilter(kinds=("replicate",))
    enter(study, patient, mrd(), why="As on the report")
    with counted() as few:
        study.trail.lines(replicates)
    for specimen in ("BONE MARROW", "BLOOD"):
        for number in ("8", "7"):
            enter(study, patient, mrd(specimen=specimen, target_copies=copies(number)), why="As on the report")
    with counted() as many:
        assert len(study.trail.lines(replicates)) == 5
    assert len(many) == len(few) > 0


# ---- the names of values


def test_every_column_that_a_history_shows_has_words() -> None:
    known = {name: KINDS[name].fields.keys() if name in KINDS else set() for name in (t.name for t in trailed())}
    shown = {
        column.name
        for table in trailed()
        if table.name != "study_fact"
        for column in table.columns
        if column.name not in {"id", "patient_id", *UNSHOWN, *known[table.name]}
    }
    assert shown - OTHER_LABELS.keys() == set()


def test_every_fact_of_a_study_has_words(study: Study) -> None:
    named = {*settings.read_all(study._folder.read), *settings._CHANGEABLE}  # noqa: SLF001
    assert (named | {FROZEN, SECOND_FOLDER, FALLBACK_PASSWORD, FALLBACK_FORMER}) - OTHER_LABELS.keys() == set()
