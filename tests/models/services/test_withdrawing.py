"""A record of which a patient has one: withdrawn, entered anew, and each of the two with its own history."""

import pytest

from models.domain.context import Context
from models.domain.errors import TrialError
from models.domain.partial_dates import PartialDate
from models.records.disease import Disease
from models.records.outcome import Death
from models.study import Edit, Study
from tests.study_fixtures import BY, PASSWORD

WRONG = Context("C. Rossi", "Another patient's")
FIRST, SECOND = PartialDate(2026, 9, 1), PartialDate(2026, 9, 3)


def entered(study: Study, patient: int, day: PartialDate) -> int:
    [(_, id_)] = study.save(patient, [Edit("death", {"date": day})], BY).records
    return id_


@pytest.fixture
def withdrawn(study: Study, patient: int) -> int:
    """The id of a death that was entered and withdrawn."""
    death = entered(study, patient, FIRST)
    study.void(patient, "death", death, WRONG)
    return death


def test_a_death_that_was_withdrawn_is_entered_anew(study: Study, patient: int, withdrawn: int) -> None:
    again = entered(study, patient, SECOND)
    [death] = study.chart(patient).of(Death)
    assert (death.id, death.date) == (again, SECOND)
    assert study.chart(patient).status == "DEAD"
    [gone] = study.withdrawn(patient, "death")
    assert (gone.record.id, gone.reason) == (withdrawn, "Another patient's")


def test_the_new_one_is_corrected_and_has_a_history_of_its_own(study: Study, patient: int, withdrawn: int) -> None:
    again = entered(study, patient, SECOND)
    study.save(patient, [Edit("death", {"cause": "LEUKAEMIA"}, again)], Context("C. Rossi", "Letter of the ward"))
    assert [(each.field, each.reason) for each in study.corrections("death", again)] == [
        ("cause", "Letter of the ward")
    ]
    assert [each.field for each in study.corrections("death", withdrawn)] == ["voided"]


def test_a_second_one_beside_the_new_one_is_refused(study: Study, patient: int, withdrawn: int) -> None:
    entered(study, patient, SECOND)
    with pytest.raises(TrialError, match="has one already"):
        entered(study, patient, FIRST)
    study.void(patient, "death", study.chart(patient).of(Death)[0].id, WRONG)
    assert {gone.record.id for gone in study.withdrawn(patient, "death")} > {withdrawn}


@pytest.mark.parametrize(
    ("kind", "values"), [("disease", {"transcript": "p210"}), ("identity", {"family_name": "Bianchi"})]
)
def test_every_kind_of_which_there_is_one_is_entered_anew(
    study: Study, patient: int, kind: str, values: dict[str, str]
) -> None:
    [known] = study.chart(patient).records[kind]
    study.void(patient, kind, known.id, WRONG)
    study.save(patient, [Edit(kind, values)], BY)
    [standing] = study.chart(patient).records[kind]
    assert standing.values().items() >= values.items()


def test_what_was_withdrawn_is_not_corrected(study: Study, patient: int, withdrawn: int) -> None:
    with pytest.raises(TrialError, match=r"was withdrawn \(Another patient's\), so it can be neither corrected"):
        study.save(patient, [Edit("death", {"date": SECOND}, withdrawn)], Context("C. Rossi", "Typing error"))
    assert study.withdrawn(patient, "death")[0].record.values()["date"] == FIRST


def test_what_was_withdrawn_is_not_withdrawn_again(study: Study, patient: int, withdrawn: int) -> None:
    with pytest.raises(TrialError, match="nor withdrawn again"):
        study.void(patient, "death", withdrawn, Context("C. Rossi", "Once more"))
    assert study.withdrawn(patient, "death")[0].reason == "Another patient's"


def test_the_trail_and_a_backup_hold_both(study: Study, patient: int, withdrawn: int) -> None:
    again = entered(study, patient, SECOND)
    assert study.trail.verify().problems == ()
    backup = study.backups.make().backup
    study.backups.check(backup)
    with Study.open(backup.path, BY.actor, PASSWORD, clock=study.clock, read_only=True) as kept:
        assert [death.id for death in kept.chart(patient).of(Death)] == [again]
        assert [gone.record.id for gone in kept.withdrawn(patient, "death")] == [withdrawn]


@pytest.mark.parametrize("edit", [Edit("death", {"date": FIRST}), Edit("patient", {"age": 60}, 99)])
def test_saving_for_a_patient_who_is_not_there_says_so(study: Study, edit: Edit) -> None:
    with pytest.raises(TrialError, match="not in the study any more"):
        study.save(99, [edit], WRONG)


def test_a_record_without_its_patient_is_refused_in_words(study: Study) -> None:
    with pytest.raises(TrialError, match="belongs to is not in the study"):
        study.save(0, [Edit("death", {"date": FIRST})], BY)


def test_the_disease_entered_anew_is_the_one_that_rules_read(study: Study, patient: int) -> None:
    [known] = study.chart(patient).of(Disease)
    study.void(patient, "disease", known.id, WRONG)
    study.save(patient, [Edit("disease", {"transcript": "p210"})], BY)
    disease = study.chart(patient).disease
    assert disease is not None
    assert disease.transcript == "p210"
