"""Measure every promise about speed, print the table, and write it into the documentation.

Usage: python -m benchmarks [--quick] [--only KEY]
"""

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Sequence

from benchmarks import studies, table
from benchmarks.limits import PROMISED, QUICK, Limit, Sizes, limits
from benchmarks.measure import Figure

PAGE = studies.ROOT / "docs" / "performance.md"


def main(arguments: Sequence[str]) -> int:
    """Exit status 1 where a promise is broken, or was not measured."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure what is promised about speed.")
    parser.add_argument("--quick", action="store_true", help="fewer patients; a look, not a proof; writes no page")
    parser.add_argument("--only", default="", help="only limits whose key begins so; writes no page")
    options = parser.parse_args(arguments)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    sizes = QUICK if options.quick else PROMISED
    wanted = [limit for limit in limits(sizes) if limit.key.startswith(options.only)]
    lines = table.lines(wanted, measured(wanted, sizes))
    print(table.text(lines))
    if not options.quick and not options.only:
        PAGE.write_text(table.page(lines, studies.SystemClock().today()), encoding="utf-8")
        print(f"Written to {PAGE.relative_to(studies.ROOT)}.")
    broken = [line for line in lines if not line.holds]
    for line in broken:
        print(f"Broken: {line.limit.what} ({line.measured}).", file=sys.stderr)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
