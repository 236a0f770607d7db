"""How commands are written, and what is said of one that is written otherwise."""

import pytest

from models import cli
from models.exchange import classify_csv, grade_csv, survival_csv


@pytest.mark.parametrize(
    ("command", "complaint"),
    [
        (("report", "clinic", "x", "--out", "y", "--date", "31/02/2026"), "“31/02/2026” is no day"),
        (("demo", "x", "--patients", "abc"), "“abc” is no whole number from 1 to 1,000,000"),
        (("demo", "x", "--patients", "0"), "“0” is no whole number from 1 to 1,000,000"),
        (("demo", "x", "--patients", "999999999"), "“999999999” is no whole number from 1 to 1,000,000"),
        (("demo", "x", "--seed", "x"), "“x” is no whole number of at most 18 digits"),
        (("demo", "x", "--seed", "9" * 5000), f"“{'9' * 40}” is no whole number of at most 18 digits"),
        (("classify", "--csv", "x", "--out", "y", "--protocol", ""), "argument --protocol: the name is empty"),
        (("grade", "--csv", "x", "--out", "y"), "the following arguments are required: --ctcae"),
        (("paint", "x"), "invalid choice: 'paint'"),
    ],
)
def test_a_command_that_is_not_written_as_it_must_be_is_refused_in_one_line(
    capsys: pytest.CaptureFixture[str], command: tuple[str, ...], complaint: str
) -> None:
    with pytest.raises(SystemExit, match="2"):
        cli.main(command)
    said = capsys.readouterr().err
    assert complaint in said
    assert said.endswith("--help shows how it is written.\n")
    assert said.count("\n") == 1


COMMANDS = (
    *("patients", "chart", "cohort", "report visit", "report clinic", "report cohort"),
    *("demo", "verify", "backup", "classify", "grade", "survival"),
)


def help_of(capsys: pytest.CaptureFixture[str], command: str) -> str:
    with pytest.raises(SystemExit, match="0"):
        cli.main([*command.split(), "--help"])
    return capsys.readouterr().out


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_a_command_says_what_every_option_is(capsys: pytest.CaptureFixture[str], command: str) -> None:
    told = help_of(capsys, command).split("positional arguments:")[-1].split("options:")[-1]
    bare = [line for line in told.splitlines() if line.startswith("  -") and len(line.split("  ")) < 3]
    following = [told.splitlines()[told.splitlines().index(line) + 1] for line in bare]
    assert all(line.startswith("      ") for line in following)


@pytest.mark.parametrize("command", ["classify", "grade", "survival"])
def test_the_help_of_a_command_on_a_file_names_its_columns(capsys: pytest.CaptureFixture[str], command: str) -> None:
    columns = {"classify": classify_csv.COLUMNS, "grade": grade_csv.COLUMNS, "survival": survival_csv.COLUMNS}[command]
    added = {"classify": classify_csv.ADDED_COLUMNS, "grade": grade_csv.ADDED, "survival": ()}[command]
    told = help_of(capsys, command)
    assert [name for name in (*columns, *added) if name not in told] == []


def test_only_what_reads_can_be_asked_to_read_only(capsys: pytest.CaptureFixture[str]) -> None:
    reading = [command for command in COMMANDS if "--read-only" in help_of(capsys, command)]
    assert reading == ["patients", "chart", "cohort", "report visit", "report clinic", "report cohort", "verify"]
