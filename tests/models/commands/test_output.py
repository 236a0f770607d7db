"""What a command prints, and what becomes of it where nobody takes it."""

import io
import os

import pytest

from models.commands.output import complain, give, number_of, progress, say
from models.domain.errors import TrialError


class Terminal(io.StringIO):
    """A stream at which somebody looks."""

    def isatty(self) -> bool:
        return True


def test_progress_is_one_line_that_ends_with_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    show = progress("Pages")
    assert show(1, 2)
    assert show(2, 2)
    assert terminal.getvalue() == "\rPages: 1 of 2\rPages: 2 of 2\n"


@pytest.mark.parametrize("stream", [io.StringIO(), None])
def test_progress_is_shown_to_nobody_where_nobody_looks(
    monkeypatch: pytest.MonkeyPatch, stream: io.StringIO | None
) -> None:
    monkeypatch.setattr("sys.stderr", stream)
    assert progress("Pages")(1, 2)
    assert stream is None or stream.getvalue() == ""


@pytest.mark.parametrize(("count", "words"), [(0, "0 patients"), (1, "1 patient"), (2, "2 patients")])
def test_one_is_not_told_as_many(count: int, words: str) -> None:
    assert number_of(count, "patients") == words


def test_data_need_an_output_and_words_do_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout", None)
    say("3 values graded.")
    with pytest.raises(TrialError, match="nowhere to write to"):
        give("042-001")


def test_a_reader_that_stopped_reading_is_a_sentence_and_nothing_is_left_to_be_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w", encoding="utf-8") as stream:
        monkeypatch.setattr("sys.stdout", stream)
        with pytest.raises(TrialError, match="stopped reading"):
            give("042-001")
        stream.flush()


def test_a_complaint_that_nobody_can_read_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr", None)
    complain("nobody hears this")
