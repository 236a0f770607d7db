"""The demo studies that are measured: made once into a cache folder, and made again when their generator changes."""

import hashlib
import json
import shutil
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from models.demo.study import PROTOCOL, build
from models.domain.clock import FixedClock
from models.persistence.engine import connect
from models.persistence.study_folder import StudyFolder
from models.study import DEMO_PASSWORD, Study

ROOT = Path(__file__).resolve().parents[1]
CACHE = ROOT / "build" / "benchmarks"
CLOCK = FixedClock.at(2026, 10, 2, 9, 41)
"""Studies are made and opened on this day, so that a kept one never grows old."""

_SHOW_EVERY = 10


@dataclass(frozen=True, slots=True)
class DemoStudy:
    """A study of the cache: where it is, what it holds, and the seconds it took to make it on this machine."""

    path: Path
    patients: int
    thin: bool
    seconds: float


def demo_study(patients: int, *, thin: bool = False) -> DemoStudy:
    """The study of that size, from the cache if what makes it has not changed since."""
    name = f"{'thin' if thin else 'full'}-{patients}"
    path, facts_path = CACHE / f"{name}.albatrack", CACHE / f"{name}.json"
    made_from = _generator()
    try:
        facts = json.loads(facts_path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        facts = {}
    if facts.get("made_from") != made_from or not path.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        facts_path.unlink(missing_ok=True)
        shutil.rmtree(path, ignore_errors=True)
        _say(f"Making a demo study of {patients} {'thin' if thin else 'full'} records, once.")
        start = time.perf_counter()
        build(path, patients=patients, thin=thin, clock=CLOCK, progress=_Progress())
        facts = {"made_from": made_from, "seconds": time.perf_counter() - start}
        facts_path.write_text(json.dumps(facts), encoding="utf-8")
    return DemoStudy(path, patients, thin, float(facts["seconds"]))


def opened(path: Path) -> Study:
    """A study of the cache, signed in to by its coordinator."""
    return Study.open(path, "coordinator", DEMO_PASSWORD, clock=CLOCK)


def copy_in_clear(folder: StudyFolder, plain: Path) -> None:
    """Copy the database of an open study without its encryption, to be measured against."""
    connection = connect(folder.database, folder.keys)
    connection.execute("ATTACH DATABASE ? AS plain KEY ''", (str(plain),))
    connection.execute("SELECT sqlcipher_export('plain')")
    connection.close()


def _generator() -> str:
    """A digest of everything that decides what is in a demo study."""
    folders = ("models/demo", "models/persistence/keys", "models/persistence/migrations/versions")
    files = [PROTOCOL, *(file for folder in folders for file in sorted((ROOT / folder).rglob("*.py")))]
    digest = hashlib.sha256(CLOCK.now().isoformat().encode())
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()


class _Progress:
    """A line now and then: making ten thousand patients takes minutes."""

    def __init__(self) -> None:
        self._shown = time.monotonic()

    def __call__(self, done: int, total: int) -> bool:
        if time.monotonic() - self._shown >= _SHOW_EVERY:
            self._shown = time.monotonic()
            _say(f"  {done} of {total} patients")
        return True


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
