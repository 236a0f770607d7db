"""Measure every promise about speed, print the table, and write it into the documentation.

Usage: python -m benchmarks [--quick] [--only NAME]
"""

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from benchmarks import studies, table
from benchmarks.limits import PROMISED, QUICK, Limit, Sizes, limits
from benchmarks.measure import Figure
from benchmarks.studies import demo_study
from models.domain.clock import SystemClock

PAGE = studies.ROOT / "docs" / "performance.md"

Measurement = Callable[[Sizes], Iterable[Figure]]


def _start(sizes: Sizes) -> Iterable[Figure]:
    from benchmarks import start

    return (start.figure(demo_study(sizes.small).path),)


def _saving(sizes: Sizes) -> Iterable[Figure]:
    from benchmarks import saving

    return (saving.figure(demo_study(sizes.small).path),)


def _unlock(_sizes: Sizes) -> Iterable[Figure]:
    from benchmarks import unlocking

    return unlocking.figures()


def _encrypted(sizes: Sizes) -> Iterable[Figure]:
    from benchmarks import encryption

    return (encryption.figure(demo_study(sizes.full).path),)


def _verify(sizes: Sizes) -> Iterable[Figure]:
    from benchmarks import verifying

    return (verifying.figure(demo_study(sizes.small).path, sizes.trail),)


def _paper(sizes: Sizes) -> Iterable[Figure]:
    from benchmarks import paper

    return (paper.figure(demo_study(sizes.small).path),)


def _statements(sizes: Sizes) -> Iterable[Figure]:
    from benchmarks import statements

    return (statements.figure(demo_study(sizes.small).path),)


def _opening(sizes: Sizes) -> Iterable[Figure]:
    from benchmarks import opening

    return opening.figures(demo_study(sizes.small).path, demo_study(sizes.full).path)


def _search(sizes: Sizes) -> Iterable[Figure]:
    from benchmarks import search

    yield search.figure("search-full", demo_study(sizes.full).path)
    yield search.figure("search-thin", demo_study(sizes.thin, thin=True).path)


def _cohort(sizes: Sizes) -> Iterable[Figure]:
    from benchmarks import cohort

    yield from cohort.page_figures(demo_study(sizes.small).path)
    yield from cohort.estimate_figures(demo_study(sizes.full // 10).path, demo_study(sizes.full).path)


def _memory(sizes: Sizes) -> Iterable[Figure]:
    from benchmarks import memory

    return (memory.figure(demo_study(sizes.full).path),)


def _demo(sizes: Sizes) -> Iterable[Figure]:
    yield Figure("demo-full", demo_study(sizes.full).seconds, "made once and kept")
    yield Figure("demo-thin", demo_study(sizes.thin, thin=True).seconds, "made once and kept")


MEASUREMENTS: Mapping[str, Measurement] = {
    "start": _start,
    "saving": _saving,
    "unlock": _unlock,
    "paper": _paper,
    "statements": _statements,
    "open": _opening,
    "search": _search,
    "cohort": _cohort,
    "encrypted": _encrypted,
    "verify": _verify,
    "memory": _memory,
    "demo": _demo,
}
"""What measures the limits whose key begins so. What needs a quiet machine comes first."""


def measured(wanted: Sequence[Limit], sizes: Sizes) -> Iterator[Figure]:
    """Run what measures these limits, one after the other."""
    for name, measurement in MEASUREMENTS.items():
        if any(limit.key.startswith(name) for limit in wanted):
            print(f"Measuring: {name}", file=sys.stderr, flush=True)
            yield from measurement(sizes)


def main(arguments: Sequence[str]) -> int:
    """Exit status 1 where a promise is broken, or was not measured."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure what is promised about speed.")
    parser.add_argument("--quick", action="store_true", help="fewer patients; a look, not a proof; writes no page")
    parser.add_argument("--only", choices=MEASUREMENTS, help="only one of the measurements; writes no page")
    options = parser.parse_args(arguments)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    sizes = QUICK if options.quick else PROMISED
    from PySide6.QtWidgets import QApplication

    app = QApplication.instance() or QApplication([])  # the one that every measurement with a window uses
    wanted = [limit for limit in limits(sizes) if limit.key.startswith(options.only or "")]
    lines = table.lines(wanted, measured(wanted, sizes))
    print(table.text(lines))
    if not options.quick and not options.only:
        PAGE.write_text(table.page(lines, SystemClock().today()), encoding="utf-8")
        print(f"Written to {PAGE.relative_to(studies.ROOT)}.")
    del app
    broken = [line for line in lines if not line.holds]
    for line in broken:
        print(f"Broken: {line.limit.what} ({line.measured}).", file=sys.stderr)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
