"""Try everything that AlbaTrack must survive, print the table, and write it into the documentation.

Usage: python -m tests.torture [--scale N] [--only KEY] [--seed SEED] [--minutes MINUTES]
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from models.domain.clock import SystemClock
from tests import network
from tests.torture.page import Line, page, text
from tests.torture.trials import TRIALS, Trial

PAGE = Path(__file__).parents[2] / "docs" / "reliability.md"
SEED = 2116
_MINUTES = 30.0


def main(arguments: Sequence[str]) -> int:
    """Exit status 1 where something did not hold. Only a whole run in full writes the page."""
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description="Try what must be survived.")
    parser.add_argument("--scale", type=float, default=1.0, help="how many times the usual attempts; writes no page")
    parser.add_argument("--only", choices=[trial.key for trial in TRIALS], help="only one trial; writes no page")
    parser.add_argument("--seed", type=int, default=SEED, help="another chance")
    parser.add_argument("--minutes", type=float, default=_MINUTES, help="the most that one trial may take")
    options = parser.parse_args(arguments)
    network.watch()
    lines = []
    for trial in TRIALS:
        if options.only in (None, trial.key):
            print(f"Trying: {trial.key}", file=sys.stderr, flush=True)
            lines.append(_tried(trial, options.scale, options.seed, options.minutes * 60))
            print(text(lines[-1]), flush=True)
    if options.scale >= 1 and options.only is None:
        PAGE.write_text(page(lines, options.seed, SystemClock().today()), encoding="utf-8")
        print(f"Written to {PAGE.relative_to(PAGE.parents[1])}.")
    return 0 if all(line.holds for line in lines) else 1


def _tried(trial: Trial, scale: float, seed: int, most_seconds: float) -> Line:
    count = max(round(trial.on_demand * (scale if trial.scales else min(scale, 1))), 1)
    with tempfile.TemporaryDirectory(prefix="albatrack-torture-") as folder:
        return Line(trial, trial.run(count, seed, Path(folder), most_seconds))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
