import csv
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.domain.errors import TrialError
from models.exchange.grade_csv import ADDED, COLUMNS, grade_file

HEADER = ",".join(COLUMNS)


def graded(folder: Path, *rows: str, version: str = "5.0", header: str = HEADER) -> list[dict[str, str]]:
    source, target = folder / "in.csv", folder / "out.csv"
    source.write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")
    assert grade_file(source, target, version).rows == len(rows)
    with target.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize(
    ("row", "version", "grade", "rule"),
    [
        ("PLT,48,10^9/L,150,400,", "5.0", "3", "ctcae-5.0/platelet-count-decreased"),
        ("PLT,48,10^9/L,150,400,", "6.0", "3", "ctcae-6.0/thrombocytopenia"),
        ("Platelet count decreased,20,10^9/L,150,,", "6.0", "3", "ctcae-6.0/thrombocytopenia"),
        ("Neutrophils,0.4,10^9/L,2,7,", "5.0", "4", "ctcae-5.0/neutrophil-count-decreased"),
        ("Neutrophils,0.4,10^9/L,2,7,", "6.0", "3", "ctcae-6.0/neutrophil-count-decreased"),
        ("ALT,210,U/L,,40,35", "4.03", "3", "ctcae-4.03/alanine-aminotransferase-increased"),
        ("ALT,30,U/L,,40,", "5.0", "0", "ctcae-5.0/alanine-aminotransferase-increased"),
        ("sodium,140,mmol/L,135,145,", "5.0", "0", "ctcae-5.0/hyponatremia+hypernatremia"),
        ("ANC,<0.1,10^9/L,2,,", "5.0", "4", "ctcae-5.0/neutrophil-count-decreased"),
        ("ANC,500,/uL,1500,7000,", "5.0", "3", "ctcae-5.0/neutrophil-count-decreased"),
        ("ALT,1800,U/L,0,45,", "5.0", "4", "ctcae-5.0/alanine-aminotransferase-increased"),
        ("ANC,≤ 0.4,10^9/L,2,,", "5.0", "4", "ctcae-5.0/neutrophil-count-decreased"),
        ("Fatigue,2,,,,", "5.0", "", "ctcae-5.0/not-graded"),
        ("nonsense,2,,,,", "5.0", "", "ctcae-5.0/not-graded"),
        (" plt , 48 , 10^9/L , 150 ,,", "5.0", "3", "ctcae-5.0/platelet-count-decreased"),
    ],
)
def test_a_row_gets_its_grade_and_rule(tmp_path: Path, row: str, version: str, grade: str, rule: str) -> None:
    (found,) = graded(tmp_path, row, version=version)
    assert (found["grade"], found["rule"]) == (grade, rule)
    assert found["reason"].endswith(".")


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ('ALT,"1,5",U/L,,40,', "The value “1,5” can mean 1.5 or 15."),
        ('ALT,15,U/L,,"1,500",', "The uln “1,500” can mean 1.500 or 1500."),
        ("ALT,,U/L,,40,", "The value is empty."),
        ("ALT,high,U/L,,40,", "The value “high” is not a number."),
        ("ALT,٣,U/L,,40,", "is not a number."),
        ("ALT,nan,U/L,,40,", "is not a number."),
        ("ALT,1e9999,U/L,,40,", "is not a number."),
        ("ALT," + "9" * 60 + ",U/L,,40,", "is not a number."),
        ("ALT,1e99,U/L,,40,", "not a possible measurement"),
        ("ALT,-3,U/L,,40,", "A negative value is not possible."),
        ("ALT,30,,,40,", "A value without a unit cannot be graded."),
        ("ALT,30,U/L,,<40,", "The uln “<40” is not a number."),
        ("ALT,30,U/L,,,", "cannot be graded without the upper limit of normal."),
        (",30,U/L,,,", "The row names no term or test."),
        ("Neutrophils,500,/uL,1.5,7,", "a lower limit of normal of 1.5 /µL is not possible."),
        ("Platelet count decreased,48000,10^9/L,150,400,", "a value of 48"),
        ("Creatinine,180,umol/L,,110,0.9", "a baseline of 0.9 µmol/L is not possible."),
    ],
)
def test_a_row_that_cannot_be_graded_says_why_and_stops_nothing(tmp_path: Path, row: str, words: str) -> None:
    found = graded(tmp_path, row, "ALT,30,U/L,,40,")
    assert found[0]["grade"] == ""
    assert words in found[0]["reason"]
    assert found[1]["grade"] == "0"


def test_every_column_of_the_input_is_repeated_in_its_order(tmp_path: Path) -> None:
    header = "patient,value,unit,term_or_test,note,baseline,uln,lln"
    (found,) = graded(tmp_path, 'P-01,48,10^9/L,PLT," =1+1, é",,400,150', header=header)
    assert list(found) == [*header.split(","), *ADDED]
    assert (found["patient"], found["note"], found["grade"]) == ("P-01", " =1+1, é", "3")


def test_the_reason_tells_what_needs_judgement(tmp_path: Path) -> None:
    (found,) = graded(tmp_path, "Hb,9,g/dL,12,16,")
    assert found["reason"].endswith("Grade 3 if red cells have to be transfused.")


def test_a_file_without_rows_gives_a_file_without_rows(tmp_path: Path) -> None:
    assert graded(tmp_path) == []


def test_an_unknown_version_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text(HEADER + "\n", encoding="utf-8")
    with pytest.raises(TrialError, match=r"CTCAE 5 is not known"):
        grade_file(tmp_path / "in.csv", tmp_path / "out.csv", "5")
    assert not (tmp_path / "out.csv").exists()


def test_the_input_is_never_written_over(tmp_path: Path) -> None:
    source = tmp_path / "in.csv"
    source.write_text(HEADER + "\n", encoding="utf-8")
    with pytest.raises(TrialError, match="is the file to be read"):
        grade_file(source, tmp_path / "." / "in.csv", "5.0")


def test_a_file_that_was_graded_already_is_refused(tmp_path: Path) -> None:
    graded(tmp_path, "ALT,30,U/L,,40,")
    with pytest.raises(TrialError, match="the column grade would be written here"):
        grade_file(tmp_path / "out.csv", tmp_path / "again.csv", "5.0")


def test_rows_without_a_grade_are_counted_apart_and_grade_0_is_none_of_them(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text(f"{HEADER}\nALT,30,U/L,,40,\nALT,30,bananas,,40,\nALT,300,U/L,,40,\n")
    assert grade_file(tmp_path / "in.csv", tmp_path / "out.csv", "5.0") == (3, 1)


_cells = st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(*[_cells] * 6), max_size=4))
def test_no_content_of_the_cells_stops_the_file(tmp_path: Path, rows: list[tuple[str, ...]]) -> None:
    source, target = tmp_path / "cells.csv", tmp_path / "graded.csv"
    with source.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows((COLUMNS, *rows))
    assert grade_file(source, target, "5.0").rows == len(rows)
    with target.open(encoding="utf-8", newline="") as stream:
        assert [tuple(record[:6]) for record in list(csv.reader(stream))[1:]] == rows
