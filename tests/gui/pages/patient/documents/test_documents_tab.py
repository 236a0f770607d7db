"""The papers of a patient's file in the window: added, shown from memory, copied with a warning, withdrawn."""

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.pages.patient.documents.add_dialog import AddDialog
from gui.pages.patient.documents.paper_line import PaperLine
from gui.pages.patient.documents.presenter import WHOLE, about_words, choices
from gui.pages.patient.documents.tab import Tab
from gui.pages.patient.documents.viewer import DocumentViewer
from gui.widgets.header import Button
from gui.workspace import Workspace
from models.domain.notation import Desk
from models.study import Study
from tests.gui.fakes import NotingHost
from tests.gui.pages.patient.conftest import treated

__all__ = ["treated"]


def a_pdf(pages: int = 2) -> bytes:
    out = BytesIO()
    with pikepdf.new() as paper:
        for _ in range(pages):
            paper.add_blank_page()
        paper.save(out)
    return out.getvalue()


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A report of two pages as a laboratory sends it."""
    path = tmp_path / "report 2026.pdf"
    path.write_bytes(a_pdf())
    return path


@pytest.fixture
def tab(qtbot: QtBot, bare: Workspace, treated: int) -> Tab:
    made = Tab(bare)
    qtbot.addWidget(made)
    made.resize(1100, 500)
    made.show_chart(bare.study.chart(treated))
    return made


def mrd_of(study: Study, patient: int) -> int:
    return study.chart(patient).records["mrd"][0].id


def test_a_paper_is_added_about_a_result_under_a_title_that_names_it(
    qtbot: QtBot, bare: Workspace, treated: int, report: Path
) -> None:
    chart = bare.study.chart(treated)
    record = mrd_of(bare.study, treated)
    dialog = AddDialog(bare, chart, ("mrd", record))
    qtbot.addWidget(dialog)
    assert not dialog.save.isEnabled()
    assert str(dialog.title.value()).startswith("Report of MRD result, ")
    dialog.take_file(report)
    dialog.save.click()
    [document] = bare.study.documents.list(treated)
    assert (document.kind, document.record, document.file_name) == ("mrd", record, "report 2026.pdf")
    assert bare.study.documents.read(document.id) == report.read_bytes()


def test_the_name_of_the_file_is_the_title_where_nothing_better_is_known(
    qtbot: QtBot, bare: Workspace, treated: int, report: Path
) -> None:
    dialog = AddDialog(bare, bare.study.chart(treated))
    qtbot.addWidget(dialog)
    dialog.take_file(report)
    assert dialog.title.value() == "report 2026"


def test_a_file_that_is_no_paper_is_refused_in_the_dialog(
    qtbot: QtBot, bare: Workspace, treated: int, tmp_path: Path
) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("no paper")
    dialog = AddDialog(bare, bare.study.chart(treated))
    qtbot.addWidget(dialog)
    dialog.take_file(path)
    dialog.save.click()
    assert bare.study.documents.list(treated) == ()
    assert dialog.result() == 0


def test_the_patient_stands_first_among_what_a_paper_can_be_about(bare: Workspace, treated: int) -> None:
    chart = bare.study.chart(treated)
    offered = choices(chart, Desk.ENGLISH)
    assert offered[0] == ("The patient", WHOLE)
    assert any(words.startswith("MRD result, ") for words, _ in offered)
    assert about_words(chart, "mrd", 999, Desk.ENGLISH) == "MRD result, withdrawn"


def test_a_pdf_is_shown_page_by_page(qtbot: QtBot) -> None:
    viewer = DocumentViewer("Report", a_pdf(3), "application/pdf")
    qtbot.addWidget(viewer)
    viewer.show()
    assert viewer.where.text() == "page 1 of 3"
    assert not viewer.image().isNull()
    viewer.forth.click()
    viewer.forth.click()
    assert viewer.where.text() == "page 3 of 3"
    assert not viewer.forth.isEnabled()


def test_a_picture_is_shown(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "scan.png"
    image = QImage(40, 60, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFF)
    assert image.save(str(path))
    viewer = DocumentViewer("Scan", path.read_bytes(), "image/png")
    qtbot.addWidget(viewer)
    viewer.show()
    assert (viewer.image().width(), viewer.image().height()) == (40, 60)


@pytest.mark.parametrize(("content", "media"), [(b"%PDF-1.7 broken", "application/pdf"), (b"\x89PNG", "image/png")])
def test_a_damaged_paper_says_so_instead_of_failing(qtbot: QtBot, content: bytes, media: str) -> None:
    viewer = DocumentViewer("Report", content, media)
    qtbot.addWidget(viewer)
    viewer.show()
    assert viewer.image().isNull()
    assert "cannot be shown" in viewer.failure.text.text()


def test_showing_a_document_writes_no_file(qtbot: QtBot, tab: Tab, bare: Workspace, report: Path, treated: int) -> None:
    bare.study.documents.add(treated, "Report", None, report)
    tab.show_chart(bare.study.chart(treated))
    before = sorted(bare.study.path.parent.rglob("*"))
    tab.open_document(tab.table.model.rows[0])
    [viewer] = [w for w in QApplication.topLevelWidgets() if isinstance(w, DocumentViewer) and w.isVisible()]
    assert sorted(bare.study.path.parent.rglob("*")) == before
    viewer.close()


def test_a_copy_outside_the_study_is_noted_in_the_trail_and_readable_by_its_owner_only(
    tab: Tab, bare: Workspace, report: Path, treated: int, tmp_path: Path
) -> None:
    bare.study.documents.add(treated, "Report", None, report)
    tab.show_chart(bare.study.chart(treated))
    copy = tmp_path / "copy.pdf"
    tab.save_copy(tab.table.model.rows[0], copy)
    assert copy.read_bytes() == report.read_bytes()
    assert copy.stat().st_mode & 0o077 == 0
    assert bare.study.trail.lines()[0].act == "document copied"


def test_a_document_is_withdrawn_with_the_reason_given(
    tab: Tab, bare: Workspace, host: NotingHost, report: Path, treated: int
) -> None:
    bare.study.documents.add(treated, "Report", None, report)
    tab.show_chart(bare.study.chart(treated))
    button = tab.findChild(Button, "documents_withdraw")
    assert button is not None
    button.click()
    assert bare.study.documents.list(treated) == ()
    assert host.said == ["Document withdrawn"]


def test_the_form_of_a_result_names_the_paper_behind_it(
    qtbot: QtBot, bare: Workspace, report: Path, treated: int
) -> None:
    record = mrd_of(bare.study, treated)
    line = PaperLine(bare, bare.study.chart(treated), ("mrd", record))
    qtbot.addWidget(line)
    assert line.open.isHidden()
    bare.changed(bare.study.documents.add(treated, "Report of March", None, report, ("mrd", record)))
    assert not line.open.isHidden()
