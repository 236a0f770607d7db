"""Reading a study for which another program holds the pen: `--read-only`."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.domain.clock import SystemClock
from models.domain.context import Context
from models.study import Study
from tests.command_fixtures import Run
from tests.demo_fixtures import open_demo


@pytest.fixture
def window(demo: Path) -> Iterator[Study]:
    """The study as the window has it, open for writing."""
    with open_demo(demo, SystemClock()) as study:
        yield study


def label_of_first(study: Study) -> str:
    return study.chart(study.enrolled()[0]).label


def commands(study: Study, out: Path) -> dict[str, tuple[object, ...]]:
    """Every command that reads, and what its options are."""
    return {
        "patients": ("--json",),
        "chart": ("--patient", label_of_first(study), "--json"),
        "cohort": ("--json",),
        "report visit": ("--patient", label_of_first(study), "--out", out / "visit.pdf"),
        "report clinic": ("--all", "--out", out / "clinic"),
        "report cohort": ("--out", out / "cohort.pdf"),
        "verify": (),
    }


@pytest.mark.parametrize(
    "command", ["patients", "chart", "cohort", "report visit", "report clinic", "report cohort", "verify"]
)
def test_what_only_reads_works_while_the_study_is_open_elsewhere(
    run: Run, window: Study, tmp_path: Path, command: str
) -> None:
    options = commands(window, tmp_path)[command]
    status, printed, complaint = run(*command.split(), window.path, *options, "--read-only")
    assert (status, complaint) == (0, "")
    assert printed


@pytest.mark.parametrize("command", ["patients", "verify"])
def test_without_it_a_study_open_elsewhere_is_in_use_and_the_way_to_read_it_is_named(
    run: Run, window: Study, command: str
) -> None:
    status, printed, complaint = run(command, window.path)
    assert (status, printed) == (1, "")
    assert "is in use by Demo coordinator" in complaint
    assert complaint.endswith("or open it here for reading only. At the command line: --read-only.\n")


def test_a_command_that_has_to_write_does_not_name_it(run: Run, window: Study) -> None:
    status, _, complaint = run("backup", window.path)
    assert status == 1
    assert "in use" in complaint
    assert "--read-only" not in complaint


def test_reading_beside_the_window_gives_what_the_window_has_saved(run: Run, window: Study) -> None:
    before = run("patients", window.path, "--read-only")
    window.set_setting("site_name", "Another name", Context(window.user.login, "Wrong name"))
    _, after, _ = run("cohort", window.path, "--json", "--read-only")
    assert before[0] == 0
    assert "Another name" in after


def test_what_was_handed_out_and_printed_reaches_the_trail_with_the_next_one_who_writes(
    run: Run, window: Study, tmp_path: Path
) -> None:
    wanted = commands(window, tmp_path)
    for command in ("patients", "chart", "cohort", "report visit", "report cohort"):
        assert run(*command.split(), window.path, *wanted[command], "--read-only")[0] == 0
    acts = {"patient list exported", "chart exported", "cohort exported", "visit summary saved", "cohort report saved"}
    assert not acts & {line.act for line in window.trail.lines()}
    window.close()
    with open_demo(window.path, SystemClock()) as study:
        lines = [line for line in study.trail.lines() if line.act in acts]
        assert sorted(line.act for line in lines) == sorted(acts)
        assert study.trail.verify().problems == ()


def test_a_backup_is_read_and_verified_and_nothing_in_it_changes(run: Run, demo: Path) -> None:
    with open_demo(demo, SystemClock()) as study:
        backup = study.backups.make().backup.path
    before = contents(backup)
    assert "--read-only" in run("patients", backup)[2]
    assert run("patients", backup, "--read-only")[0] == 0
    assert run("verify", backup, "--read-only")[0] == 0
    assert before.items() <= contents(backup).items()


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
