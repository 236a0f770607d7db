"""From the first contact to the printed visit summary, with the keyboard only."""

from pathlib import Path

from tests.models.reports.reading import page_texts
from tests.scenarios.person import Person, even

VALUES = {"I5": "1", "I6": "90", "I7": "0.8", "I8": "1.1"}
"""The criteria of the protocol with a limit; the age follows from the first step."""


def answer_the_criteria(person: Person) -> None:
    for criterion in person.study.protocol.criteria:
        if criterion.code in VALUES:
            person.fill(**{f"criterion_{criterion.code}_value": VALUES[criterion.code]})
        elif criterion.limit is None:
            person.go_to(f"criterion_{criterion.code}_yes")
            person.type("n" if criterion.exclusion else "y")


def enrol(person: Person) -> None:
    person.keys("Ctrl+E")
    person.until(lambda: person.focus.objectName() == "patient_screened")
    person.fill(patient_screened="28 sep 2026", patient_sex="female")
    person.fill(consent_version="4.0", consent_signed="28 sep 2026", identity_birth_date="4 may 1967")
    person.save()
    person.until(lambda: person.focus.objectName() == "eligibility_assessed")
    person.type("29 sep 2026")
    answer_the_criteria(person)
    assert person.says("eligible")
    person.save()
    person.until(lambda: person.focus.objectName() == "disease_diagnosed")
    person.fill(disease_diagnosed="20 sep 2026", disease_transcript="p190")
    person.save()
    person.until(lambda: person.focus.objectName() == "patient_enrolled")
    person.fill(patient_enrolled="30 sep 2026", phase_began_prephase="30 sep 2026", phase_began_induction="1 oct 2026")
    person.save()
    person.until(lambda: person.view.target.page == "patient")


def test_a_patient_is_enrolled_her_first_result_classified_and_her_summary_printed(
    person: Person, tmp_path: Path
) -> None:
    assert person.view.target.page == "today"
    enrol(person)
    assert person.text("patientNumber") == "042-001"

    person.keys("Ctrl+M")
    person.front("mrd_dialog")
    person.fill(mrd_collected="29 sep 2026", mrd_target_copies="64000", mrd_control_copies="100000")
    assert person.text("mrd_class") == "Positive"
    assert person.chart("042-001").course.series == ()
    person.fill(mrd_target_copies="0", mrd_control_copies="45310")
    assert person.text("mrd_class") == "Complete molecular response"
    assert person.text("mrd_side_1") == "0.0022 % (MR4.5)"
    person.fill(mrd_target_copies="12 500", mrd_control_copies="100 000")
    assert person.text("mrd_class") == "Positive"
    person.save()
    person.gone("mrd_dialog")

    person.keys("Ctrl+1")
    (point,) = person.points()
    assert point.lines[0].startswith("Baseline")
    assert even(point.lines[1]) == "p190, bone marrow: 12.5 %"

    person.keys("Ctrl+P")
    person.front("paper_dialog")
    assert person.says("page 1 of 1")
    pdf = tmp_path / "summary.pdf"
    with person.file_named(pdf):
        person.keys("Ctrl+S")
    assert person.says("Saved as")
    (paper,) = page_texts(pdf)
    assert "042-001" in paper
    assert "Positive" in paper
    assert "12.5" in paper
    person.keys("Esc")
    person.gone("paper_dialog")
