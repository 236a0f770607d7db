"""What a command prints: its words and its data on the standard output, how far it is on the standard error.

Either may be closed, full, or read by a program that stops reading: that is said in a sentence, as everything else.
"""

import json
import os
import re
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from models.domain.errors import TrialError, plain
from models.domain.progress import Progress
from models.exchange.json_text import json_text

if TYPE_CHECKING:
    from typing import TextIO

_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
"""Line ends, and what moves a terminal's cursor: a file may be named so."""
_LONGEST = 40
"""Characters of a wrong word that are quoted."""


def say(text: str) -> None:
    """Say what was done, where anybody listens.

    Raises:
        TrialError: the output is closed at its other end, or full.
    """
    _write(sys.stdout, text)


def give(text: str) -> None:
    """Hand data out.

    Raises:
        TrialError: there is no output, it is closed at its other end, or full.
    """
    if sys.stdout is None:
        raise TrialError("There is nowhere to write to: the standard output is closed. Open it, or send it to a file.")
    _write(sys.stdout, text)


def give_json(data: object, depth: int | None = None) -> None:
    """Hand data out as JSON: in UTF-8, or with every sign beyond ASCII spelled out where the output is not UTF-8.

    It is indented, of very much data down to `depth` only.
    """
    unicode = (getattr(sys.stdout, "encoding", None) or "").replace("-", "").lower() == "utf8"
    if depth is None:
        give(json.dumps(data, indent=2, ensure_ascii=not unicode))
    else:
        give(json_text(data, depth, ascii_only=not unicode))


def complain(text: str) -> None:
    """Say what is wrong, in one line whatever is quoted in it, where anybody listens."""
    with suppress(TrialError):  # there is nobody left to say it to
        _write(sys.stderr, f"albatrack: {_CONTROLS.sub(' ', text)}")


def quoted(word: str) -> str:
    """A wrong word as a complaint quotes it, however long it is."""
    return f"“{word[:_LONGEST]}”"


def number_of(count: int, things: str) -> str:
    """How many: "1 patient", "12 patients"."""
    return f"{count} {things.removesuffix('s') if count == 1 else things}"


def progress(what: str) -> Progress:
    """A progress line on stderr, where somebody is looking."""

    def show(done: int, total: int) -> bool:
        if sys.stderr is not None and sys.stderr.isatty():
            end = "\n" if done == total else ""
            print(f"\r{what}: {done} of {total}", end=end, file=sys.stderr, flush=True)  # noqa: T201
        return True

    return show


def speak_plainly() -> None:
    """Let no sign stop the output: what its encoding does not have is spelled out."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _write(stream: "TextIO | None", text: str) -> None:
    if stream is None:
        return
    try:
        print(text, file=stream, flush=True)
    except OSError as fault:
        _let_go(stream)
        if isinstance(fault, BrokenPipeError):
            raise TrialError("The output was not taken to its end: what read it stopped reading.") from fault
        raise TrialError(f"The output cannot be written: {plain(fault)}.") from fault


def _let_go(stream: "TextIO") -> None:
    """Send what is left nowhere: Python would try it once more at its end, and complain in words of its own."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, stream.fileno())
    finally:
        os.close(nowhere)
