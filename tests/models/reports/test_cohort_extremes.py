"""The cohort report where there is little to count: plain words, no blanks and no marks of a computer."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from models.cohort.cohort import Cohort
from models.cohort.grouping import grouping
from models.domain.notation import Desk
from models.domain.printing import Printing
from models.reports.cohort_changes import Comparison
from models.reports.cohort_report import cohort_report
from tests.builders import PatientBuilder
from tests.models.cohort.people import count, person
from tests.models.reports.reading import page_texts

NOW = datetime(2026, 10, 2, 10, 14, tzinfo=timezone(timedelta(hours=2)))


def by_sex(people: Sequence[PatientBuilder]) -> Cohort:
    counted = count(people)
    return replace(counted, by=grouping("sex", counted.protocol))


def text_of(counted: Cohort, path: Path, comparison: Comparison | None = None) -> str:
    out = path / "cohort.pdf"
    cohort_report(counted, out, Printing("D-ALBA", "042", "C. Rossi", NOW, Desk.ENGLISH, "1"), comparison=comparison)
    return " ".join(page_texts(out))


def plain(text: str) -> bool:
    return not re.search(r"\b(nan|NaN|None|inf)\b", text)


def test_nobody_makes_a_report_that_says_so(tmp_path: Path) -> None:
    text = text_of(count([]), tmp_path)
    for sentence in (
        "Nobody has been screened yet.",
        "nobody is evaluable yet",
        "Age, years, median (range) not recorded",
        "No patient is enrolled yet.",
        "No patient is followed for this endpoint yet.",
        "No patient has begun treatment yet.",
        "No molecular level is recorded yet.",
        "No adverse event is recorded.",
        "No phase of treatment has begun yet.",
        "No mutation is recorded.",
        "No visit was expected yet.",
    ):
        assert sentence in text
    assert plain(text)


def test_one_patient_makes_a_whole_report(tmp_path: Path) -> None:
    text = text_of(count([person(1).assessed(57).mrd(-5, 3000).mrd(85, 0).seen(200)]), tmp_path)
    assert "100.0 % (2.5–100.0)" in text
    assert "1 of 1" in text
    assert plain(text)


def test_a_patient_with_nothing_but_a_diagnosis_makes_a_whole_report(tmp_path: Path) -> None:
    text = text_of(count([person(1, begun=False)]), tmp_path)
    assert "No patient is evaluable at any time point yet." in text
    assert "nobody counts" in text
    assert plain(text)


def test_all_censored_stays_at_every_patient_without_an_event(tmp_path: Path) -> None:
    text = text_of(count([person(number).assessed(57).seen(500 + number) for number in range(1, 6)]), tmp_path)
    assert re.search(r"all patients 5 0 100\.0 % .*not reached", text)
    assert plain(text)


def test_a_landmark_that_nobody_reached_is_told_below_the_table(tmp_path: Path) -> None:
    text = text_of(count([person(number).assessed(57).seen(500 + number) for number in range(1, 6)]), tmp_path)
    assert "Nobody was observed for 18 or 24 or 48 months." in text


@pytest.mark.parametrize("endpoint", ["Overall survival (OS)", "Cumulative incidence of relapse (CIR)"])
def test_a_level_without_events_stands_beside_one_with_events(endpoint: str, tmp_path: Path) -> None:
    women = [person(number).assessed(57).assessed(400).seen(500) for number in range(1, 5)]
    men = [person(number, sex="M").assessed(57).relapsed(150).died(200) for number in range(5, 9)]
    text = text_of(by_sex([*women, *men]), tmp_path)
    section = re.split(rf"Table \d+\. {re.escape(endpoint)} by sex", text)[1][:1600]
    assert re.search(r"Female 4 0 ", section)
    assert re.search(r"Male 4 4 ", section)
    assert re.search(r"(Log-rank|Gray's) test: p\s?(=|<)", section)
    assert plain(text)


def test_a_single_level_cannot_be_tested_and_says_so(tmp_path: Path) -> None:
    text = text_of(by_sex([person(number).assessed(57).seen(500) for number in range(1, 5)]), tmp_path)
    assert len(re.findall(r"test: cannot be tested\.", text)) >= 8
    assert "test: –" not in text


def test_without_a_cut_nothing_is_said_of_changes(tmp_path: Path) -> None:
    assert "Changes since" not in text_of(count([person(1)]), tmp_path)


def test_a_cut_without_a_difference_says_so(tmp_path: Path) -> None:
    text = text_of(count([person(1)]), tmp_path, Comparison("Board, June", ()))
    assert "No number of the tables differs." in text


@pytest.mark.parametrize("words", ["taste gone " * 1800, "x" * 20_000])
def test_words_of_any_length_for_an_event_without_a_term_leave_the_numbers_readable(words: str, tmp_path: Path) -> None:
    term = "Nervous system disorders - Other, specify"
    text = text_of(count([person(1).event(term, 10, grade=3, words=words), person(2)]), tmp_path)
    assert "Treated" in text
    assert "50.0 % (1.3–98.7)" in text
