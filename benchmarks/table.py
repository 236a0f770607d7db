"""The table of measurements: on the terminal, and as the page of the documentation."""

import os
import platform
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from benchmarks.limits import Limit
from benchmarks.measure import Figure


@dataclass(frozen=True, slots=True)
class Line:
    """A promise and what was measured for it; None where nothing was."""

    limit: Limit
    figure: Figure | None

    @property
    def holds(self) -> bool:
        """Whether the promise is kept. One that was passed over is not; one that this system cannot measure is."""
        if self.figure is None:
            return False
        return self.figure.value is None or self.figure.value <= self.limit.most

    @property
    def measured(self) -> str:
        """The figure in words."""
        if self.figure is None or self.figure.value is None:
            return "not measured"
        return _number(self.figure.value, self.limit.unit)

    @property
    def cells(self) -> tuple[str, str, str, str, str, str]:
        """What, measured, limit, measured as a share of the limit, whether it holds, details."""
        value = self.figure.value if self.figure else None
        return (
            self.limit.what,
            self.measured,
            f"{self.limit.most:g} {self.limit.unit}",
            f"{value / self.limit.most:.0%}" if value is not None else "",
            ("yes" if value is not None else "") if self.holds else "NO",
            self.figure.detail if self.figure else "",
        )


_HEAD = ("What", "Measured", "At most", "Of the limit", "Holds", "From")


def lines(limits: Sequence[Limit], figures: Iterable[Figure]) -> list[Line]:
    """A line for each promise, measured or not. A figure without a promise is a fault of the benchmark."""
    by_key = {figure.key: figure for figure in figures}
    table = [Line(limit, by_key.pop(limit.key, None)) for limit in limits]
    if by_key:
        raise ValueError(f"nothing is promised about {', '.join(by_key)}")
    return table


def text(table: Sequence[Line]) -> str:
    """The table for a terminal: two rows a line, the words first."""
    rows = []
    for line in table:
        what, measured, limit, share, holds, detail = line.cells
        verdict = "holds" if holds == "yes" else holds
        rows.append(what)
        rows.append(f"    {measured:>12}   at most {limit:<8} {share:>5}  {verdict:<6} {detail}".rstrip())
    return "\n".join(rows)


def page(table: Sequence[Line], today: date) -> str:
    """The page of the documentation."""
    return (
        "# Performance\n\n"
        "What AlbaTrack promises about speed, and what was measured. `make bench` measures everything again and "
        "writes this page; `python -m benchmarks --quick` takes a fast look with fewer patients and writes nothing.\n\n"
        "Both sides of a ratio (x) are measured in turn in the same run, so it means the same on any machine; "
        "milliseconds, seconds and megabytes belong to the machine below. Figures are medians. A start is a whole "
        "process with its modules compiled, until the rows of the Today page are painted; a patient is opened "
        "when the curve is painted; a keystroke is over when the list has been painted again.\n\n"
        f"{markdown(_HEAD, (line.cells for line in table))}\n\n"
        "## The machine\n\n"
        f"{machine()}\n\nMeasured on {today.isoformat()}.\n"
    )


def markdown(head: Sequence[str], cells: Iterable[Sequence[str]]) -> str:
    """A table for a page of the documentation."""
    return "\n".join("| " + " | ".join(row) + " |" for row in (head, ("---",) * len(head), *cells))


def machine() -> str:
    """The machine, without its name: processor, Python, system."""
    return (
        f"- {os.cpu_count()} processors: {_processor()}\n"
        f"- {platform.python_implementation()} {platform.python_version()}\n"
        f"- {platform.system()} {platform.release()} ({platform.machine()})"
    )


def _processor() -> str:
    try:
        facts = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.processor() or platform.machine()
    models = [row.partition(":")[2].strip() for row in facts.splitlines() if row.startswith("model name")]
    return models[0] if models else platform.machine()


def _number(value: float, unit: str) -> str:
    return f"{value:.2f} {unit}" if unit == "x" or value < 10 else f"{value:.0f} {unit}"
