from datetime import UTC, datetime
from pathlib import Path

from models.domain.notation import Desk
from models.domain.printing import Printing
from models.queries.work_items import Urgency, WorkItem
from models.queries.worklist import Section
from models.reports.worklist import worklist
from tests.models.reports.reading import page_texts


def item(number: int, text: str) -> WorkItem:
    label = f"042-{number:03d}"
    return WorkItem(number, label, text, "window 5 – 19 Oct", "closing", Urgency.NOW, "visit")


def texts(tmp_path: Path, *items: WorkItem) -> list[str]:
    path = tmp_path / "today.pdf"
    section = Section("visits", "Visits", "window open, closing or past", items)
    now = datetime(2026, 10, 2, 8, 5, tzinfo=UTC)
    pages = worklist(
        [section], path, Printing("LAL2116", "042", "C. Rossi", now, Desk.ENGLISH, "0.1.0", "12-3456 789a")
    )
    assert pages == len(page_texts(path))
    return page_texts(path)


def test_each_line_is_printed_with_its_patient_and_state(tmp_path: Path) -> None:
    (text,) = texts(tmp_path, item(17, "Cycle 5, day 1 <due>"))
    assert "Visits (1)" in text
    assert "042-017 Cycle 5, day 1 <due>" in text
    assert "closing" in text
    assert "Printed 2 Oct 2026, 08:05 UTC+00:00 by C. Rossi · audit trail 12-3456 789a · AlbaTrack 0.1.0" in text


def test_an_empty_section_says_so(tmp_path: Path) -> None:
    assert "Nothing." in texts(tmp_path)[0]


def test_a_long_list_goes_on_over_pages_and_loses_no_line(tmp_path: Path) -> None:
    pages = texts(tmp_path, *[item(number, "Visit") for number in range(150)])
    assert len(pages) > 1
    assert all(f"042-{number:03d}" in " ".join(pages) for number in range(150))
