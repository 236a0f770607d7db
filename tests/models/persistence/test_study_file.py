"""Opening a study, and the sentence for each way in which it cannot be opened."""

import shutil
import sqlite3
import stat
from pathlib import Path

import pytest

from models.domain.errors import TrialError
from models.persistence.study_file import open_file
from models.protocols.loading import find_protocol
from models.study import Study


def refusal(path: Path) -> str:
    with pytest.raises(TrialError) as caught:
        open_file(path)
    return str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    assert "There is no study at" in refusal(tmp_path / "none.albatrack")


def test_a_folder_is_not_a_study(tmp_path: Path) -> None:
    assert "is a folder" in refusal(tmp_path)


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x03\x04" + bytes(200)])
def test_another_file_is_not_a_study_and_is_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "letter.docx"
    path.write_bytes(content)
    assert "is not an AlbaTrack study" in refusal(path)
    assert path.read_bytes() == content


def test_the_database_of_another_program_is_recognised(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE t (x)")
    connection.close()
    assert "a database of another program" in refusal(path)


def test_a_damaged_study_is_said_to_be_damaged(empty_study_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "study.albatrack"
    content = bytearray(empty_study_file.read_bytes())
    content[4096:12288] = b"\xff" * 8192
    path.write_bytes(content)
    assert "is damaged" in refusal(path)


def test_a_truncated_study_is_said_to_be_damaged(empty_study_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "study.albatrack"
    path.write_bytes(empty_study_file.read_bytes()[:9000])
    assert "is damaged" in refusal(path)


def test_a_newer_study_is_refused_unchanged(empty_study_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "study.albatrack"
    shutil.copy2(empty_study_file, path)
    connection = sqlite3.connect(path)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    before = path.read_bytes()
    assert "newer AlbaTrack" in refusal(path)
    assert path.read_bytes() == before


def test_a_study_in_use_is_refused_and_free_again_after_closing(study: Study) -> None:
    assert "in use" in refusal(study.path)
    study.close()
    open_file(study.path).close()


def test_an_existing_file_is_never_written_over(empty_study_file: Path) -> None:
    with pytest.raises(TrialError, match="exists already"):
        Study.create(empty_study_file, find_protocol("dalba"), "1", "Here")


def test_a_study_cannot_be_made_in_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(TrialError, match="does not exist"):
        Study.create(tmp_path / "no" / "study.albatrack", find_protocol("dalba"), "1", "Here")


def test_only_the_person_who_made_a_study_can_read_its_file(empty_study_file: Path) -> None:
    assert stat.S_IMODE(empty_study_file.stat().st_mode) == stat.S_IRUSR | stat.S_IWUSR


def test_the_study_keeps_the_protocol_it_was_made_with(study: Study) -> None:
    assert study.protocol.id == find_protocol("dalba").id
    assert study.protocol.source_text == find_protocol("dalba").source_text
