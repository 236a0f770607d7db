"""The print preview shows, prints and saves the very same file; the clinic day makes one for each patient."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QPageRanges, QPageSize
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from gui.jobs import Jobs
from gui.notifier import Notifier
from gui.pages.print.clinic import ClinicDialog
from gui.pages.print.paper import print_pages
from gui.pages.print.preview import PrintPreview
from gui.settings import SettingsFile
from gui.widgets.banner import Banner
from gui.workspace import Workspace
from models.domain.clock import FixedClock
from models.domain.codelists import SIGNATURE_MEANING
from models.domain.context import Context
from models.domain.errors import TrialError
from models.domain.partial_dates import PartialDate
from models.records.visits import UNSCHEDULED
from models.reports.raster import PagePicture, page_pictures
from models.study import Edit, Study
from models.study_types import TrailFilter
from tests.gui.fakes import NotingHost, give_a_reason, workspace_of
from tests.gui.showing import in_front
from tests.study_fixtures import PASSWORD, open_as

BY = Context("C. Rossi")


@pytest.fixture
def workspace(qapp: QApplication, study: Study, tmp_path: Path) -> Iterator[Workspace]:
    settings = SettingsFile(tmp_path / "config" / "settings.json")
    notifier, jobs = Notifier(), Jobs()
    yield Workspace(study, notifier, jobs, settings, NotingHost(), give_a_reason)
    jobs.wait(5)
    for each in (notifier, jobs):
        each.deleteLater()


@pytest.fixture
def seen(study: Study, patient: int) -> int:
    """A patient who was seen on two days."""
    for code, day in (("D22", "2026-01-30"), ("D57", "2026-03-06")):
        study.save(patient, [Edit("visit", {"code": code, "status": "DONE", "date": PartialDate.from_iso(day)})], BY)
    return patient


@pytest.fixture
def preview(qtbot: QtBot, workspace: Workspace, seen: int) -> PrintPreview:
    made = PrintPreview(workspace, seen)
    in_front(qtbot, made)
    return made


@pytest.fixture
def clinic(qtbot: QtBot, workspace: Workspace) -> Iterator[ClinicDialog]:
    made = ClinicDialog(workspace)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: not workspace.jobs.running)
    yield made
    made.close()


def text_of(pdf: bytes) -> str:
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return str(text)


def test_the_preview_opens_with_the_last_visit(preview: PrintPreview) -> None:
    assert preview.visit.currentText() == "Day 57, 6 Mar 2026"
    assert "Day 57" in text_of(preview.pdf)
    assert preview.paper.number == 1


def test_another_visit_makes_another_paper(qtbot: QtBot, preview: PrintPreview) -> None:
    preview.visit.setFocus()
    qtbot.keyClick(preview.visit, Qt.Key.Key_Down)
    assert "30 Jan 2026" in text_of(preview.pdf).replace("\xa0", " ")


def test_what_is_saved_is_what_is_shown(preview: PrintPreview, tmp_path: Path) -> None:
    path = tmp_path / "summary.pdf"
    assert preview.save_to(path)
    assert path.read_bytes() == preview.pdf


def test_a_place_that_cannot_be_written_is_said(preview: PrintPreview, tmp_path: Path) -> None:
    assert not preview.save_to(tmp_path / "missing" / "summary.pdf")
    failure = preview.findChild(Banner, "paperFailure")
    assert failure is not None
    assert failure.isVisible()


def test_a_printer_gets_the_pages_of_the_file_under_a_title_that_names_nobody(
    preview: PrintPreview, tmp_path: Path
) -> None:
    printer = printer_to(tmp_path / "printed.pdf")
    assert preview.print_to(printer)
    assert printer.docName() == "Visit summary"
    assert len(list(page_pictures(tmp_path / "printed.pdf", 20))) == preview.paper.count


def printer_to(path: Path, size: QPageSize.PageSizeId = QPageSize.PageSizeId.A4) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setPageSize(QPageSize(size))
    printer.setOutputFileName(str(path))
    return printer


def frame_of(picture: PagePicture) -> tuple[int, int, int, int] | None:
    """Left, top, right and bottom of what is dark."""
    grey = Image.frombytes("RGB", (picture.width, picture.height), picture.rgb).convert("L")
    return grey.point([255] * 128 + [0] * 128).getbbox()


@pytest.mark.usefixtures("qapp")
def test_on_paper_of_another_format_the_page_keeps_its_proportions_and_stands_in_the_middle(tmp_path: Path) -> None:
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.rect(100, 200, 300, 400, fill=1)
    canvas.save()
    assert print_pages(out.getvalue(), printer_to(tmp_path / "letter.pdf", QPageSize.PageSizeId.Letter)) == 1
    (picture,) = page_pictures(tmp_path / "letter.pdf", 72)
    assert (picture.width, picture.height) == (612, 792)
    scale = 792 / A4[1]
    beside = (612 - A4[0] * scale) / 2
    expected = (beside + 100 * scale, 792 - 600 * scale, beside + 400 * scale, 792 - 200 * scale)
    assert frame_of(picture) == pytest.approx(expected, abs=2.5)


def four_pages() -> bytes:
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for number in range(1, 5):
        canvas.drawString(100, 400, f"{number}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.mark.usefixtures("qapp")
def test_only_the_pages_asked_for_are_printed_also_where_there_is_one_between_them(tmp_path: Path) -> None:
    printer = printer_to(tmp_path / "printed.pdf")
    printer.setPageRanges(QPageRanges.fromString("1,3-4"))
    assert print_pages(four_pages(), printer) == 3


def test_a_printer_that_stops_after_a_page_is_said_and_the_audit_trail_knows_of_no_print(
    preview: PrintPreview, study: Study, tmp_path: Path
) -> None:
    class Jammed(QPrinter):
        def newPage(self) -> bool:
            return False

    printer = Jammed(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    preview.show_pdf(four_pages())
    before = events(study)
    assert not preview.print_to(printer)
    failure = preview.findChild(Banner, "paperFailure")
    assert failure is not None
    assert failure.isVisible()
    assert events(study) == before


def events(study: Study) -> list[tuple[str, int, dict[str, object]]]:
    return [
        (line.act, line.patient_id, dict(line.details)) for line in study.trail.lines(TrailFilter(kinds=("event",)))
    ]


def test_saving_and_printing_stand_in_the_audit_trail_and_looking_does_not(
    preview: PrintPreview, study: Study, seen: int, tmp_path: Path
) -> None:
    before = len(events(study))
    preview.visit.setCurrentIndex(1)
    assert len(events(study)) == before
    preview.save_to(tmp_path / "summary.pdf")
    assert events(study)[0] == ("visit summary saved", seen, {"visit": "D22", "pages": 1})
    printer = printer_to(tmp_path / "printed.pdf")
    preview.print_to(printer)
    assert events(study)[0] == ("visit summary printed", seen, {"visit": "D22", "pages": 1})


def test_a_print_of_which_the_audit_trail_cannot_tell_is_said(
    preview: PrintPreview, study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_given: object) -> None:
        raise TrialError("The disk is full.")

    monkeypatch.setattr(study.trail, "note", full)
    assert preview.save_to(tmp_path / "summary.pdf")
    failure = preview.findChild(Banner, "paperFailure")
    assert failure is not None
    assert failure.text.text() == "It was saved, but the audit trail could not say so. The disk is full."


def test_the_end_of_the_trail_and_corrected_values_stand_on_the_paper(
    qtbot: QtBot, workspace: Workspace, seen: int
) -> None:
    study = workspace.study
    first = study.chart(seen).records["visit"][-1]
    day = {"date": PartialDate(2026, 3, 7)}
    study.save(seen, [Edit("visit", day, first.id)], Context("C. Rossi", "Typing error"))
    made = PrintPreview(workspace, seen)
    qtbot.addWidget(made)
    text = " ".join(text_of(made.pdf).replace("\xa0", " ").split())
    assert f"audit trail {study.trail.head().short}" in text
    assert "7 Mar 2026 (day 58)‡" in text


def test_who_has_signed_the_visit_stands_on_the_paper(
    qtbot: QtBot, study: Study, seen: int, clock: FixedClock, tmp_path: Path
) -> None:
    visit = study.chart(seen).records["visit"][-1].id
    study.close()
    with open_as(study.path, clock, "I. Bianchi") as signing:
        meaning = next(iter(SIGNATURE_MEANING.terms))
        signing.signing.sign(seen, visit, meaning, PASSWORD, "I. Bianchi")
        workspace = workspace_of(signing, SettingsFile(tmp_path / "settings.json"))
        made = PrintPreview(workspace, seen)
        qtbot.addWidget(made)
        text = " ".join(text_of(made.pdf).replace("\xa0", " ").split())
    assert "Visit, Day 57, 6 Mar 2026: signed electronically by I. Bianchi (investigator) on 2 Oct 2026, 09:00" in text


def test_zoom_enlarges_the_page(preview: PrintPreview) -> None:
    preview.zoom.setCurrentIndex(1)
    small = preview.paper.image().width()
    preview.zoom.setCurrentIndex(4)
    assert preview.paper.image().width() > 2 * small


def test_pages_turn_within_their_number(qtbot: QtBot, preview: PrintPreview) -> None:
    for _ in range(preview.paper.count + 1):
        qtbot.keyClick(preview, Qt.Key.Key_PageDown)
    assert preview.paper.number == preview.paper.count
    assert not preview.forth.isEnabled()


def test_a_patient_without_a_visit_has_a_paper_too(qtbot: QtBot, workspace: Workspace, patient: int) -> None:
    made = PrintPreview(workspace, patient)
    qtbot.addWidget(made)
    assert "042-001" in text_of(made.pdf)


def test_the_clinic_day_lists_who_is_expected_and_makes_their_papers(
    qtbot: QtBot, clinic: ClinicDialog, seen: int, tmp_path: Path, workspace: Workspace
) -> None:
    clinic.day.set_value(PartialDate(2026, 3, 6))
    clinic.read()
    qtbot.waitUntil(lambda: clinic.chosen == (seen,))
    clinic.folder.setText(str(tmp_path / "out"))
    clinic.start()
    clinic.folder.setText(str(tmp_path / "typed while they are made"))
    qtbot.waitUntil(lambda: not workspace.jobs.running)
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["visit-summary-042-001.pdf"]
    assert clinic.message.text.text() == f"1 PDF file made in {tmp_path / 'out'}"
    assert events(workspace.study)[0] == ("visit summary saved", seen, {"visit": "D57", "pages": 1})


def test_a_day_on_which_nobody_is_expected_says_so(
    qtbot: QtBot, clinic: ClinicDialog, seen: int, workspace: Workspace
) -> None:
    clinic.day.set_value(PartialDate(2024, 1, 1))
    clinic.read()
    qtbot.waitUntil(lambda: not workspace.jobs.running)
    assert "Nobody is expected" in clinic.message.text.text()
    assert not clinic.make.isEnabled()


def test_half_a_date_is_no_clinic_day(qtbot: QtBot, clinic: ClinicDialog, seen: int, workspace: Workspace) -> None:
    clinic.day.set_value(PartialDate(2026, 3, 6))
    clinic.read()
    qtbot.waitUntil(lambda: clinic.chosen == (seen,))
    clinic.day.set_value(PartialDate(2026, 3))
    clinic.read()
    assert clinic.message.text.text() == "Type the day of the clinic."
    assert not clinic.make.isEnabled()
    assert clinic.count.text() == ""


def test_patients_of_a_day_that_was_typed_over_are_not_shown(
    qtbot: QtBot, clinic: ClinicDialog, seen: int, workspace: Workspace
) -> None:
    clinic.day.set_value(PartialDate(2026, 3, 6))
    clinic.read()
    clinic.day.set_value(PartialDate(2026, 3))
    clinic.read()
    qtbot.waitUntil(lambda: not workspace.jobs.running)
    assert clinic.patients.count() == 0
    assert clinic.message.text.text() == "Type the day of the clinic."
    clinic.day.set_value(PartialDate(2026, 3, 6))
    clinic.read()
    qtbot.waitUntil(lambda: clinic.chosen == (seen,))


def test_without_a_folder_nothing_is_written(qtbot: QtBot, clinic: ClinicDialog, seen: int) -> None:
    clinic.day.set_value(PartialDate(2026, 3, 6))
    clinic.read()
    qtbot.waitUntil(lambda: clinic.chosen == (seen,))
    clinic.folder.setText(" ")
    clinic.start()
    assert clinic.message.text.text() == "Choose the folder for the PDF files."
    assert clinic.progress.isHidden()


def test_an_unscheduled_visit_of_an_earlier_day_can_be_chosen(
    qtbot: QtBot, workspace: Workspace, study: Study, patient: int
) -> None:
    for day, reason in (("2026-02-10", "Fever"), ("2026-02-20", "Transfusion")):
        visit = {"code": UNSCHEDULED, "status": "DONE", "date": PartialDate.from_iso(day), "reason": reason}
        study.save(patient, [Edit("visit", visit)], BY)
    made = PrintPreview(workspace, patient)
    qtbot.addWidget(made)
    made.visit.setCurrentIndex(1)
    assert made.visit.currentText() == "Unscheduled visit, 10 Feb 2026"
    assert "Unscheduled visit · 10 Feb 2026" in text_of(made.pdf).replace("\xa0", " ")


def test_a_folder_that_cannot_be_made_is_said(
    qtbot: QtBot, clinic: ClinicDialog, seen: int, tmp_path: Path, workspace: Workspace
) -> None:
    clinic.day.set_value(PartialDate(2026, 3, 6))
    clinic.read()
    qtbot.waitUntil(lambda: bool(clinic.chosen))
    (tmp_path / "file").write_text("in the way")
    clinic.folder.setText(str(tmp_path / "file" / "out"))
    clinic.start()
    qtbot.waitUntil(lambda: not workspace.jobs.running)
    assert clinic.message.text.text().startswith("Not finished.")
