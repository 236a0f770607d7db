"""The command line: the window's own code without a window.

Exit status 0; 2 for a command that is not written as it must be, 1 for whatever else is wrong, with one plain sentence
on stderr. A traceback is a fault of the program, never of the input.
"""

import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from models.commands.output import complain, speak_plainly
from models.commands.parser import parser
from models.domain.errors import TrialError, plain

if TYPE_CHECKING:
    from types import FrameType

_STOPPED = 130
"""The status of a program that was stopped from the keyboard."""


def main(arguments: Sequence[str]) -> int:
    """Run one command; returns the exit status."""
    speak_plainly()
    options = parser().parse_args(arguments)
    with _stops() as stops:
        try:
            options.run(options)
        except (TrialError, OSError, KeyboardInterrupt) as problem:
            if stops or isinstance(problem, KeyboardInterrupt):
                complain("stopped.")
                return _STOPPED
            complain(_refused(problem) if isinstance(problem, OSError) else str(problem))
            return 1
    return 0


def headless_demo(folder: Path) -> int:
    """The main job without a window: make the demo study in `folder` and print its visit summaries there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        complain(_refused(problem))
        return 1
    study = folder / "demo.albatrack"
    if not study.exists():
        status = main(["demo", str(study)])
        if status:
            return status
    return main(["report", "clinic", str(study), "--all", "--out", str(folder / "visit-summaries")])


def _refused(problem: OSError) -> str:
    """What to say where the computer refuses a file."""
    return f"{problem.filename or 'A file'} cannot be used: {plain(problem)}. Ask for the right to it, or name another."


@contextmanager
def _stops() -> Iterator[list[int]]:
    """The times that somebody stopped the program from the keyboard.

    The interruption itself may not come through: the database, in the middle of a transaction, takes it for a failure
    of a function that it called.
    """
    seen: list[int] = []

    def stop(number: int, frame: "FrameType | None") -> None:
        seen.append(number)
        signal.default_int_handler(number, frame)

    before = signal.getsignal(signal.SIGINT)
    if before is not signal.default_int_handler:  # a program in the background is not stopped from the keyboard
        yield seen
        return
    signal.signal(signal.SIGINT, stop)
    try:
        yield seen
    finally:
        signal.signal(signal.SIGINT, before)
