"""Killing the program (kill -9) at a random moment of a stream of saves: what was acknowledged is there afterwards."""

from pathlib import Path
from random import Random

from tests.torture.children import save_for_ever
from tests.torture.ground import child, copy_of, heard, heard_until_its_end, make_study, open_study, require_whole
from tests.torture.ground import saved_names as names
from tests.torture.outcome import Outcome, require, tried

_MEAN = 0.06
"""Seconds after the first acknowledgement at which the kill comes, on the average; some saves take as long."""
_WHILE_STARTING = 0.15
"""The share of kills that come while the study is being opened or the first row is being saved."""
_LONGEST_START = 0.3


def run(count: int, seed: int, folder: Path, most_seconds: float = float("inf")) -> Outcome:
    """Kill `count` programs."""
    template = make_study(folder)

    def attempt(random: Random) -> str:
        with copy_of(template) as path:
            acknowledged = _killed(path, random)
            inside = (path / "study.db-journal").exists()
            with open_study(path) as study:
                require_whole(study)
                kept = [name for name in names(study) if not name.startswith("before")]
            require(kept[: len(acknowledged)] == acknowledged, f"lost: {sorted(set(acknowledged) - set(kept))}")
            unheard = len(kept) - len(acknowledged)
            require(unheard <= 1, f"{unheard} rows that nobody was told of")
        if not acknowledged and not unheard:
            return "killed while starting"
        return "killed inside a transaction" if inside else "killed between transactions"

    return tried(count, seed, attempt, most_seconds=most_seconds)


def _killed(path: Path, random: Random) -> list[str]:
    """Run the saving child, kill it, and give the names it said were saved."""
    with child(save_for_ever, path) as (process, hearing):
        if random.random() < _WHILE_STARTING:
            process.join(random.uniform(0, _LONGEST_START))
            first = []
        else:
            first = [heard(hearing)]
            process.join(random.expovariate(1 / _MEAN))
        require(process.is_alive(), "the child process ended by itself")
        process.kill()
        process.join()
        return first + heard_until_its_end(hearing)
