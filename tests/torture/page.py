"""The table of the trials: on the terminal, and as the page of the documentation."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from benchmarks.table import machine, markdown
from tests.torture.outcome import Outcome
from tests.torture.trials import Trial

_HEAD = ("Trial", "Must hold", "Attempts", "Held", "Seconds", "How they ended")


class Line(NamedTuple):
    """A trial and what came of it; None where it was not run."""

    trial: Trial
    outcome: Outcome | None

    @property
    def holds(self) -> bool:
        """Whether it was run, and everything held."""
        return self.outcome is not None and self.outcome.count > 0 and not self.outcome.failures

    @property
    def cells(self) -> tuple[str, ...]:
        """The figures in words."""
        found = self.outcome
        if found is None:
            return (self.trial.words, self.trial.must_hold, "not run", "", "", "")
        held = f"{found.held:,}" if self.holds else f"**{found.held:,}**"
        return (
            self.trial.words, self.trial.must_hold, f"{found.count:,}", held, f"{found.seconds:,.0f}", found.words,
        )  # fmt: skip


def text(line: Line) -> str:
    """A line for a terminal, and the failures below it."""
    words, _, count, held, seconds, endings = line.cells
    rows = [words, f"    {count:>8} attempts  {held:>8} held  {seconds:>6} s  {endings}"]
    rows += [f"    NOT HELD: {failure}" for failure in (line.outcome.failures if line.outcome else ())]
    return "\n".join(rows)


def page(lines: Sequence[Line], seed: int, today: date) -> str:
    """The page of the documentation."""
    return (
        "# Reliability\n\n"
        "What AlbaTrack must survive, and what was seen when it was tried. `make torture` tries everything again and "
        "writes this page; `make torture N=0.1` makes a tenth of the attempts and writes nothing. The tests run the "
        "same trials with a few attempts each.\n\n"
        "Every attempt works on a study of its own through the program's own commands, in processes of its own where "
        "something is killed. Attempts take their chance from a seed, so that one that failed can be repeated alone. "
        "Killing a process is not a power cut: that what was acknowledged has left the program's hands for the disk "
        "follows from SQLite's `synchronous=EXTRA`, which is not tried here.\n\n"
        f"{markdown(_HEAD, (line.cells for line in lines))}\n\n"
        "## The machine\n\n"
        f"{machine()}\n\nTried on {today.isoformat()} with seed {seed}.\n"
    )
