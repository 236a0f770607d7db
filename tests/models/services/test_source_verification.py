"""Source verification: marks that fall when a value changes, and the share that stands."""

from decimal import Decimal
from pathlib import Path

import pytest

from models.domain.clock import FixedClock
from models.domain.errors import TrialError
from models.domain.partial_dates import PartialDate
from models.domain.quantities import Quantity
from models.study import Edit, Study
from models.study_types import Share
from tests.signing_fixtures import DAY, WHY
from tests.study_fixtures import BY, SitDown


def verified(study: Study, patient: int, kind: str, record: int, field: str = "") -> str:
    """How a record or field is shown: "", "stands", or what has changed since."""
    mark = study.review.verification(patient).of(kind, record, field)
    return "" if mark is None else "stands" if mark.stands else mark.fell


def test_a_verified_field_stands_and_names_the_monitor(
    monitor: Study, patient: int, value: int, clock: FixedClock
) -> None:
    assert verified(monitor, patient, "lab", value, "value") == ""
    monitor.review.verify(patient, "lab", value, ["value", "collected"])
    mark = monitor.review.verification(patient).of("lab", value, "value")
    assert mark
    assert (mark.by, mark.at, mark.stands, mark.field) == ("M. Neri", clock.now(), True, "value")
    assert verified(monitor, patient, "lab", value, "comment") == ""
    assert verified(monitor, patient, "lab", value) == ""


def test_a_verified_record_covers_each_of_its_fields(monitor: Study, patient: int, value: int) -> None:
    monitor.review.verify(patient, "lab", value)
    assert verified(monitor, patient, "lab", value) == verified(monitor, patient, "lab", value, "value") == "stands"


def test_a_mark_falls_when_its_value_changes_and_says_so(
    monitor: Study, sit_down: SitDown, patient: int, value: int
) -> None:
    monitor.review.verify(patient, "lab", value, ["value", "collected"])
    monitor.review.verify(patient, "lab", value)
    study = sit_down("C. Rossi")
    study.save(patient, [Edit("lab", {"value": Quantity(Decimal(12), "g/dL")}, value)], WHY)
    assert verified(study, patient, "lab", value, "value") == "Value changed by C. Rossi."
    assert verified(study, patient, "lab", value) == "Value changed by C. Rossi."
    assert verified(study, patient, "lab", value, "collected") == "stands"
    monitor = sit_down("M. Neri")
    monitor.review.verify(patient, "lab", value, ["value"])
    assert verified(monitor, patient, "lab", value, "value") == "stands"


def test_the_other_values_of_a_verified_record_stay_verified(
    monitor: Study, sit_down: SitDown, patient: int, value: int
) -> None:
    monitor.review.verify(patient, "lab", value)
    study = sit_down("C. Rossi")
    study.save(patient, [Edit("lab", {"value": Quantity(Decimal(12), "g/dL")}, value)], WHY)
    assert verified(study, patient, "lab", value, "collected") == "stands"
    assert verified(study, patient, "lab", value, "value") == "Value changed by C. Rossi."
    assert verified(study, patient, "lab", value) == "Value changed by C. Rossi."


def test_a_mark_stays_fallen_when_the_value_is_changed_back(
    monitor: Study, sit_down: SitDown, patient: int, value: int
) -> None:
    monitor.review.verify(patient, "lab", value)
    study = sit_down("C. Rossi")
    for comment in ("Seen", None):
        study.save(patient, [Edit("lab", {"comment": comment}, value)], WHY)
    assert verified(study, patient, "lab", value) == "Comment changed by C. Rossi."


def test_every_mark_on_a_withdrawn_record_falls(monitor: Study, sit_down: SitDown, patient: int, value: int) -> None:
    monitor.review.verify(patient, "lab", value, ["value"])
    study = sit_down("C. Rossi")
    study.void(patient, "lab", value, WHY)
    assert verified(study, patient, "lab", value, "value") == "Laboratory value withdrawn by C. Rossi."


def test_a_mark_on_an_event_covers_its_grades(monitor: Study, sit_down: SitDown, patient: int) -> None:
    study = sit_down("C. Rossi")
    grade = Edit("ae_grade", {"since": DAY, "grade": "2"})
    event_edit = Edit("adverse_event", {"term": "Fever", "version": "4.03", "began": DAY}, 0, (grade,))
    ids = dict(study.save(patient, [event_edit], BY).records)
    fever = ids["adverse_event"]
    monitor = sit_down("M. Neri")
    monitor.review.verify(patient, "adverse_event", fever)
    monitor.review.verify(patient, "adverse_event", fever, ["term"])
    study = sit_down("C. Rossi")
    worse = Edit("ae_grade", {"since": PartialDate(2026, 4, 5), "grade": "3"})
    study.save(patient, [Edit("adverse_event", {}, fever, (worse,))], WHY)
    assert verified(study, patient, "adverse_event", fever) == "Grade added by C. Rossi."
    assert verified(study, patient, "adverse_event", fever, "term") == "stands"


def test_what_is_verified_already_is_not_marked_again(monitor: Study, patient: int, value: int) -> None:
    assert monitor.review.verify(patient, "lab", value).records
    assert monitor.review.verify(patient, "lab", value, ["value"]).records == ()


def test_a_mark_set_by_mistake_is_taken_back_with_a_reason(monitor: Study, patient: int, value: int) -> None:
    [(_, mark)] = monitor.review.verify(patient, "lab", value).records
    with pytest.raises(TrialError, match="with a reason"):
        monitor.review.withdraw_mark(mark, " ")
    monitor.review.withdraw_mark(mark, "Wrong patient's paper")
    assert verified(monitor, patient, "lab", value) == ""
    assert monitor.trail.lines()[0].reason == "Wrong patient's paper"


def test_an_identity_is_not_verified_here(monitor: Study, patient: int) -> None:
    with pytest.raises(TrialError, match="record of this kind"):
        monitor.review.verify(patient, "identity", 1)


def test_the_share_verified_counts_values_of_a_visit_of_a_patient_and_of_every_patient_alike(
    monitor: Study, sit_down: SitDown, patient: int, value: int
) -> None:
    study = sit_down("C. Rossi")
    code = study.protocol.visits[3].code
    visit = dict(study.save(patient, [Edit("visit", {"code": code, "status": "DONE", "date": DAY})], WHY).records)
    monitor = sit_down("M. Neri")
    before = monitor.review.verification(patient)
    assert before.visits == {visit["visit"]: Share(0, 6)}
    assert before.whole.verified == 0
    monitor.review.verify(patient, "visit", visit["visit"])
    monitor.review.verify(patient, "lab", value, ["value", "comment"])
    after = monitor.review.verification(patient)
    assert after.visits == {visit["visit"]: Share(4, 6)}
    assert after.whole == Share(4, before.whole.filled)
    assert monitor.review.shares() == {patient: after.whole}
    sit_down("C. Rossi").save(patient, [Edit("lab", {"value": Quantity(Decimal(12), "g/dL")}, value)], WHY)
    monitor = sit_down("M. Neri")
    assert monitor.review.verification(patient).whole == Share(3, before.whole.filled)
    assert monitor.review.shares() == {patient: Share(3, before.whole.filled)}


def test_papers_of_the_file_are_no_values_to_be_verified(
    monitor: Study, sit_down: SitDown, patient: int, value: int, tmp_path: Path
) -> None:
    report = tmp_path / "report.pdf"
    report.write_bytes(b"%PDF-1.7\nA report of a made-up patient\n%%EOF")
    before = monitor.review.verification(patient).whole
    sit_down("C. Rossi").documents.add(patient, "Report", DAY, report, ("lab", value))
    monitor = sit_down("M. Neri")
    assert monitor.review.verification(patient).whole == before == monitor.review.shares()[patient]


@pytest.mark.parametrize("login", ["A. Verdi", "C. Rossi", "I. Bianchi"])
def test_only_a_monitor_verifies(monitor: Study, sit_down: SitDown, patient: int, value: int, login: str) -> None:
    [(_, mark)] = monitor.review.verify(patient, "lab", value).records
    review = sit_down(login).review
    with pytest.raises(TrialError, match="may not mark data as verified"):
        review.verify(patient, "lab", value)
    with pytest.raises(TrialError, match="may not mark data as verified"):
        review.withdraw_mark(mark, "Because")
