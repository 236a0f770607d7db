"""The whole test run, watched for calls to the network: there are none; and where the system lets us, no network."""

import os
import re
import subprocess
import sys
import time
from pathlib import Path

from tests.network import LOG
from tests.torture.outcome import Outcome

_ROOT = Path(__file__).parents[2]
_NO_NETWORK = ("unshare", "--map-root-user", "--net")
_LONGEST = 3600.0
_MOST_SHOWN = 20


def run(_count: int, _seed: int, folder: Path, _most_seconds: float = float("inf")) -> Outcome:
    """Run every test once, however long that takes within an hour; counts the tests that ran.

    A test that fails is another matter than a call, and is named among the endings.
    """
    log = folder / "network.log"
    log.touch()
    alone = subprocess.run([*_NO_NETWORK, "true"], capture_output=True, check=False).returncode == 0
    command = [*(_NO_NETWORK if alone else ()), sys.executable, "-m", "pytest", "-q", "-n", "auto"]
    begun = time.perf_counter()
    environment = {**os.environ, LOG: str(log)}
    try:
        found = subprocess.run(
            command, cwd=_ROOT, env=environment, capture_output=True, text=True, check=False, timeout=_LONGEST
        )
    except subprocess.TimeoutExpired:
        return Outcome(0, {}, ("the tests did not come to an end",), time.perf_counter() - begun)
    seconds = time.perf_counter() - begun
    passed, failed, broken, skipped = (_number(found.stdout, word) for word in ("passed", "failed", "error", "skipped"))
    calls = log.read_text(encoding="utf-8").splitlines()
    # The guard's own tests reach out on purpose, to addresses that are nobody's (RFC 5737).
    unexpected = [call for call in calls if "192.0.2.1" not in call and "example.org" not in call]
    where = "tests without a network" if alone else "tests with the network refused"
    ending = {where: passed + failed + broken, "calls": len(unexpected)}
    ending |= {words: number for words, number in (("skipped", skipped), ("failed", failed + broken)) if number}
    return Outcome(passed + failed + broken, ending, tuple(unexpected[:_MOST_SHOWN]), seconds)


def _number(text: str, word: str) -> int:
    found = re.search(rf"(\d+) {word}", text)
    return int(found[1]) if found else 0
