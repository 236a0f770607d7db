"""Papers kept with the study: recognised by content, encrypted, checked, and never lost without a word."""

import os
import re
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.domain.clock import FixedClock
from models.domain.errors import TrialError
from models.domain.partial_dates import PartialDate
from models.services import documents
from models.study import Edit, Study
from tests.study_fixtures import BY, SitDown

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


def test_the_kept_file_is_encrypted_under_a_random_name_for_its_owner_only(study: Study, document: int) -> None:
    path = stored(study)
    assert re.fullmatch("[0-9a-f]{32}", path.name)
    assert b"MRD" not in path.read_bytes()
    assert os.name == "nt" or path.stat().st_mode & 0o777 == 0o600


def test_the_key_of_a_document_is_not_in_what_is_shown_or_exported_of_the_trail(study: Study, document: int) -> None:
    [line] = [line for line in study.trail.export() if line.kind == "document"]
    shown = {change.field for change in line.changes}
    assert "sha256" in shown
    assert "secret" not in shown
    assert "secret" not in documents.DocumentView._fields


def test_two_documents_of_the_same_content_share_neither_name_nor_key(
    study: Study, patient: int, paper: Path, document: int
) -> None:
    study.documents.add(patient, "Copy", DAY, paper)
    one, other = (study.path / "documents").iterdir()
    assert one.read_bytes() != other.read_bytes()


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


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(data=st.data())
def test_every_flipped_bit_and_every_cut_is_found(study: Study, document: int, data: st.DataObject) -> None:
    path = stored(study)
    whole = path.read_bytes()
    place = data.draw(st.integers(0, len(whole) - 1))
    flipped = bytearray(whole)
    flipped[place] ^= 1 << data.draw(st.integers(0, 7))
    try:
        for damaged in (bytes(flipped), whole[:place]):
            path.write_bytes(damaged)
            with pytest.raises(TrialError, match=r"is damaged\. Take it from a backup"):
                study.documents.read(document)
    finally:
        path.write_bytes(whole)
    assert study.documents.read(document) == PDF


def test_a_file_put_in_the_place_of_another_is_found(study: Study, patient: int, paper: Path, document: int) -> None:
    first = stored(study)
    study.documents.add(patient, "Other", None, paper)
    [second] = set((study.path / "documents").iterdir()) - {first}
    first.write_bytes(second.read_bytes())
    with pytest.raises(TrialError, match="is damaged"):
        study.documents.read(document)


def test_a_file_and_key_that_were_exchanged_together_are_found_by_the_fingerprint(
    study: Study, document: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr("models.services.documents.secrets.token_hex", lambda _bytes: stored(study).name)
        stored_as, secret = study.documents._store(b"%PDF-1.7 another")  # noqa: SLF001 - as one who has the keys
    write = study._folder.write  # noqa: SLF001
    assert write
    with write.begin() as connection:
        connection.exec_driver_sql("UPDATE document SET secret = ? WHERE stored_as = ?", (secret, stored_as))
    with pytest.raises(TrialError, match="not the one that was kept"):
        study.documents.read(document)


def test_a_full_disk_leaves_neither_row_nor_file(
    study: Study, patient: int, paper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_path: Path, _content: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(documents, "write_durably", full)
    with pytest.raises(TrialError, match="could not be kept: no space left on device"):
        study.documents.add(patient, "Report", None, paper)
    assert study.documents.list(patient) == ()


def test_a_crash_between_file_and_row_leaves_a_file_that_harms_nobody(
    study: Study, patient: int, document: int
) -> None:
    study.documents._store(PDF)  # noqa: SLF001 - the first half of adding, and then nothing more
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


def test_a_monitor_reads_documents_and_an_administrator_does_not(
    study: Study, sit_down: SitDown, patient: int, document: int
) -> None:
    assert sit_down("M. Neri").documents.read(document) == PDF
    administrator = sit_down("A. Verdi").documents
    with pytest.raises(TrialError, match="may not read"):
        administrator.read(document)
    with pytest.raises(TrialError, match="may not read"):
        administrator.list(patient)
