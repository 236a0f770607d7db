from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from models.domain.notation import Desk
from models.domain.partial_dates import PartialDate
from models.domain.printing import Printing
from models.records.patient import Identity, Patient
from models.reports.changed_values import NOTE, Changed
from models.reports.identification_list import identification_list
from tests.models.reports.reading import page_texts

DAY = PartialDate(2026, 1, 5)
NOW = datetime(2026, 10, 2, 8, 5, tzinfo=UTC)


def person(number: int, **facts: Any) -> Patient:
    given: dict[str, Any] = {
        "subject_number": f"042-{number:03d}",
        "screening_number": f"S042-{number:03d}",
        "screened": DAY,
    }
    return Patient(id=number, **{**given, "sex": "F", "enrolled": DAY, **facts})


def identity(number: int, **facts: Any) -> Identity:
    given: dict[str, Any] = {"family_name": "Bianchi <b>", "given_name": "Anna", "hospital_number": "H-77"}
    return Identity(id=number, patient=number, **{**given, "birth_date": PartialDate(1967, 5, 4), **facts})


def texts(
    *pairs: tuple[Patient, Identity | None], synthetic: bool = False, changed: Changed = frozenset()
) -> list[str]:
    out = BytesIO()
    pages = identification_list(
        [patient for patient, _ in pairs],
        [known for _, known in pairs if known],
        out,
        Printing("LAL2116", "042", "C. Rossi", NOW, Desk.ENGLISH, "0.1.0", "12-3456 789a", synthetic),
        changed,
    )
    found = page_texts(out.getvalue())
    assert pages == len(found)
    return found


def test_each_person_stands_in_a_line_with_name_birth_date_and_hospital_number() -> None:
    (text,) = texts((person(1), identity(1)), (person(2), identity(2, family_name="Verdi", given_name=None)))
    assert "042-001 S042-001 Bianchi <b>, Anna 4 May 1967 H-77 5 Jan 2026" in text
    assert "042-002 S042-002 Verdi 4 May 1967" in text


def test_a_screen_failure_and_an_identity_that_is_missing_are_said() -> None:
    failed = person(1, subject_number=None, enrolled=None, screen_failure=DAY)
    (text,) = texts((failed, None))
    assert "\N{EN DASH} S042-001 identity not entered" in text
    assert "screen failure" in text


def test_every_page_says_that_it_is_confidential_who_printed_it_and_when() -> None:
    pages = texts(*[(person(number), identity(number)) for number in range(80)])
    assert len(pages) > 1
    for page in pages:
        assert "CONFIDENTIAL" in page
        assert "Printed 2 Oct 2026, 08:05 UTC+00:00 by C. Rossi · audit trail 12-3456 789a" in page
    assert "It stays at the site" in pages[0]


def test_synthetic_persons_are_marked() -> None:
    assert "SYNTHETIC PATIENTS" in texts((person(1), identity(1)), synthetic=True)[0]


def test_a_corrected_value_is_marked_and_the_mark_explained() -> None:
    corrected = frozenset({("identity", 1, "birth_date"), ("patient", 1, "enrolled")})
    (text,) = texts((person(1), identity(1)), changed=corrected)
    assert "Bianchi <b>, Anna 4 May 1967‡ H-77 5 Jan 2026‡" in text
    assert NOTE in text


def test_without_a_correction_nothing_is_marked() -> None:
    assert "‡" not in texts((person(1), identity(1)), changed=frozenset({("patient", 2, "enrolled")}))[0]


def test_one_person_is_no_persons() -> None:
    assert "site 042, 1 person Confidential" in texts((person(1), identity(1)))[0]
