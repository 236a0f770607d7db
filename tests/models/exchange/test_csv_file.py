import contextlib
import csv
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.domain.errors import TrialError
from models.exchange.csv_file import read_rows, refuse_same_file, write_rows


def a_file(folder: Path, content: str | bytes) -> Path:
    path = folder / "in.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_rows_carry_the_line_on_which_they_start(tmp_path: Path) -> None:
    table = read_rows(a_file(tmp_path, 'a,b\n1,"two\nlines"\n\n3,4\n'), ["a"])
    assert [(row.line, row.cells) for row in table.rows] == [
        (2, {"a": "1", "b": "two\nlines"}),
        (5, {"a": "3", "b": "4"}),
    ]


def test_a_byte_order_mark_is_not_part_of_the_first_column(tmp_path: Path) -> None:
    assert read_rows(a_file(tmp_path, b"\xef\xbb\xbfa,b\r\n1,2\r\n"), ["a", "b"]).header == ("a", "b")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b"\n\n", "is empty"),
        (b"a\n1\n", "line 1: no column b"),
        (b"a;b\n1;2\n", "not separated by commas"),
        (b"a,b,a\n1,2,3\n", "two columns are named a"),
        (b"a,b,\n1,2,3\n", "column 3 has no name"),
        (b"a,b,grade\n1,2,3\n", "column grade would be written here"),
        (b"a,b\n1,2\n1\n", "line 3: 1 cells where the header has 2 columns"),
        (b"a,b\n1,2,3\n", "line 2: 3 cells"),
        (b"a,b\n1,\xe0\n", "line 2: the text is not UTF-8"),
        (b"\xff\xfea\0,\0b\0", "not UTF-8"),
        (b"a,b\n1,\0\n", "line 2: a zero byte"),
        (b'a,b\n1,"2\n', "line 2: the double quotes do not match"),
        (b'a,b\n1,"2"3\n', "line 2: the double quotes do not match"),
        (b"a,b\n1," + b"2" * 200_000, "line 2: a cell is longer than"),
    ],
)
def test_a_bad_file_is_refused_in_a_sentence_with_its_line(tmp_path: Path, content: bytes, sentence: str) -> None:
    with pytest.raises(TrialError, match=sentence):
        read_rows(a_file(tmp_path, content), ["a", "b"], reserved=["grade"])


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(TrialError, match=r"none\.csv does not exist"):
        read_rows(tmp_path / "none.csv", ["a"])


def test_a_folder_is_not_read(tmp_path: Path) -> None:
    with pytest.raises(TrialError, match="is a folder"):
        read_rows(tmp_path, ["a"])


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names on this system")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(TrialError, match="not an ordinary file"):
        read_rows(tmp_path / "pipe", ["a"])


def test_a_name_that_the_system_refuses_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(TrialError, match=r"cannot be (read|written)|does not exist"):
        read_rows(tmp_path / ("x" * 5000), ["a"])


@given(
    rows=st.lists(
        st.lists(
            st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=8),
            min_size=2,
            max_size=2,
        ),
        max_size=5,
    )
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
def test_what_was_written_is_read_back(tmp_path: Path, rows: list[list[str]]) -> None:
    write_rows(tmp_path / "out.csv", ["a", "b"], rows)
    assert [list(row.cells.values()) for row in read_rows(tmp_path / "out.csv", ["a", "b"]).rows] == rows


@given(content=st.binary(max_size=60))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=100)
def test_no_content_gives_anything_but_a_table_or_a_sentence(tmp_path: Path, content: bytes) -> None:
    with contextlib.suppress(TrialError):
        table = read_rows(a_file(tmp_path, b"a,b\n" + content), ["a", "b"])
        assert all(row.cells.keys() == {"a", "b"} for row in table.rows)


def test_a_failure_half_way_leaves_the_older_file_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    target.write_text("old\n")

    def rows() -> Iterator[list[str]]:
        yield ["1"]
        raise TrialError("no more")

    with pytest.raises(TrialError, match="no more"):
        write_rows(target, ["a"], rows())
    assert target.read_text() == "old\n"
    assert list(tmp_path.iterdir()) == [target]


def test_a_folder_is_not_written_over(tmp_path: Path) -> None:
    with pytest.raises(TrialError, match="is a folder"):
        write_rows(tmp_path, ["a"], [])


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names on this system")
def test_a_pipe_is_not_replaced_by_a_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(TrialError, match="not an ordinary file"):
        write_rows(tmp_path / "pipe", ["a"], [])
    assert (tmp_path / "pipe").is_fifo()


def test_a_file_of_very_many_columns_is_read_once(tmp_path: Path) -> None:
    names = [f"c{number}" for number in range(50_000)]
    assert len(read_rows(a_file(tmp_path, ",".join(names)), ["c0"]).header) == len(names)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(TrialError, match=r"folder .*none does not exist"):
        write_rows(tmp_path / "none" / "out.csv", ["a"], [])


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root and Windows may write anywhere")
def test_a_folder_without_the_right_to_write_is_a_sentence(tmp_path: Path) -> None:
    tmp_path.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        with pytest.raises(TrialError, match="cannot be written: permission denied"):
            write_rows(tmp_path / "out.csv", ["a"], [])
    finally:
        tmp_path.chmod(stat.S_IRWXU)


def test_a_link_is_kept_and_its_file_replaced(tmp_path: Path) -> None:
    (tmp_path / "real.csv").write_text("old\n")
    link = tmp_path / "link.csv"
    link.symlink_to(tmp_path / "real.csv")
    write_rows(link, ["a"], [["1"]])
    assert link.is_symlink()
    with (tmp_path / "real.csv").open(newline="") as stream:
        assert list(csv.reader(stream)) == [["a"], ["1"]]


def test_the_file_being_read_is_not_written_over_even_through_a_link(tmp_path: Path) -> None:
    source = a_file(tmp_path, "a\n1\n")
    (tmp_path / "link.csv").symlink_to(source)
    with pytest.raises(TrialError, match="the file to be read"):
        refuse_same_file(source, tmp_path / "link.csv")


def test_two_files_are_not_one(tmp_path: Path) -> None:
    refuse_same_file(a_file(tmp_path, "a\n1\n"), tmp_path / "other.csv")
    assert (tmp_path / "in.csv").read_text() == "a\n1\n"


@pytest.mark.skipif(os.name == "nt", reason="a file there has no such rights")
def test_only_its_owner_reads_a_file_that_was_written(tmp_path: Path) -> None:
    write_rows(tmp_path / "out.csv", ["a"], [["1"]])
    assert stat.S_IMODE((tmp_path / "out.csv").stat().st_mode) == 0o600
