"""The encrypted files of documents: readable with their key and the identity key alone, every damage found."""

import hashlib
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.domain.errors import TrialError
from models.persistence import document_files
from models.persistence.document_files import Stored, content_of, store
from models.persistence.identity_seal import Sealing
from models.records.review import Document

PDF = b"%PDF-1.7\nAn MRD report of a made-up patient\n%%EOF"
SITE, MONITOR = Sealing(bytes(range(32))), Sealing(None)
"""What opens identities, and what does not."""


def described(stored: Stored) -> Document:
    """The row of a file that was kept."""
    return Document(
        title="MRD report",
        file_name="report.pdf",
        media_type="application/pdf",
        size=len(PDF),
        sha256=hashlib.sha256(PDF).hexdigest(),
        **stored._asdict(),
    )


@pytest.fixture(params=[SITE, None], ids=["shows the patient", "shows nobody"])
def document(tmp_path: Path, request: pytest.FixtureRequest) -> Document:
    """A document of each sort."""
    return described(store(tmp_path, PDF, request.param))


def test_a_file_is_encrypted_under_a_random_name_for_its_owner_only(tmp_path: Path, document: Document) -> None:
    [path] = tmp_path.iterdir()
    assert re.fullmatch("[0-9a-f]{32}", path.name)
    assert path.name == document.stored_as
    assert b"MRD" not in path.read_bytes()
    assert os.name == "nt" or path.stat().st_mode & 0o777 == 0o600


def test_two_files_of_the_same_content_share_neither_name_nor_key(tmp_path: Path, document: Document) -> None:
    other = store(tmp_path, PDF, SITE)
    assert other.secret != document.secret
    one, two = tmp_path.iterdir()
    assert one.read_bytes() != two.read_bytes()


def test_who_opens_identities_reads_either_sort(tmp_path: Path, document: Document) -> None:
    assert content_of(tmp_path, document, SITE) == PDF


def test_without_the_key_to_identities_a_paper_that_shows_the_patient_does_not_open(tmp_path: Path) -> None:
    with pytest.raises(TrialError, match="your account has no key to identities"):
        content_of(tmp_path, described(store(tmp_path, PDF, SITE)), MONITOR)
    assert content_of(tmp_path, described(store(tmp_path, PDF)), MONITOR) == PDF


def test_without_the_key_to_identities_no_paper_that_shows_the_patient_is_kept(tmp_path: Path) -> None:
    with pytest.raises(TrialError, match="Ask an administrator"):
        store(tmp_path, PDF, MONITOR)
    assert list(tmp_path.iterdir()) == []


def test_a_missing_file_is_said_so_and_what_to_do(tmp_path: Path, document: Document) -> None:
    (tmp_path / document.stored_as).unlink()
    with pytest.raises(TrialError, match=r"“MRD report” is missing\. Take it from a backup"):
        content_of(tmp_path, document, SITE)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(data=st.data())
def test_every_flipped_bit_and_every_cut_is_found(tmp_path: Path, document: Document, data: st.DataObject) -> None:
    path = tmp_path / document.stored_as
    whole = path.read_bytes()
    place = data.draw(st.integers(0, len(whole) - 1))
    flipped = bytearray(whole)
    flipped[place] ^= 1 << data.draw(st.integers(0, 7))
    try:
        for damaged in (bytes(flipped), whole[:place]):
            path.write_bytes(damaged)
            with pytest.raises(TrialError, match=r"is damaged\. Take it from a backup"):
                content_of(tmp_path, document, SITE)
    finally:
        path.write_bytes(whole)
    assert content_of(tmp_path, document, SITE) == PDF


def file_of_another(folder: Path, document: Document) -> Document:
    other = store(folder, PDF, SITE)
    (folder / document.stored_as).write_bytes((folder / other.stored_as).read_bytes())
    return document


def key_of_another(folder: Path, document: Document) -> Document:
    return described(Stored(document.stored_as, store(folder, PDF, SITE).secret))


@pytest.mark.parametrize("exchange", [file_of_another, key_of_another])
def test_the_file_or_key_of_another_document_is_found(
    tmp_path: Path, document: Document, exchange: Callable[[Path, Document], Document]
) -> None:
    with pytest.raises(TrialError, match="is damaged"):
        content_of(tmp_path, exchange(tmp_path, document), SITE)


def test_a_file_and_key_that_were_exchanged_together_are_found_by_the_fingerprint(tmp_path: Path) -> None:
    with pytest.raises(TrialError, match="not the one that was kept"):
        content_of(tmp_path, described(store(tmp_path, b"%PDF-1.7 another")), SITE)


def test_a_full_disk_is_said_so_and_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_path: Path, _content: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(document_files, "write_durably", full)
    with pytest.raises(TrialError, match=r"could not be kept: no space left on device\. Make sure"):
        store(tmp_path, PDF)
