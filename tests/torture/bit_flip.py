"""A bit flipped anywhere in the files of a study: found on opening or by verifying, and a backup brings it back.

A small file is looked through when it is opened. Half of the attempts treat theirs as a large one, which is not.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

from models.domain.errors import TrialError
from models.persistence import wholeness
from models.persistence.keys.keyring_file import KEYRING
from models.persistence.layout import DATABASE
from models.services.rescue import Rescue
from tests.study_fixtures import PASSWORD
from tests.torture.ground import CLOCK, copy_of, make_study, open_study, require_whole, saved_names
from tests.torture.outcome import Outcome, require, tried

_OF_THE_KEYRING = 0.1
"""The share of flips that hit the keyring, which is small beside the database."""
_RESTORED = 0.1
"""The share of damaged studies that are not only offered a backup, but brought back with it."""
_AS_LARGE = 0.5
"""The share of attempts whose database is opened as a large one is: without looking through it first."""
_ADMINISTRATOR = "A. Verdi"


def run(count: int, seed: int, folder: Path, most_seconds: float = float("inf")) -> Outcome:
    """Flip `count` bits."""
    template = make_study(folder)
    with open_study(template) as study:
        names = saved_names(study)
        study.backups.make()

    def attempt(random: Random) -> str:
        with copy_of(template) as path:
            keyring = random.random() < _OF_THE_KEYRING
            _flip(path / (KEYRING if keyring else DATABASE), random)
            with _opened_as_large(random.random() < _AS_LARGE):
                found = _found(path, names, keyring=keyring)
            if found is None:  # how often a sign-in failed is kept there unsealed: nothing of the record
                return "keyring, harmless"
            _bring_back(path, names, random.random() < _RESTORED)
            return f"{'keyring' if keyring else 'database'}, found {found}"

    return tried(count, seed, attempt, most_seconds=most_seconds)


@contextmanager
def _opened_as_large(large: bool) -> Iterator[None]:
    usual = wholeness.AT_ONCE_BYTES
    wholeness.AT_ONCE_BYTES = 0 if large else usual
    try:
        yield
    finally:
        wholeness.AT_ONCE_BYTES = usual


def _flip(file: Path, random: Random) -> None:
    content = bytearray(file.read_bytes())
    place = random.randrange(len(content))
    content[place] ^= 1 << random.randrange(8)
    file.write_bytes(content)


def _found(path: Path, names: list[str], *, keyring: bool) -> str | None:
    """How the damage was found; None where it was in the keyring and harmed nothing."""
    how = "on opening"
    try:
        with open_study(path) as study:
            how = "by verifying"
            if keyring:
                require_whole(study)
                require(saved_names(study) == names, "another state is read")
                return None
            require(study.trail.verify().problems, "the damage was not found")
    except TrialError as refusal:
        require(str(refusal).endswith("."), f"no sentence: {refusal}")
    return how


def _bring_back(path: Path, names: list[str], restores: bool) -> None:
    """The newest backup is offered, and restoring it gives the study back."""
    rescue = Rescue.unlock(path, _ADMINISTRATOR, PASSWORD, clock=CLOCK)
    require(rescue.backups, "no backup is offered")
    if restores:
        rescue.put_back(rescue.backups[0])
        with open_study(path) as study:
            require_whole(study)
            require(saved_names(study) == names, "another state was restored")
