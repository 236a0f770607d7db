"""The commands that hand data out."""

import io
import json
from datetime import date
from pathlib import Path

import pytest

from models import cli
from models.commands.reading import cut_of
from models.domain.clock import SystemClock
from models.domain.errors import TrialError
from models.domain.partial_dates import PartialDate
from tests.command_fixtures import Run
from tests.demo_fixtures import open_demo


def test_patients_lists_everyone_and_counts(run: Run, demo: Path) -> None:
    status, printed, _ = run("patients", demo)
    assert status == 0
    lines = printed.splitlines()
    assert lines[-1] == f"{len(lines) - 1} synthetic patients."


def test_patients_as_json_says_that_they_are_synthetic(run: Run, demo: Path) -> None:
    _, printed, _ = run("patients", demo, "--json")
    listed = json.loads(printed)
    assert all(line["synthetic"] for line in listed)
    assert sum(line["subject_number"] is not None for line in listed) == 9


def test_chart_gives_the_points_of_the_curve(run: Run, demo: Path) -> None:
    _, listed, _ = run("patients", demo, "--json")
    label = next(line["label"] for line in json.loads(listed) if line["last_class"])
    status, printed, _ = run("chart", demo, "--patient", label, "--json")
    data = json.loads(printed)
    assert status == 0
    assert data["patient"] == label
    assert data["overview"]["points"]


@pytest.mark.parametrize("command", [("chart", "--json"), ("report", "visit", "--out", "x.pdf")])
@pytest.mark.parametrize("nobody", ["", "  "])
def test_a_patient_without_a_number_is_nobody(run: Run, demo: Path, command: tuple[str, ...], nobody: str) -> None:
    words = command[:2] if command[0] == "report" else command[:1]
    status, printed, said = run(*words, demo, "--patient", nobody, *command[len(words) :])
    assert (status, printed) == (1, "")
    assert said == "albatrack: No patient is named. Give a subject or screening number.\n"


def test_the_list_names_the_specimen_of_the_class(run: Run, demo: Path) -> None:
    _, printed, _ = run("patients", demo)
    classes = [line.split("\t")[2] for line in printed.splitlines()[:-1]]
    assert [words for words in classes if words]
    assert all(" in marrow" in words for words in classes if words)


@pytest.mark.parametrize(
    ("cut", "complaint"),
    [
        ("2199-01-01", "lies after today"),
        ("", "--cut is empty"),
        ("2025-02-30", "There is no day 2025-02-30."),
        ("Board", "There is no data cut named Board."),
    ],
)
def test_a_cohort_of_a_day_to_come_or_of_no_day_or_of_no_cut_is_refused(
    run: Run, demo: Path, cut: str, complaint: str
) -> None:
    status, printed, told = run("cohort", demo, "--json", "--cut", cut)
    assert (status, printed) == (1, "")
    assert complaint in told


@pytest.mark.parametrize("name", ["2025-02-30", "2026-02-28"])
def test_a_cut_whose_name_is_written_like_a_day_is_found(demo: Path, name: str) -> None:
    with open_demo(demo, SystemClock()) as study:
        study.cohorts.cuts.make(name, PartialDate(2026, 3, 1))
        cut, until = cut_of(study, name)
    assert (cut.name if cut else "", until) == (name, None)


def test_a_day_may_stand_among_spaces(demo: Path) -> None:
    with open_demo(demo, SystemClock()) as study:
        assert cut_of(study, " 2026-02-27 ") == (None, date(2026, 2, 27))


def label_of_somebody(demo: Path) -> tuple[int, str]:
    with open_demo(demo, SystemClock()) as study:
        [first, *_] = study.enrolled()
        return first, study.chart(first).label


@pytest.mark.parametrize(
    ("command", "act", "details"),
    [
        (("patients", "--json"), "patient list exported", {"as": "json"}),
        (("patients",), "patient list exported", {"as": "text"}),
        (("cohort", "--json", "--by", "sex"), "cohort exported", {"as": "json", "by": "sex", "what": "every number"}),
    ],
)
def test_what_a_command_hands_out_is_in_the_audit_trail(
    run: Run, demo: Path, command: tuple[str, ...], act: str, details: dict[str, str]
) -> None:
    assert run(command[0], demo, *command[1:])[0] == 0
    with open_demo(demo, SystemClock()) as study:
        [line] = [line for line in study.trail.lines() if line.act == act]
    assert details.items() <= line.details.items()


def test_a_chart_that_is_handed_out_is_in_the_audit_trail_of_its_patient(run: Run, demo: Path) -> None:
    patient, label = label_of_somebody(demo)
    assert run("chart", demo, "--patient", label, "--json")[0] == 0
    with open_demo(demo, SystemClock()) as study:
        [line] = [line for line in study.trail.lines() if line.act == "chart exported"]
    assert line.patient_id == patient


def test_nothing_is_handed_out_that_the_audit_trail_cannot_be_told_of(
    run: Run, demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise TrialError("The disk is full.")

    monkeypatch.setattr("models.services.trail.Trail.note", full)
    assert run("patients", demo, "--json") == (1, "", "albatrack: The disk is full.\n")


def test_what_a_console_cannot_show_is_spelled_out_and_still_the_same_data(
    demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    narrow = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr("sys.stdout", narrow)
    assert cli.main(["cohort", str(demo), "--json"]) == 0
    written = narrow.buffer.getvalue().decode("ascii")
    assert "\\u" in written
    assert json.loads(written)["study"]["synthetic"] is True
