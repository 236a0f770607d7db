"""Every paper comes out whole when everything that a person can type is as long as it may be."""

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from reportlab.platypus import Paragraph

from models.chart.patient_chart import PatientChart
from models.domain.fields import LONGEST_NAME, LONGEST_TEXT, FieldType
from models.domain.notation import Desk
from models.domain.partial_dates import PartialDate
from models.domain.printing import Printing
from models.queries.accounts import Tenure
from models.queries.work_items import Urgency, WorkItem
from models.queries.worklist import Section
from models.records import Record
from models.records.flags import Flag
from models.records.laboratory import LabResult
from models.records.patient import Identity, Patient
from models.records.people import Training
from models.reports.access_list import access_list
from models.reports.fallback_set import fallback_set
from models.reports.identification_list import identification_list
from models.reports.visit_summary import visit_summary
from models.reports.worklist import worklist
from tests.builders import LABORATORY, a_patient, dalba
from tests.models.reports.reading import page_texts

WORD = "Ω" * LONGEST_TEXT
LINES = "".join(f"L{number:04d} {'so it goes on ' * 13}\n" for number in range(LONGEST_TEXT // 189))
NAME = "N" * LONGEST_NAME
NOW = datetime(2026, 10, 2, 9, tzinfo=UTC)
PRINTING = Printing(NAME, f"042, {NAME}", NAME, NOW, Desk.ENGLISH, "1", "12-ab cd", synthetic=True)

typed = pytest.mark.parametrize("text", [WORD, LINES], ids=["one word", "many lines"])


def full(record: Record, text: str) -> Record:
    """The record with as much in each of its texts as the program takes."""
    texts = {FieldType.TEXT, FieldType.NOTE}
    fields: dict[str, Any] = {
        field.name: text[: field.longest] for field in record.kind.fields.values() if field.type in texts
    }
    return replace(record, **fields)


def chart(text: str, kind: str = "") -> PatientChart:
    """A patient with a record of each kind of which a paper prints words that somebody typed: all full, or one kind."""
    builder = a_patient().phase("induction", 1).visit("D22", 30, reason="late").dose("dasatinib", 140, 1)
    builder.event("Nervous system disorders - Other, specify", 25, serious=True)
    builder.lab("PLAT", 30, 5, "10^9/L", visit="D22").lab("NEUT", 30, 5, "10^9/L", visit="D22")
    builder.add(LabResult(test="ALT", collected=builder.on(30), visit="D22", not_done="lost", laboratory=LABORATORY))
    builder.add(Flag(about_kind="mrd", about_id=1, message="Why?", answer="Because"))
    plain = builder.chart()
    records = {
        name: tuple(full(record, text) if kind in ("", name) else record for record in rows)
        for name, rows in plain.records.items()
    }
    (patient,) = records["patient"]
    assert isinstance(patient, Patient)
    return replace(plain, patient=patient, records=records)


def whole(pdf: BytesIO, text: str, times: int) -> bool:
    """Whether every character of the text stands on the pages, as often as it was typed."""
    said = "".join(page_texts(pdf.getvalue()))
    return said.count("Ω") == times * len(text) if text == WORD else said.count("L0104") == times


@typed
@pytest.mark.parametrize(
    ("kind", "times"), [("patient", 0), ("visit", 1), ("adverse_event", 0), ("exposure", 1), ("lab", 1), ("flag", 2)]
)
def test_the_visit_summary(kind: str, times: int, text: str) -> None:
    out = BytesIO()
    assert visit_summary(chart(text, kind), out, PRINTING, visit=None).pages == len(page_texts(out.getvalue()))
    assert not times or whole(out, text, times)


@typed
def test_the_fallback_set(text: str) -> None:
    paper = fallback_set([chart(text)], PRINTING, total=1, protocol=dalba(), password="bako-meru")
    assert paper is not None


@typed
def test_the_identification_list(text: str) -> None:
    known = Identity(id=1, patient=1, family_name="a", given_name="b", hospital_number="c", contact="d")
    held, identity = chart(text).patient, full(known, text)
    assert isinstance(identity, Identity)
    out = BytesIO()
    assert identification_list([held], [identity], out, PRINTING) == len(page_texts(out.getvalue()))


@typed
def test_the_list_of_the_day(text: str) -> None:
    items = [WorkItem(1, NAME, text, "", "", Urgency.NOW, "flag")] * 2
    out = BytesIO()
    worklist([Section("flags", "Open questions", "", tuple(items))], out, PRINTING)
    assert whole(out, text, 2)


@typed
def test_the_list_of_access_and_training(text: str) -> None:
    training = Training(login="a" * 64, subject=NAME, given=PartialDate(2026, 1, 1), comment=text)
    out = BytesIO()
    access_list([Tenure("a" * 64, NAME, "INVESTIGATOR", NOW, None)], [training], out, PRINTING)
    assert whole(out, text, 1)


def test_each_line_of_a_long_text_is_broken_about_as_often_whatever_the_length(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(lines: int) -> int:
        found = 0
        breaking = Paragraph.breakLines

        def counting(text: Paragraph, width: float) -> Any:
            nonlocal found
            made = breaking(text, width)
            found += len(made.lines)
            return made

        with monkeypatch.context() as patch:
            patch.setattr(Paragraph, "breakLines", counting)
            visit_summary(chart("a\n" * lines), BytesIO(), PRINTING, visit=None)
        return found

    assert broken(400) < 5 * broken(100)
