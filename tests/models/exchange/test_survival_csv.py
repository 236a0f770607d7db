import json
from pathlib import Path
from typing import Any

import pytest

from models.domain.errors import TrialError
from models.exchange.survival_csv import survival_file
from models.statistics.survival import kaplan_meier

PLAIN = "time,event\n3,1\n5,0\n5,1\n20,0\n"
GROUPED = "time,event,group\n3,1,b\n5,0,a\n5,1,a\n20,0,b\n"
COMPETING = "time,event,group,competing\n3,1,b,0\n5,0,a,1\n5,1,a,\n20,0,b,0\n25,0,a,0\n"


def read(folder: Path, text: str) -> dict[str, Any]:
    path = folder / "times.csv"
    path.write_text(text, encoding="utf-8")
    result = survival_file(path)
    assert json.loads(json.dumps(result, allow_nan=False)) == result
    return result


def refused(folder: Path, text: str) -> str:
    with pytest.raises(TrialError) as problem:
        read(folder, text)
    return str(problem.value)


def test_a_file_of_times_and_events_gives_the_curve_and_the_follow_up(tmp_path: Path) -> None:
    (everybody,) = read(tmp_path, PLAIN)["patients"]
    curve = kaplan_meier([3, 5, 5, 20], [True, False, True, False])
    assert (everybody["group"], everybody["total"], everybody["survival"]["events"]) == (None, 4, 2)
    assert everybody["survival"]["steps"] == [step._asdict() for step in curve.steps]
    assert everybody["survival"]["median"] == curve.median._asdict() == {"value": 5.0, "lower": 3.0, "upper": None}
    assert everybody["follow_up"] == {"median": {"value": 20.0, "lower": 5.0, "upper": None}}


def test_the_landmarks_are_in_the_unit_of_the_file_and_end_with_the_observation(tmp_path: Path) -> None:
    result = read(tmp_path, PLAIN)
    landmarks = result["patients"][0]["survival"]["landmarks"]
    assert [(at["time"], at["at_risk"], at["survival"]) for at in landmarks] == [
        (12, 1, pytest.approx(0.5)),
        (18, 1, pytest.approx(0.5)),
        (24, 0, None),
        (48, 0, None),
    ]
    assert result["methods"]["unit"] == "Times are in the unit of the file, and so are the landmarks."


def test_groups_are_estimated_one_by_one_and_compared(tmp_path: Path) -> None:
    result = read(tmp_path, GROUPED)
    assert [(part["group"], part["total"]) for part in result["patients"]] == [(None, 4), ("a", 2), ("b", 2)]
    assert result["logrank"]["df"] == 1
    assert {name: counts["observed"] for name, counts in result["logrank"]["groups"].items()} == {"a": 1, "b": 1}
    assert "gray" not in result


def test_competing_events_are_estimated_by_cause_and_compared(tmp_path: Path) -> None:
    result = read(tmp_path, COMPETING)
    everybody = result["patients"][0]
    assert everybody["survival"]["events"] == 3  # of any cause
    assert {cause: part["events"] for cause, part in everybody["incidence"].items()} == {"event": 2, "competing": 1}
    assert everybody["incidence"]["event"]["landmarks"][0]["incidence"] == pytest.approx(1 / 5 + 1 / 5)
    assert set(result["gray"]) == {"event", "competing"}


def test_competing_events_may_have_names(tmp_path: Path) -> None:
    result = read(tmp_path, "time,event,competing\n3,1,\n5,0,death\n7,0,transplant\n9,0,\n")
    assert list(result["patients"][0]["incidence"]) == ["event", "death", "transplant"]
    assert "gray" not in result


def test_a_cause_that_never_happened_has_a_curve_at_0_and_no_test(tmp_path: Path) -> None:
    result = read(tmp_path, "time,event,group,competing\n3,0,a,1\n5,0,b,1\n7,0,a,0\n")
    assert result["patients"][0]["incidence"]["event"]["events"] == 0
    assert set(result["gray"]) == {"competing"}


def test_every_estimate_comes_with_its_method(tmp_path: Path) -> None:
    assert set(read(tmp_path, PLAIN)["methods"]) == {"unit", "survival", "median", "follow_up"}
    assert set(read(tmp_path, GROUPED)["methods"]) == {"unit", "survival", "median", "follow_up", "logrank"}
    assert {"incidence", "gray"} <= set(read(tmp_path, COMPETING)["methods"])


def test_no_patient_gives_no_estimate(tmp_path: Path) -> None:
    result = read(tmp_path, "time,event,group,competing\n")
    (everybody,) = result["patients"]
    assert (everybody["total"], everybody["survival"]["steps"]) == (0, [])
    assert (result["logrank"]["statistic"], result["gray"]) == (None, {})


def test_further_columns_and_their_order_do_not_matter(tmp_path: Path) -> None:
    other = "event,patient,time\n1,1,3\n0,2,5\n1,3,5\n0,4,20\n"
    assert read(tmp_path, other) == read(tmp_path, PLAIN)


@pytest.mark.parametrize("text", ["5", " 5 ", "5.0", "5.", "0.5e1", "05"])
def test_a_time_may_be_written_in_any_plain_way(tmp_path: Path, text: str) -> None:
    assert read(tmp_path, f"time,event\n{text},1\n")["patients"][0]["survival"]["steps"][0]["time"] == 5


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("time,event\n3,1\n,1\n", "line 3: the time is empty."),
        ('time,event\n"3,5",1\n', "line 2: the time “3,5” has a comma. Write a point for decimals."),
        ("time,event\n-3,1\n", "line 2: the time “-3” is negative."),
        ("time,event\n12 months,1\n", "line 2: the time “12 months” is not a number."),
        ("time,event\nnan,1\n", "line 2: the time “nan” is not a number."),
        ("time,event\n1e999,1\n", "line 2: the time “1e999” is not a number."),
        ("time,event\n٣,1\n", "line 2: the time “٣” is not a number."),
        ("time,event\n3,1\n4,yes\n", "line 3: the event “yes” is neither 0 nor 1."),
        ("time,event\n3,2\n", "line 2: the event “2” is neither 0 nor 1."),
        ("time,event\n3,\n", "line 2: the event “” is neither 0 nor 1."),
        ("time,event,group\n3,1,a\n3,1, \n", "line 3: the group is empty."),
        ("time,event,competing\n3,1,1\n", "line 2: both the event and a competing event."),
        ("time,event,competing\n3,0,event\n", "line 2: a competing event cannot be named “event”."),
        ("time,status\n3,1\n", "line 1: no column event."),
        ("time,event\n3\n", "line 2: 1 cells where the header has 2 columns."),
    ],
)
def test_a_row_that_cannot_be_read_is_named_with_its_line(tmp_path: Path, rows: str, words: str) -> None:
    assert words in refused(tmp_path, rows)


def test_a_column_of_patient_numbers_is_no_column_of_groups(tmp_path: Path) -> None:
    rows = "\n".join(f"3,1,{number}" for number in range(21))
    assert "the column group tells 21 kinds apart; 20 are the most" in refused(tmp_path, f"time,event,group\n{rows}\n")


def test_a_column_of_notes_is_no_column_of_competing_events(tmp_path: Path) -> None:
    rows = "\n".join(f"3,0,note {number}" for number in range(10))
    words = "the column competing tells 10 kinds apart; 9 are the most"
    assert words in refused(tmp_path, f"time,event,competing\n{rows}\n")


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(TrialError, match="does not exist"):
        survival_file(tmp_path / "nothing.csv")
