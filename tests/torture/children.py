"""What the child processes of the trials do. Everything they need is loaded with this module, before any is started."""

import itertools
from multiprocessing.connection import Connection
from pathlib import Path

import models.checks.by_kind  # noqa: F401 - as a running program has it
from tests.torture.ground import open_study, save_pair


def save_for_ever(path: Path, telling: Connection) -> None:
    """Save pair after pair, and tell the name of each one after it was saved."""
    with open_study(path) as study:
        for number in itertools.count():
            save_pair(study, str(number))
            telling.send(str(number))
