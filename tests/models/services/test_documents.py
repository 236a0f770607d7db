"""Papers kept with the study: recognised by content, encrypted, checked, and never lost without a word."""

import os
import re
import sys
from pathlib import Path

import pytest

from models.domain.clock import FixedClock
from models.domain.errors import TrialError
from models.domain.partial_dates import PartialDate
from models.persistence import document_files, identity_seal
from models.persistence.document_files import store
from models.persistence.engine import reader, writer
from models.persistence.rows import by_id
from models.records.review import Document
from models.services.documents import DocumentView
from models.study import Edit, Study
from models.study_types import TrailFilter
from tests.study_fixtures import BY, PASSWORD, SitDown, open_as

PDF = b"%PDF-1.7\nAn MRD report of a made-up patient\n%%EOF"
DAY = PartialDate(2026, 4, 3)


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "report.pdf"
    path.write_bytes(PDF)
    return path


@pytest.fixture
def document(study: Study, patient: int, paper: Path) -> int:
    return dict(study.documents.add(patient, "MRD report", DAY, paper).records)["document"]


def stored(study: Study) -> Path:
    """The one file in the folder of the documents."""
    [path] = (study.path / "documents").iterdir()
    return path


def test_a_document_is_kept_and_read_as_it_was(study: Study, patient: int, paper: Path, clock: FixedClock) -> None:
    [(_, visit)] = study.save(patient, [Edit("contact", {"date": DAY})], BY).records
    changes = study.documents.add(patient, " MRD report ", DAY, paper, about=("contact", visit))
    paper.unlink()
    [view] = study.documents.list(patient)
    assert changes.records == (("document", view.id),)
    assert (view.title, view.dated, view.kind, view.record) == ("MRD report", DAY, "contact", visit)
    assert (view.file_name, view.media_words, view.size) == ("report.pdf", "PDF document", len(PDF))
    assert (view.by, view.at) == ("C. Rossi", clock.now())
    assert study.documents.read(view.id) == PDF


def test_the_key_of_a_document_is_not_in_what_is_shown_or_exported_of_the_trail(study: Study, document: int) -> None:
    [line] = [line for line in study.trail.export() if line.kind == "document"]
    shown = {change.field for change in line.changes}
    assert "sha256" in shown
    assert "secret" not in shown
    assert "secret" not in DocumentView._fields


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (PDF, "PDF document"),
        (b"\x89PNG\r\n\x1a\nrest", "PNG picture"),
        (b"\xff\xd8\xff\xe0rest", "JPEG picture"),
    ],
)
def test_a_file_is_recognised_by_what_is_in_it_not_by_its_name(
    study: Study, patient: int, tmp_path: Path, content: bytes, words: str
) -> None:
    path = tmp_path / "scan.txt"
    path.write_bytes(content)
    study.documents.add(patient, "Scan", None, path)
    assert study.documents.list(patient)[0].media_words == words


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("report.pdf", b"", "is empty"),
        ("report.pdf", b"MZ\x90 a program", r"neither PDF, PNG nor JPEG \(its name ends in .pdf"),
        ("page", b"<html>", "neither PDF, PNG nor JPEG. Save"),
    ],
)
def test_another_file_is_refused_and_leaves_nothing(
    study: Study, patient: int, tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(TrialError, match=words):
        study.documents.add(patient, "Report", None, path)
    assert list((study.path / "documents").iterdir()) == []
    assert study.documents.list(patient) == ()


def test_twenty_megabytes_are_taken_and_a_byte_more_is_refused(study: Study, patient: int, tmp_path: Path) -> None:
    path = tmp_path / "large.pdf"
    path.write_bytes(PDF.ljust(20 * 1024 * 1024, b"\0"))
    study.documents.add(patient, "Just fits", None, path)
    with path.open("ab") as file:
        file.write(b"\0")
    with pytest.raises(TrialError, match="larger than 20 MB"):
        study.documents.add(patient, "Too large", None, path)


@pytest.mark.parametrize("name", ["none.pdf", "", "folder"])
def test_a_file_that_is_not_there_is_said_so(study: Study, patient: int, tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(TrialError, match="There is no file"):
        study.documents.add(patient, "Report", None, tmp_path / name)


def test_a_document_needs_a_title_a_patient_and_a_record_of_that_patient(
    study: Study, patient: int, paper: Path
) -> None:
    with pytest.raises(TrialError, match="needs a title"):
        study.documents.add(patient, " ", None, paper)
    with pytest.raises(TrialError, match="not in the study"):
        study.documents.add(99, "Report", None, paper)
    with pytest.raises(TrialError, match="not in this patient"):
        study.documents.add(patient, "Report", None, paper, about=("mrd", 99))
    assert list((study.path / "documents").iterdir()) == []


NAMES = [
    "../../study.db.pdf".replace("/", "\\"),
    "=HYPERLINK(1).pdf",
    "<img src=x>.pdf",
    "CON.pdf",
    "\u202efdp.exe.pdf",
    "'; DROP TABLE document; --.pdf",
    "a\nb.pdf",
    "é" * 60 + ".pdf",
]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_name_is_kept_as_words_and_is_no_path(study: Study, patient: int, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(PDF)
    study.documents.add(patient, "Report", None, path)
    assert study.documents.list(patient)[0].file_name == name
    assert re.fullmatch("[0-9a-f]{32}", stored(study).name)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere file names are Unicode")
def test_a_name_that_is_no_text_is_kept_with_marks_for_what_cannot_be_read(
    study: Study, patient: int, tmp_path: Path
) -> None:
    path = tmp_path / os.fsdecode(b"r\xe9port.pdf")
    path.write_bytes(PDF)
    study.documents.add(patient, "Report", None, path)
    assert study.documents.list(patient)[0].file_name == "r\N{REPLACEMENT CHARACTER}port.pdf"


# ---- damage


def test_a_missing_file_is_said_so_and_what_to_do(study: Study, document: int) -> None:
    stored(study).unlink()
    with pytest.raises(TrialError, match=r"“MRD report” is missing\. Take it from a backup"):
        study.documents.read(document)


def test_a_full_disk_leaves_neither_row_nor_file(
    study: Study, patient: int, paper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_path: Path, _content: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(document_files, "write_durably", full)
    with pytest.raises(TrialError, match="could not be kept: no space left on device"):
        study.documents.add(patient, "Report", None, paper)
    assert study.documents.list(patient) == ()


def test_a_crash_between_file_and_row_leaves_a_file_that_harms_nobody(
    study: Study, patient: int, document: int
) -> None:
    store(study.path / "documents", PDF)  # the first half of adding, and then nothing more
    [view] = study.documents.list(patient)
    assert study.documents.read(view.id) == PDF
    assert study.trail.verify().problems == ()


# ---- withdrawing, and who may


def test_a_withdrawn_document_leaves_the_list_and_its_file_stays(study: Study, patient: int, document: int) -> None:
    with pytest.raises(TrialError, match="with a reason"):
        study.documents.withdraw(document, " ")
    study.documents.withdraw(document, "Another patient's paper")
    assert study.documents.list(patient) == ()
    assert study.documents.read(document) == PDF
    assert study.trail.lines()[0].reason == "Another patient's paper"
    with pytest.raises(TrialError, match="not in the study any more"):
        study.documents.withdraw(document, "Again")


def test_an_unknown_document_is_said_to_be_gone(study: Study) -> None:
    with pytest.raises(TrialError, match="not in the study any more"):
        study.documents.read(99)


@pytest.mark.parametrize("login", ["A. Verdi", "M. Neri"])
def test_only_the_site_keeps_documents(
    study: Study, sit_down: SitDown, patient: int, document: int, paper: Path, login: str
) -> None:
    kept = sit_down(login).documents
    with pytest.raises(TrialError, match="may not enter or correct data"):
        kept.add(patient, "Report", None, paper)
    with pytest.raises(TrialError, match="may not enter or correct data"):
        kept.withdraw(document, "Because")


def test_an_administrator_reads_no_document(study: Study, sit_down: SitDown, patient: int, document: int) -> None:
    administrator = sit_down("A. Verdi").documents
    with pytest.raises(TrialError, match="may not read"):
        administrator.read(document)
    with pytest.raises(TrialError, match="may not read"):
        administrator.list(patient)


# ---- papers that show who the patient is


@pytest.fixture
def nameless(study: Study, patient: int, paper: Path) -> int:
    """A document that shows nobody's identity."""
    changes = study.documents.add(patient, "Blacked out", DAY, paper, shows_identity=False)
    return dict(changes.records)["document"]


def row_of(study: Study, document: int) -> Document:
    """The document as the database gives it to whoever is signed in, past the service."""
    with study._folder.read.begin() as connection:  # noqa: SLF001 - as one who writes a program of their own
        found = by_id(connection, Document, document)
    assert isinstance(found, Document)
    return found


def views(study: Study, patient: int) -> dict[int, DocumentView]:
    return {view.id: view for view in study.documents.list(patient)}


def test_a_paper_shows_the_patient_unless_somebody_says_otherwise(
    study: Study, patient: int, document: int, nameless: int
) -> None:
    listed = views(study, patient)
    assert (listed[document].shows_identity, listed[nameless].shows_identity) == (True, False)
    assert [view.closed for view in listed.values()] == ["", ""]
    assert study.documents.read(document) == study.documents.read(nameless) == PDF


def test_a_monitor_opens_what_shows_nobody_and_is_told_why_the_rest_stays_closed(
    study: Study, sit_down: SitDown, patient: int, document: int, nameless: int
) -> None:
    monitor = sit_down("M. Neri")
    listed = views(monitor, patient)
    assert monitor.documents.read(nameless) == PDF
    assert listed[nameless].closed == ""
    assert "with the name blacked out, or look at it together on site" in listed[document].closed
    with pytest.raises(TrialError, match="shows who the patient is, so your account cannot open it"):
        monitor.documents.read(document)


def test_the_keys_of_a_monitor_do_not_open_what_shows_the_patient(
    study: Study, sit_down: SitDown, document: int, nameless: int
) -> None:
    monitor = sit_down("M. Neri")
    shown, open_to_all = row_of(monitor, document), row_of(monitor, nameless)
    assert shown.secret.startswith("sealed:")
    assert not open_to_all.secret.startswith("sealed:")
    sealing = identity_seal.Sealing(monitor._folder.keys.identity)  # noqa: SLF001
    assert document_files.content_of(study.path / "documents", open_to_all, sealing) == PDF
    with pytest.raises(TrialError, match="your account has no key to identities"):
        document_files.content_of(study.path / "documents", shown, sealing)


def test_a_monitor_never_learns_the_name_of_the_file(
    study: Study, sit_down: SitDown, patient: int, document: int, nameless: int
) -> None:
    monitor = sit_down("M. Neri")
    assert [view.file_name for view in monitor.documents.list(patient)] == ["", ""]
    assert (row_of(monitor, document).file_name, row_of(monitor, nameless).file_name) == (None, None)
    assert "report.pdf" not in str(monitor.trail.export())


def test_a_paper_marked_as_showing_nobody_by_mistake_is_closed_to_the_monitor(
    study: Study, sit_down: SitDown, patient: int, nameless: int
) -> None:
    before = stored(study).read_bytes()
    secret = row_of(study, nameless).secret
    changes = study.documents.mark(nameless, shows_identity=True, reason="The name stands on page 2")
    assert changes.records == (("document", nameless),)
    assert study.documents.read(nameless) == PDF
    assert study.path.joinpath("documents", row_of(study, nameless).stored_as).read_bytes() != before
    monitor = sit_down("M. Neri")
    with pytest.raises(TrialError, match="cannot open it"):
        monitor.documents.read(nameless)
    with monitor._folder.read.begin() as connection:  # noqa: SLF001
        trail = connection.exec_driver_sql("SELECT coalesce(old, '') || coalesce(new, '') FROM audit").scalars().all()
    assert not any(secret in row for row in trail)
    assert monitor.trail.verify().problems == ()


def test_a_paper_marked_as_showing_the_patient_by_mistake_is_opened_to_the_monitor(
    study: Study, sit_down: SitDown, document: int
) -> None:
    study.documents.mark(document, shows_identity=False, reason="No name on it")
    monitor = sit_down("M. Neri")
    assert monitor.documents.read(document) == PDF
    assert monitor.trail.verify().problems == ()


def test_the_correction_of_a_mark_is_in_the_trail_with_its_reason(study: Study, document: int) -> None:
    study.documents.mark(document, shows_identity=False, reason="No name on it")
    line = study.trail.lines(TrailFilter(kinds=("document",)))[0]
    [mark] = [change for change in line.changes if change.field == "shows_identity"]
    assert (mark.label, mark.old, mark.new, line.reason) == ("Shows who the patient is", True, False, "No name on it")


def test_a_mark_is_corrected_with_a_reason_and_to_something_else(study: Study, document: int) -> None:
    with pytest.raises(TrialError, match="with a reason"):
        study.documents.mark(document, shows_identity=False, reason=" ")
    with pytest.raises(TrialError, match="marked so already"):
        study.documents.mark(document, shows_identity=True, reason="Again")
    assert stored(study).exists()


def test_a_mark_that_cannot_be_written_leaves_the_document_as_it_was(
    study: Study, document: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise TrialError("power cut")

    with monkeypatch.context() as broken:
        broken.setattr("models.persistence.unit_of_work.UnitOfWork.correct", fail)
        with pytest.raises(TrialError, match="power cut"):
            study.documents.mark(document, shows_identity=False, reason="No name on it")
    assert stored(study).exists()
    assert study.documents.read(document) == PDF


def test_who_may_know_the_patients_but_holds_no_key_is_told_what_to_do(
    study: Study, patient: int, document: int, paper: Path
) -> None:
    keyless = study._folder.keys._replace(identity=None)  # noqa: SLF001 - after a change of role that was broken off
    study.documents._desk = study.documents._desk._replace(  # noqa: SLF001
        read=reader(study._folder.database, keyless),  # noqa: SLF001
        write=writer(study._folder.database, keyless, study.user.login),  # noqa: SLF001
    )
    with pytest.raises(TrialError, match="Ask an administrator to give it its role again"):
        study.documents.read(document)
    with pytest.raises(TrialError, match="Ask an administrator to give it its role again"):
        study.documents.add(patient, "Report", None, paper)
    assert stored(study).exists()
    for engine in (study.documents._desk.read, study.documents._desk.writer):  # noqa: SLF001
        engine.dispose()


@pytest.mark.parametrize("login", ["C. Rossi", "M. Neri"])
def test_new_keys_change_nothing_about_which_documents_open(
    study: Study, sit_down: SitDown, clock: FixedClock, document: int, nameless: int, login: str
) -> None:
    sit_down("A. Verdi").accounts.change_keys(PASSWORD)
    with open_as(study.path, clock, login) as opened:
        assert opened.documents.read(nameless) == PDF
        if login == "C. Rossi":
            assert opened.documents.read(document) == PDF
        else:
            with pytest.raises(TrialError, match="cannot open it"):
                opened.documents.read(document)


def test_a_restored_study_opens_the_same_documents_to_the_same_people(
    study: Study, sit_down: SitDown, clock: FixedClock, document: int, nameless: int
) -> None:
    backup = study.backups.make().backup
    restored = sit_down("A. Verdi").restoring.beside(backup)
    with open_as(restored, clock) as site:
        assert site.documents.read(document) == site.documents.read(nameless) == PDF
    with open_as(restored, clock, "M. Neri") as monitor:
        assert monitor.documents.read(nameless) == PDF
        with pytest.raises(TrialError, match="cannot open it"):
            monitor.documents.read(document)


def test_a_paper_of_a_day_to_come_is_refused(study: Study, patient: int, paper: Path) -> None:
    with pytest.raises(TrialError, match="lies after today"):
        study.documents.add(patient, "Report", PartialDate(2062, 3), paper)
    assert study.documents.list(patient) == ()
