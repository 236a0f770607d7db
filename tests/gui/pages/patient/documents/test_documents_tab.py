"""The papers of a patient's file in the window: added, shown from memory, copied with a warning, withdrawn."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PIL import ExifTags, Image
from PySide6.QtGui import QAction, QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gui.pages.patient.documents.add_dialog import AddDialog
from gui.pages.patient.documents.paper_line import PaperLine
from gui.pages.patient.documents.presenter import WHOLE, about_words, choices, copy_name, identity_words
from gui.pages.patient.documents.tab import Tab
from gui.pages.patient.documents.viewer import DocumentViewer
from gui.widgets.banner import Banner
from gui.widgets.header import Button
from gui.workspace import Workspace
from models.domain.clock import FixedClock
from models.domain.errors import TrialError
from models.domain.findings import Finding
from models.domain.notation import Desk
from models.study import Study
from models.study_types import TrailFilter
from tests.gui.fakes import NotingHost
from tests.gui.pages.patient.conftest import treated
from tests.study_fixtures import open_as

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


def test_the_name_of_the_file_is_no_title_since_scans_are_named_after_the_patient(
    qtbot: QtBot, bare: Workspace, treated: int, report: Path
) -> None:
    dialog = AddDialog(bare, bare.study.chart(treated))
    qtbot.addWidget(dialog)
    dialog.take_file(report)
    assert dialog.title.value() is None
    assert not dialog.save.isEnabled()


@pytest.mark.parametrize("shows", [True, False])
def test_a_paper_shows_the_patient_unless_the_tick_is_taken_away(
    qtbot: QtBot, bare: Workspace, treated: int, report: Path, shows: bool
) -> None:
    dialog = AddDialog(bare, bare.study.chart(treated), ("mrd", mrd_of(bare.study, treated)))
    qtbot.addWidget(dialog)
    dialog.take_file(report)
    assert dialog.shows.isChecked()
    dialog.shows.setChecked(shows)
    dialog.save.click()
    [document] = bare.study.documents.list(treated)
    assert document.shows_identity is shows


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


def test_a_paper_can_be_about_the_record_it_was_begun_from_however_old_that_is(
    bare: Workspace, treated: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gui.pages.patient.documents.presenter._MOST", 1)
    about = ("mrd", mrd_of(bare.study, treated))
    chart = bare.study.chart(treated)
    assert about not in [record for _, record in choices(chart, Desk.ENGLISH)]
    assert about in [record for _, record in choices(chart, Desk.ENGLISH, about)]


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


# ---- papers that show who the patient is


@pytest.fixture
def monitor(bare: Workspace, treated: int, report: Path, clock: FixedClock) -> Iterator[Workspace]:
    """The monitor, who is signed in to a study with a paper of each sort about the first result."""
    about = ("mrd", mrd_of(bare.study, treated))
    bare.study.documents.add(treated, "Report of March", None, report, about)
    bare.study.documents.add(treated, "Report of April", None, report, about, shows_identity=False)
    bare.study.close()
    with open_as(bare.study.path, clock, "M. Neri") as study:
        yield replace(bare, study=study)


def test_a_monitor_reads_why_a_paper_stays_closed_and_opens_the_others(
    qtbot: QtBot, monitor: Workspace, treated: int
) -> None:
    tab = Tab(monitor)
    qtbot.addWidget(tab)
    tab.show_chart(monitor.study.chart(treated))
    closed, opens = tab.table.model.rows
    banner, button = tab.findChild(Banner, "documents_closed"), tab.findChild(Button, "documents_open")
    assert banner
    assert button
    tab.table.choose(closed)
    assert "Ask the coordinator for a copy with the name blacked out" in banner.text.text()
    assert (banner.isHidden(), button.isEnabled()) == (False, False)
    tab.open_document(closed)
    assert not [w for w in QApplication.topLevelWidgets() if isinstance(w, DocumentViewer) and w.isVisible()]
    tab.table.choose(opens)
    assert (banner.isHidden(), button.isEnabled()) == (True, True)


def test_the_table_says_which_papers_show_the_patient(monitor: Workspace, treated: int) -> None:
    assert [identity_words(view) for view in monitor.study.documents.list(treated)] == ["Shown", "Not shown"]


def test_the_form_of_a_result_says_why_its_paper_stays_closed(
    qtbot: QtBot, bare: Workspace, report: Path, treated: int, clock: FixedClock
) -> None:
    about = ("mrd", mrd_of(bare.study, treated))
    bare.study.documents.add(treated, "Report of March", None, report, about)
    bare.study.close()
    with open_as(bare.study.path, clock, "M. Neri") as study:
        line = PaperLine(replace(bare, study=study), study.chart(treated), about)
        qtbot.addWidget(line)
        banner = line.findChild(Banner, "mrd_papers_failure")
        assert banner
        assert "blacked out" in banner.text.text()
        assert (line.open.isHidden(), line.open.isEnabled()) == (False, False)


@pytest.mark.parametrize(
    ("action", "before", "after"), [("shows_nobody", True, False), ("shows_identity", False, True)]
)
def test_the_mark_of_a_paper_is_corrected_with_the_reason_given(
    tab: Tab, bare: Workspace, host: NotingHost, report: Path, treated: int, action: str, before: bool, after: bool
) -> None:
    bare.study.documents.add(treated, "Report", None, report, shows_identity=before)
    tab.show_chart(bare.study.chart(treated))
    offered = {each.objectName(): each for each in tab.findChildren(QAction) if each.isCheckable()}
    assert [name for name, each in offered.items() if each.isEnabled()] == [f"documents_{action}"]
    offered[f"documents_{action}"].trigger()
    [document] = bare.study.documents.list(treated)
    assert document.shows_identity is after
    assert bare.study.trail.lines(TrailFilter(kinds=("document",)))[0].reason == "Typing error"
    assert host.said == ["Document marked"]


def test_who_gives_no_reason_leaves_the_mark_as_it_was(
    qtbot: QtBot, bare: Workspace, report: Path, treated: int
) -> None:
    bare.study.documents.add(treated, "Report", None, report)
    tab = Tab(replace(bare, reasons=give_up))
    qtbot.addWidget(tab)
    tab.show_chart(bare.study.chart(treated))
    offered = {each.objectName(): each for each in tab.findChildren(QAction) if each.isCheckable()}
    offered["documents_shows_nobody"].trigger()
    assert bare.study.documents.list(treated)[0].shows_identity is True
    assert offered["documents_shows_identity"].isChecked()
    assert not offered["documents_shows_nobody"].isChecked()


def give_up(parent: QWidget, question: str, findings: Sequence[Finding], workspace: Workspace) -> str | None:
    return None


def test_a_copy_is_called_as_the_file_was_or_for_a_monitor_as_its_title(
    bare: Workspace, treated: int, report: Path, clock: FixedClock
) -> None:
    bare.study.documents.add(treated, "Report 3/4: MRD", None, report, shows_identity=False)
    assert [copy_name(each) for each in bare.study.documents.list(treated)] == ["report 2026.pdf"]
    bare.study.close()
    with open_as(bare.study.path, clock, "M. Neri") as study:
        assert [copy_name(each) for each in study.documents.list(treated)] == ["Report 3-4- MRD.pdf"]


def test_a_photograph_stands_upright(qtbot: QtBot) -> None:
    lying = BytesIO()
    turned = Image.Exif()
    turned[ExifTags.Base.Orientation] = 6
    Image.new("RGB", (40, 20)).save(lying, "JPEG", exif=turned)
    viewer = DocumentViewer("Report", lying.getvalue(), "image/jpeg")
    qtbot.addWidget(viewer)
    assert (viewer.image().width(), viewer.image().height()) == (20, 40)


def test_a_page_that_cannot_be_drawn_leaves_no_other_page_in_its_place(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    viewer = DocumentViewer("Report", a_pdf(), "application/pdf")
    qtbot.addWidget(viewer)
    viewer.show()

    def damaged(*_: object) -> None:
        raise TrialError("This page is damaged.")

    with monkeypatch.context() as patched:
        patched.setattr("models.reports.raster.one_page", damaged)
        viewer.forth.click()
    assert viewer.where.text() == "page 2 of 2"
    assert (viewer.image().isNull(), viewer.failure.isVisible()) == (True, True)
    viewer.back.click()
    assert (viewer.image().isNull(), viewer.failure.isVisible()) == (False, False)
