"""Unlocking a study at the cost of a real one, and how much of that is the derivation of the key from the password."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measure import Figure, paired
from benchmarks.studies import CACHE, CLOCK
from models.persistence.keys.sealing import DEFAULT_COST, new_salt, password_key
from models.protocols.loading import find_protocol
from models.study import NewAccount, Study

ROUNDS = 15
_PASSWORD = "a password of the usual length"
_ACCOUNT = NewAccount("measured", "Measured", "coordinator", _PASSWORD, must_change=False)


def figures() -> Iterator[Figure]:
    """A sign-in until the study can be worked in, and the derivation alone, in turn."""
    CACHE.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=CACHE) as folder:
        path, salt = Path(folder, "unlocked.albatrack"), new_salt()
        Study.create(path, find_protocol("dalba"), "042", "Measured", [_ACCOUNT], clock=CLOCK)

        def unlock() -> None:
            Study.open(path, _ACCOUNT.login, _PASSWORD, clock=CLOCK).close()

        whole, derivation = paired(unlock, lambda: password_key(_PASSWORD, salt, DEFAULT_COST), ROUNDS)
    yield Figure("unlock-time", whole * 1000, f"of which {derivation * 1000:.0f} ms derive the key from the password")
    yield Figure("unlock-rest", 1 - derivation / whole, f"{(whole - derivation) * 1000:.0f} of {whole * 1000:.0f} ms")
