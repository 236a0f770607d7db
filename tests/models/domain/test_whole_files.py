import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.domain.errors import TrialError
from models.domain.whole_files import OWNER_FILE, STUDY_MARK, owners_opener, write_whole


@pytest.fixture(autouse=True)
def nothing_masked() -> Iterator[None]:
    """A desk on which new files are readable by everybody, if nobody sees to it."""
    before = os.umask(0)
    yield
    os.umask(before)


def test_a_file_is_replaced_as_a_whole(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    target.write_bytes(b"old")
    write_whole(target, b"new")
    assert target.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [target]


def test_a_failure_leaves_the_old_file_and_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "a.pdf"
    target.write_bytes(b"old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    with pytest.raises(TrialError, match="No space left"):
        write_whole(target, b"new")
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(TrialError, match="cannot be written"):
        write_whole(tmp_path / "missing" / "a.pdf", b"x")


def test_a_folder_is_not_written_over(tmp_path: Path) -> None:
    with pytest.raises(TrialError, match="is a folder"):
        write_whole(tmp_path, b"x")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names on this system")
def test_a_pipe_is_not_replaced_by_a_file_and_neither_is_a_device(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to(tmp_path / "pipe")
    for name in ("pipe", "link"):
        with pytest.raises(TrialError, match="not an ordinary file"):
            write_whole(tmp_path / name, b"x")
    assert (tmp_path / "pipe").is_fifo()


@pytest.mark.skipif(os.name == "nt", reason="links need a right there")
def test_a_link_stays_and_what_it_points_to_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "real.pdf").write_bytes(b"old")
    (tmp_path / "a.pdf").symlink_to(tmp_path / "real.pdf")
    write_whole(tmp_path / "a.pdf", b"new")
    assert (tmp_path / "a.pdf").is_symlink()
    assert (tmp_path / "real.pdf").read_bytes() == b"new"


@pytest.mark.skipif(os.name == "nt", reason="a file there has no such rights")
def test_only_the_owner_reads_a_file_even_where_everybody_read_the_one_before(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    target.write_bytes(b"old")
    assert stat.S_IMODE(target.stat().st_mode) != OWNER_FILE
    write_whole(target, b"new")
    assert stat.S_IMODE(target.stat().st_mode) == OWNER_FILE


@pytest.mark.skipif(os.name == "nt", reason="a file there has no such rights")
def test_only_the_owner_reads_a_file_that_is_written_bit_by_bit(tmp_path: Path) -> None:
    with open(tmp_path / "a.csv", "x", encoding="utf-8", opener=owners_opener) as stream:
        stream.write("x")
    assert stat.S_IMODE((tmp_path / "a.csv").stat().st_mode) == OWNER_FILE


@pytest.mark.parametrize("place", ["study.db", STUDY_MARK, "documents/paper.pdf"])
def test_nothing_is_written_into_the_folder_of_a_study(tmp_path: Path, place: str) -> None:
    for name in (STUDY_MARK, place):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"the record")
    with pytest.raises(TrialError, match="lies in the folder of a study"):
        write_whole(tmp_path / place, b"a report")
    assert (tmp_path / place).read_bytes() == b"the record"
