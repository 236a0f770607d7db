"""Entering, correcting and withdrawing records."""

from decimal import Decimal
from typing import Any

import pytest

from models.domain.context import Context
from models.domain.errors import TrialError
from models.domain.findings import RejectedError, Severity
from models.domain.partial_dates import PartialDate
from models.domain.quantities import Quantity
from models.records.flags import Flag
from models.records.molecular import MrdReplicate, MrdResult
from models.study import Edit, Study
from tests.study_fixtures import BY

DAY_85 = PartialDate(2026, 4, 3)


def copies(number: str) -> Quantity:
    return Quantity(Decimal(number), "copies", typed=number)


def mrd(**changed: Any) -> dict[str, Any]:
    return {
        "collected": DAY_85,
        "specimen": "BONE MARROW",
        "transcript": "p190",
        "target_copies": copies("9"),
        "control_copies": copies("43800"),
        **changed,
    }


def results(study: Study, patient: int) -> tuple[MrdResult, ...]:
    return study.chart(patient).of(MrdResult)


def test_a_first_entry_needs_no_reason(study: Study, patient: int) -> None:
    changes = study.save(patient, [Edit("mrd", mrd())], BY)
    [result] = results(study, patient)
    assert changes.patient == patient
    assert changes.records == (("mrd", result.id),)
    assert result.target_copies == copies("9")
    assert result.entered_by == "C. Rossi"


def test_a_correction_without_a_reason_is_refused_and_changes_nothing(study: Study, patient: int) -> None:
    study.save(patient, [Edit("mrd", mrd())], BY)
    [result] = results(study, patient)
    for reason in ("", " ", "\t\n", ".", "--"):
        with pytest.raises(TrialError, match="needs a reason"):
            study.save(patient, [Edit("mrd", {"target_copies": copies("90")}, result.id)], Context("C. Rossi", reason))
    assert results(study, patient) == (result,)


def test_a_correction_keeps_the_old_value_with_who_signed_in_and_why(study: Study, patient: int) -> None:
    study.save(patient, [Edit("mrd", mrd())], BY)
    [result] = results(study, patient)
    study.save(
        patient, [Edit("mrd", {"target_copies": copies("90")}, result.id)], Context("M. Bianchi", "Typing error")
    )
    [correction] = study.corrections("mrd", result.id)
    assert (correction.field, correction.old, correction.new) == ("target_copies", copies("9"), copies("90"))
    assert (correction.actor, correction.reason) == ("C. Rossi", "Typing error")
    assert correction.at == study.clock.now()
    assert results(study, patient)[0].target_copies == copies("90")


def test_a_correction_names_the_record_that_it_changed(study: Study, patient: int) -> None:
    study.save(patient, [Edit("mrd", mrd())], BY)
    [result] = results(study, patient)
    corrected = [Edit("mrd", {"target_copies": copies("90")}, result.id)]
    changes = study.save(patient, corrected, Context("C. Rossi", "Typing error"))
    assert (changes.kinds, changes.records) == (frozenset({"mrd"}), (("mrd", result.id),))


def test_a_value_set_to_itself_writes_nothing_however_it_is_spelled(study: Study, patient: int) -> None:
    study.save(patient, [Edit("mrd", mrd())], BY)
    [result] = results(study, patient)
    changes = study.save(patient, [Edit("mrd", {"target_copies": copies("9.0")}, result.id)], BY)
    assert changes.records == ()
    assert study.corrections("mrd", result.id) == ()


def test_an_impossible_value_is_never_saved(study: Study, patient: int) -> None:
    with pytest.raises(RejectedError, match="after today") as caught:
        study.save(patient, [Edit("mrd", mrd(collected=PartialDate(2027, 1, 1)))], Context("C. Rossi", "I insist"))
    assert [f.severity for f in caught.value.findings] == [Severity.ERROR]
    assert results(study, patient) == ()


def test_a_doubtful_value_asks_for_a_reason_and_stays_flagged(study: Study, patient: int) -> None:
    doubtful = mrd(target_copies=copies("0"), control_copies=copies("900"))
    with pytest.raises(RejectedError):
        study.save(patient, [Edit("mrd", doubtful)], BY)
    assert results(study, patient) == ()
    study.save(patient, [Edit("mrd", doubtful)], Context("C. Rossi", "As on the report"))
    [flag] = study.chart(patient).flags
    [result] = results(study, patient)
    assert (flag.about_kind, flag.about_id, flag.answer) == ("mrd", result.id, "As on the report")


def test_a_doubt_once_answered_is_not_asked_again(study: Study, patient: int) -> None:
    doubtful = mrd(target_copies=copies("0"), control_copies=copies("900"))
    study.save(patient, [Edit("mrd", doubtful)], Context("C. Rossi", "As on the report"))
    [result] = results(study, patient)
    study.save(patient, [Edit("mrd", {"comment": "Haemolysed"}, result.id)], Context("C. Rossi", "Comment added"))
    assert len(study.chart(patient).of(Flag)) == 1


def test_a_doubt_in_other_words_is_asked_again(study: Study, patient: int) -> None:
    doubtful = mrd(target_copies=copies("0"), control_copies=copies("900"))
    study.save(patient, [Edit("mrd", doubtful)], Context("C. Rossi", "As on the report"))
    [result] = results(study, patient)
    study.save(patient, [Edit("mrd", {"control_copies": copies("800")}, result.id)], Context("C. Rossi", "Read again"))
    assert [flag.answer for flag in study.chart(patient).of(Flag)] == ["As on the report", "Read again"]


def test_a_child_that_was_withdrawn_before_its_parent_keeps_its_own_reason(study: Study, patient: int) -> None:
    first, second = (
        Edit("replicate", {"number": number, "target_copies": copies("9"), "control_copies": copies("43800")})
        for number in (1, 2)
    )
    saved = study.save(patient, [Edit("mrd", mrd(), children=(first, second))], BY).records
    (_, result), (_, twice), (_, other) = saved
    gone = Edit("replicate", {}, twice, withdrawn=True)
    study.save(patient, [Edit("mrd", {}, result, (gone,))], Context("C. Rossi", "Counted twice"))
    study.void(patient, "mrd", result, Context("C. Rossi", "Wrong patient"))
    withdrawn = [line for line in study.trail.lines() if line.kind == "replicate" and line.reason]
    assert [(line.record, line.reason) for line in withdrawn] == [(other, "Wrong patient"), (twice, "Counted twice")]


def test_children_are_saved_with_their_parent_or_not_at_all(study: Study, patient: int) -> None:
    replicate = Edit("replicate", {"number": 1, "target_copies": copies("9"), "control_copies": copies("43800")})
    study.save(patient, [Edit("mrd", mrd(), children=(replicate,))], BY)
    [result] = results(study, patient)
    [stored] = study.chart(patient).of(MrdReplicate)
    assert stored.parent == result.id
    bad = Edit("replicate", {"number": 1, "target_copies": copies("-1")})
    with pytest.raises(RejectedError):
        study.save(patient, [Edit("mrd", mrd(collected=PartialDate(2026, 4, 9)), children=(bad,))], BY)
    assert len(results(study, patient)) == 1


def test_several_records_are_saved_together_or_not_at_all(study: Study, patient: int) -> None:
    good, bad = Edit("mrd", mrd()), Edit("mrd", mrd(specimen="SALIVA"))
    with pytest.raises(RejectedError):
        study.save(patient, [good, bad], BY)
    assert results(study, patient) == ()


def test_the_age_is_held_against_the_birth_and_the_consent_that_are_saved_with_it(study: Study) -> None:
    def screen(number: str, signed: PartialDate) -> None:
        day = PartialDate(2026, 1, 15)
        patient = Edit("patient", {"screening_number": number, "screened": day, "sex": "F", "age": 58})
        born = Edit("identity", {"birth_date": PartialDate(1968, 2, 1)})
        study.screen((patient, born, Edit("consent", {"version": "4.0", "signed": signed})), BY)

    screen("S8", PartialDate(2026, 2, 3))  # 57 when she was screened
    with pytest.raises(RejectedError, match="at consent it would be 57"):
        screen("S9", PartialDate(2026, 1, 20))


def test_a_fatal_event_is_held_against_the_death_that_is_saved_with_it(study: Study, patient: int) -> None:
    course = Edit("ae_grade", {"since": DAY_85, "grade": "5"})
    said = {"outcome": "FATAL", "serious": True, "seriousness": ("AESDTH",), "aware": study.clock.now()}
    values = {"term": "Lung infection", "version": "4.03", "began": DAY_85, **said}
    fatal = Edit("adverse_event", values, children=(course,))
    with pytest.raises(RejectedError, match="no death of this patient is recorded"):
        study.save(patient, [fatal], BY)
    study.save(patient, [fatal, Edit("death", {"date": DAY_85})], BY)
    assert study.chart(patient).flags == ()


def test_no_range_begins_on_the_day_of_another_neither_entered_nor_corrected(study: Study) -> None:
    ranges = [
        {"laboratory": "North", "test": "ALT", "valid_from": PartialDate(2026, month), "upper": limit}
        for month, limit in ((1, Quantity(Decimal(40), "U/L")), (3, Quantity(Decimal(60), "U/L")))
    ]
    study.save(0, [Edit("lab_range", values) for values in ranges], BY)
    later = max(found.id for found in study.ranges())
    moved = Edit("lab_range", {"valid_from": PartialDate(2026, 1)}, later)
    for edit in (Edit("lab_range", ranges[0]), moved):
        with pytest.raises(RejectedError, match="a range from this day is recorded already"):
            study.save(0, [edit], Context("C. Rossi", "Letter of the laboratory"))
    assert [found.valid_from.month for found in study.ranges()] == [1, 3]


def test_a_withdrawn_record_leaves_the_chart_and_stays_in_the_history(study: Study, patient: int) -> None:
    study.save(patient, [Edit("mrd", mrd())], BY)
    [result] = results(study, patient)
    with pytest.raises(TrialError, match="reason"):
        study.void(patient, "mrd", result.id, BY)
    study.void(patient, "mrd", result.id, Context("C. Rossi", "Another patient's result"))
    assert results(study, patient) == ()
    [correction] = study.corrections("mrd", result.id)
    assert (correction.label, correction.new) == ("Withdrawn", "Another patient's result")


def test_two_samples_of_one_day_are_asked_about_once_and_both_kept(study: Study, patient: int) -> None:
    study.save(patient, [Edit("mrd", mrd())], BY)
    with pytest.raises(RejectedError, match="recorded already"):
        study.save(patient, [Edit("mrd", mrd())], BY)
    study.save(patient, [Edit("mrd", mrd())], Context("C. Rossi", "Second sample, repeated by the laboratory"))
    assert len(results(study, patient)) == 2


def test_blood_and_marrow_of_one_day_need_no_reason(study: Study, patient: int) -> None:
    study.save(patient, [Edit("mrd", mrd()), Edit("mrd", mrd(specimen="BLOOD"))], BY)
    assert len(results(study, patient)) == 2


def test_saving_a_form_takes_its_draft_with_it(study: Study, patient: int) -> None:
    study.save_draft("mrd/new", {"target_copies": "9"})
    assert study.draft("mrd/new") == {"target_copies": "9"}
    study.save(patient, [Edit("mrd", mrd(), draft="mrd/new")], BY)
    assert study.draft("mrd/new") is None


def test_a_factor_of_the_international_scale_is_refused_on_p190(study: Study, patient: int) -> None:
    factor = Quantity(Decimal("0.8"), "")
    with pytest.raises(RejectedError, match="International Scale") as caught:
        study.save(patient, [Edit("mrd", mrd(international_factor=factor))], Context("C. Rossi", "I insist"))
    assert caught.value.findings[0].field == "international_factor"


def test_a_child_entered_by_mistake_is_withdrawn_with_its_reason(study: Study, patient: int) -> None:
    replicates = tuple(
        Edit("replicate", {"number": n, "target_copies": copies("3"), "control_copies": copies("14600")})
        for n in (1, 2, 3)
    )
    study.save(patient, [Edit("mrd", mrd(), children=replicates)], BY)
    [result] = results(study, patient)
    third = study.chart(patient).of(MrdReplicate)[2]
    gone = Edit("mrd", {}, result.id, (Edit("replicate", {}, third.id, withdrawn=True),))
    with pytest.raises(TrialError, match="add up to 6"):
        study.save(patient, [gone], BY)
    study.save(patient, [gone], Context("C. Rossi", "Well 3 was empty"))
    assert [r.number for r in study.chart(patient).of(MrdReplicate)] == [1, 2]
    assert study.corrections("replicate", third.id)[0].new == "Well 3 was empty"


def test_the_only_grade_of_an_event_is_not_withdrawn(study: Study, patient: int) -> None:
    grade = Edit("ae_grade", {"since": DAY_85, "grade": "2"})
    event = Edit("adverse_event", {"term": "Fever", "version": "4.03", "began": DAY_85}, children=(grade,))
    changes = study.save(patient, [event], BY)
    [event_id] = [id_ for kind, id_ in changes.records if kind == "adverse_event"]
    [grade_id] = [id_ for kind, id_ in changes.records if kind == "ae_grade"]
    gone = Edit("adverse_event", {}, event_id, (Edit("ae_grade", {}, grade_id, withdrawn=True),))
    with pytest.raises(RejectedError, match="at least one grade"):
        study.save(patient, [gone], Context("C. Rossi", "Mistake"))
    replaced = (Edit("ae_grade", {}, grade_id, withdrawn=True), Edit("ae_grade", {"since": DAY_85, "grade": "3"}))
    study.save(patient, [Edit("adverse_event", {}, event_id, replaced)], Context("C. Rossi", "Read again"))
    assert [view.worst for view in study.chart(patient).events] == [3]


def test_a_correction_of_one_child_is_checked_as_the_whole_row(study: Study, patient: int) -> None:
    replicate = Edit("replicate", {"number": 1, "target_copies": copies("9"), "control_copies": copies("43800")})
    study.save(patient, [Edit("mrd", mrd(), children=(replicate,))], BY)
    [result] = results(study, patient)
    [stored] = study.chart(patient).of(MrdReplicate)
    changed = Edit("replicate", {"control_copies": copies("43801")}, stored.id)
    study.save(patient, [Edit("mrd", {}, result.id, (changed,))], Context("C. Rossi", "Typing error"))
    assert study.chart(patient).of(MrdReplicate)[0].control_copies == copies("43801")


ABOUT_DATA = ("record_lock", "signature", "verification", "query", "query_step", "flag", "document", "data_cut")
OF_PEOPLE = ("account", "training")


@pytest.mark.parametrize("kind", [*ABOUT_DATA, *OF_PEOPLE, "nothing known"])
def test_what_has_a_right_of_its_own_is_not_entered_or_withdrawn_as_data(study: Study, patient: int, kind: str) -> None:
    before = study.trail.head()
    with pytest.raises(TrialError, match="not entered as data"):
        study.save(patient, [Edit(kind, {})], Context("C. Rossi", "Because"))
    with pytest.raises(TrialError, match="not entered as data"):
        study.void(patient, kind, 1, Context("C. Rossi", "Because"))
    assert study.trail.head() == before


def test_a_child_is_not_reached_through_another_record(study: Study, patient: int) -> None:
    replicate = Edit("replicate", {"number": 1, "target_copies": copies("9"), "control_copies": copies("43800")})
    for _ in range(2):
        study.save(patient, [Edit("mrd", mrd(), children=(replicate,))], Context("C. Rossi", "Measured twice"))
    first, second = results(study, patient)
    [of_second] = (r for r in study.chart(patient).of(MrdReplicate) if r.parent == second.id)
    for change in (Edit("replicate", {"number": 2}, of_second.id), Edit("ae_grade", {"since": DAY_85, "grade": "2"})):
        with pytest.raises(TrialError, match="belongs to another record"):
            study.save(patient, [Edit("mrd", {}, first.id, (change,))], Context("C. Rossi", "Typing error"))
    assert of_second in study.chart(patient).of(MrdReplicate)


def test_a_patient_is_never_withdrawn(study: Study, patient: int) -> None:
    with pytest.raises(TrialError, match="as a screen failure"):
        study.void(patient, "patient", patient, Context("C. Rossi", "Entered twice"))
    assert study.chart(patient).patient.id == patient


def test_a_record_of_its_own_is_not_withdrawn_by_saving(study: Study, patient: int) -> None:
    study.save(patient, [Edit("mrd", mrd())], BY)
    [result] = results(study, patient)
    for kind, record in (("patient", patient), ("mrd", result.id)):
        with pytest.raises(TrialError, match="is withdrawn, not saved"):
            study.save(patient, [Edit(kind, {}, record, withdrawn=True)], Context("C. Rossi", "Entered twice"))
    assert [left.id for left in results(study, patient)] == [result.id]
