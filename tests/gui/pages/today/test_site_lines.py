"""What was changed last, in the words of the side column."""

from datetime import UTC, date, datetime
from types import MappingProxyType

import pytest

from gui.pages.today.site_lines import change_items
from models.domain.notation import Desk
from models.study import Correction
from models.study_types import TrailLine

TODAY = date(2026, 10, 2)
NOW = datetime(2026, 10, 2, 9, 41, tzinfo=UTC)


def line(kind: str, title: str, which: str = "", act: str = "insert", record: int = 7) -> TrailLine:
    return TrailLine(
        1, NOW, "rossi", "C. Rossi", act, kind, title, which, record, 31, "042-031", (), MappingProxyType({}), "", ""
    )


def changed(of: TrailLine, field: str) -> TrailLine:
    return of._replace(act="update", changes=(Correction(NOW, "rossi", of.kind, 7, field, field, None, "1", "Error"),))


def test_an_entry_of_today_says_when_whose_what_and_by_whom_and_opens_its_form() -> None:
    [item] = change_items([line("mrd", "MRD result", "Bone marrow, 10 Sep 2026")], TODAY, Desk.ENGLISH)
    assert (item.badge, item.label, item.text) == ("09:41", "042-031", "MRD result entered")
    assert item.detail == "Bone marrow, 10 Sep 2026 · C. Rossi"
    assert (item.patient, item.kind, item.record_id, item.tab) == (31, "mrd", 7, "")


def test_a_change_of_another_day_says_which() -> None:
    before = changed(line("mrd", "MRD result"), "comment")._replace(at=datetime(2026, 9, 30, 14, 5, tzinfo=UTC))
    [item] = change_items([before], TODAY, Desk.ENGLISH)
    assert (item.badge, item.text) == ("30 Sep 2026, 14:05", "MRD result corrected")


def test_what_was_saved_at_once_is_one_line_named_by_what_was_entered_first() -> None:
    together = [line("lumbar_puncture", "Lumbar puncture"), line("vitals", "Vital signs"), line("visit", "Visit")]
    [item] = change_items(together, TODAY, Desk.ENGLISH)
    assert (item.text, item.detail) == ("Visit entered", "and 2 more · C. Rossi")


def test_two_people_or_two_moments_are_two_lines() -> None:
    lines = [
        line("visit", "Visit"),
        line("visit", "Visit")._replace(actor="bianchi"),
        line("visit", "Visit")._replace(at=datetime(2026, 10, 2, 9, 40, tzinfo=UTC)),
    ]
    assert len(change_items(lines, TODAY, Desk.ENGLISH)) == 3


@pytest.mark.parametrize(
    "of",
    [
        changed(line("mrd", "MRD result"), "voided"),
        line("signature", "Signature"),
        line("ae_grade", "Grade"),
    ],
    ids=["withdrawn", "without a form", "part of a record"],
)
def test_what_has_no_form_to_open_leads_to_the_history_of_the_patient(of: TrailLine) -> None:
    [item] = change_items([of], TODAY, Desk.ENGLISH)
    assert (item.tab, item.kind, item.record_id) == ("history", "", 0)


def test_a_withdrawal_says_so() -> None:
    [item] = change_items([changed(line("mrd", "MRD result"), "voided")], TODAY, Desk.ENGLISH)
    assert item.text == "MRD result withdrawn"


def test_a_part_of_a_record_is_named_with_it() -> None:
    [item] = change_items([line("ae_grade", "Grade", "Fever, 1 Oct 2026 · 3: severe")], TODAY, Desk.ENGLISH)
    assert item.text == "Adverse event: grade entered"


def test_a_part_whose_name_says_what_it_belongs_to_stands_alone() -> None:
    [item] = change_items([line("replicate", "MRD replicate")], TODAY, Desk.ENGLISH)
    assert item.text == "MRD replicate entered"


def test_what_is_about_no_patient_is_left_out() -> None:
    assert change_items([line("data_cut", "Data cut")._replace(patient_id=0)], TODAY, Desk.ENGLISH) == ()
