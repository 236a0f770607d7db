"""The commands on CSV files."""

import csv
from pathlib import Path

from tests.command_fixtures import Run


def test_classify_names_class_and_reason(run: Run, tmp_path: Path) -> None:
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text(
        "transcript,specimen,target_copies,control_copies,lab_category,baseline_ratio\n"
        "p190,BONE MARROW,0,45310,,0.6\n"
        "p190,BONE MARROW,0,900,not detected,0.6\n",
        encoding="utf-8",
    )
    status, _, _ = run("classify", "--csv", source, "--out", out, "--protocol", "dalba")
    with out.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert status == 0
    assert [row["class"] for row in rows] == ["complete", "not evaluable"]
    assert all(row["reason"] for row in rows)


def test_grade_names_grade_and_rule(run: Run, tmp_path: Path) -> None:
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("term_or_test,value,unit,lln,uln,baseline\nPLAT,48,10^9/L,150,400,\n", encoding="utf-8")
    assert run("grade", "--csv", source, "--out", out, "--ctcae", "5.0")[0] == 0
    with out.open(newline="", encoding="utf-8") as file:
        assert [row["grade"] for row in csv.DictReader(file)] == ["3"]


def test_what_could_not_be_graded_or_classified_is_not_called_done(run: Run, tmp_path: Path) -> None:
    labs, results = tmp_path / "labs.csv", tmp_path / "results.csv"
    labs.write_text("term_or_test,value,unit,lln,uln,baseline\nPLAT,48,10^9/L,150,400,\nPLAT,48,,150,400,\n")
    columns = "transcript,specimen,target_copies,control_copies,lab_category,baseline_ratio"
    results.write_text(f"{columns}\np190,BM,0,900,,\n")
    _, graded, _ = run("grade", "--csv", labs, "--out", tmp_path / "g.csv", "--ctcae", "5.0")
    _, classified, _ = run("classify", "--csv", results, "--out", tmp_path / "c.csv")
    assert graded == f"1 value graded in {tmp_path / 'g.csv'}, 1 not: the column reason says why.\n"
    assert classified == f"1 result classified in {tmp_path / 'c.csv'}.\n"
