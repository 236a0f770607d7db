"""Every trial: what is done, what must hold, and how often it is tried on demand and in the tests."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from tests.torture import (
    bit_flip,
    crash,
    forged,
    full_disk,
    hostile,
    killed,
    malformed,
    network_calls,
    two_processes,
)
from tests.torture.hostile_texts import TEXTS
from tests.torture.outcome import Outcome

Run = Callable[[int, int, Path, float], Outcome]


class Trial(NamedTuple):
    """A trial: its key, the words of the table, the function that makes `count` attempts from a seed in a folder."""

    key: str
    words: str
    must_hold: str
    on_demand: int
    in_tests: int
    run: Run
    scales: bool = True
    """Whether there can be more attempts than are made on demand."""


_WHOLE = "one whole study, always"

TRIALS = (
    Trial(
        "killed",
        "Killed (`kill -9`) at a random moment of a stream of acknowledged saves",
        "every acknowledged record is there, the audit trail is whole, the study opens without repair",
        1_000,
        5,
        killed.run,
    ),
    Trial(
        "disk",
        "A write fails after n bytes; the disk is full",
        "a plain sentence, the previous state whole, work goes on after space is made",
        200,
        6,
        full_disk.run,
    ),
    Trial(
        "bit",
        "A bit flipped anywhere in the files",
        "found on opening or by verifying; the newest good backup is offered and brings the study back",
        2_000,
        20,
        bit_flip.run,
    ),
    Trial(
        "forged",
        "A value or a row of the trail edited with SQL behind the program, by someone who holds the keys",
        "verifying names the row",
        200,
        12,
        forged.run,
    ),
    Trial("backup", "Killed while making a backup", _WHOLE, 50, 3, crash.run_backup),
    Trial("restore", "Killed while restoring a backup", _WHOLE, 50, 3, crash.run_restore),
    Trial("migration", "Killed while migrating an older study", _WHOLE, 50, 3, crash.run_migration),
    Trial("keys", "Killed while changing the keys", _WHOLE, 50, 3, crash.run_key_change),
    Trial(
        "malformed",
        "Malformed input into every import, form field, keyring and protocol file",
        "a finding or a plain sentence, never another exception, never a part of a file or of a record",
        100_000,
        300,
        malformed.run,
    ),
    Trial(
        "two",
        "Two programs on one study",
        "the second is refused or only reads; no interleaved write, no lost update",
        50,
        2,
        two_processes.run,
    ),
    Trial(
        "hostile",
        "Hostile text in every text field of every kind of record",
        "it is as it was typed in the store, in the window, on paper, in CSV and in Excel; nothing is run or fetched",
        len(TEXTS) + 1,
        1,
        hostile.run,
        scales=False,
    ),
    Trial(
        "network",
        "Calls to the network during the whole test run",
        "none",
        1,
        0,
        network_calls.run,
        scales=False,
    ),
)
