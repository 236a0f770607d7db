"""Two programs on one study: the second is refused or reads only, no write comes between another's, none is lost."""

import itertools
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random

from models.domain.context import Context
from models.persistence.holder import InUseError
from models.study import Edit, Study
from tests.torture.ground import PATIENT, child, copy_of, heard, make_study, open_study, require_whole, save_pair
from tests.torture.ground import saved_names as names
from tests.torture.outcome import NotHeldError, Outcome, require, tried

_PEOPLE = ("C. Rossi", "I. Bianchi")
_TURNS = 3
_MOST_REFUSALS = 20_000
_READS = 0.3
"""The share of refusals after which a program opens the study for reading only."""
_WRITTEN = ("insert", "update")
_COUNTER = 1
"""The consent whose comment the programs count up, each from what it read."""


def run(count: int, seed: int, folder: Path, most_seconds: float = float("inf")) -> Outcome:
    """Let two programs at a time go for `count` studies."""
    template = make_study(folder)

    def attempt(random: Random) -> str:
        with copy_of(template) as path:
            seeds = random.random(), random.random()
            with (
                child(take_turns, path, _PEOPLE[0], seeds[0]) as (_, one),
                child(take_turns, path, _PEOPLE[1], seeds[1]) as (_, other),
            ):
                refused = heard(one) + heard(other)
            with open_study(path) as study:
                require_whole(study)
                require(_counter(study) == _TURNS * len(_PEOPLE), f"lost updates: {_counter(study)}")
                pairs = sorted(f"{person} {turn}" for person in _PEOPLE for turn in range(_TURNS))
                require(sorted(names(study)[-len(pairs) :]) == pairs, "lost records")
                _require_turns(study)
        return "one had to wait for the other" if refused else "they never met"

    return tried(count, seed, attempt, most_seconds=most_seconds)


def take_turns(path: Path, person: str, seed: float, telling: Connection) -> None:
    """In a child: open the study whenever it can be had, and write what depends on what is there."""
    random = Random(seed)
    refused = 0
    for turn in range(_TURNS):
        study, times = _in_turn(path, person, random)
        refused += times
        with study:
            number = _counter(study)
            save_pair(study, f"{person} {turn}")
            count = Edit("consent", {"comment": str(number + 1)}, _COUNTER)
            study.save(PATIENT, [count], Context("", "Counted up"))
    telling.send(refused)


def _in_turn(path: Path, person: str, random: Random) -> tuple[Study, int]:
    """The study, and how often it was refused before; now and then it is read meanwhile."""
    for refused in range(_MOST_REFUSALS):
        try:
            return open_study(path, person), refused
        except InUseError:
            if random.random() < _READS:
                with open_study(path, person, read_only=True) as reading:
                    names(reading)
    raise NotHeldError("the study is never let go")


def _counter(study: Study) -> int:
    [consent] = study.chart(PATIENT).records["consent"]
    comment = str(consent.values()["comment"])
    return int(comment) if comment.isdecimal() else 0


def _require_turns(study: Study) -> None:
    """Between two sign-ins everything that was written is of the one who signed in; others only read."""
    lines = reversed(study.trail.lines(limit=study.trail.head().rows))
    at_work = ""
    for line in itertools.dropwhile(lambda line: line.act != "sign-in", lines):
        if line.act == "sign-in" and "reading only" not in line.details:
            at_work = line.actor
        if line.act in _WRITTEN:
            require(line.actor == at_work, f"{line.actor} wrote while {at_work} had the study")
