import csv
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.domain.errors import TrialError
from models.domain.molecular.rules import MrdRules
from models.domain.molecular.terms import CLASSES, EUROPEAN_CLASSES
from models.exchange.classify_csv import ADDED_COLUMNS, COLUMNS, classify_file

RULES = MrdRules("d-alba", "1", "for tests")


def classified(
    folder: Path, *rows: str, header: str = ",".join(COLUMNS), rules: MrdRules = RULES
) -> list[dict[str, str]]:
    source, target = folder / "in.csv", folder / "out.csv"
    source.write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")
    classify_file(source, target, rules)
    with target.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize(
    ("row", "numbers", "classes"),
    [
        ("p190,bone marrow,0,45310,,0.62", ("0", "0.00220702", ">4.44"), ("complete", "MRD CR")),
        ("p190,BM,9.2,43800,positive,62%", ("0.0210046", "0.00228311", "3.47"), ("positive", "failure")),
        ("p210,blood,2.1,35002,PNQ,", ("0.00599966", "0.00285698", ""), ("positive non-quantifiable", "intermediate")),
        ("p190,PB,0,5000,not detected,1", ("0", "0.02", ""), ("not evaluable", "intermediate")),
        ("e1a2,marrow,,,,", ("", "", ""), ("not evaluable", "not evaluable")),
    ],
)
def test_a_row_gets_ratio_sensitivity_reduction_and_both_classes(
    tmp_path: Path, row: str, numbers: tuple[str, str, str], classes: tuple[str, str]
) -> None:
    (out,) = classified(tmp_path, row)
    assert (out["ratio_percent"], out["sensitivity_percent"], out["log_reduction"]) == numbers
    assert (out["class"], out["class_european"]) == classes


def test_the_columns_of_the_file_come_first_and_stay_as_they_are(tmp_path: Path) -> None:
    header = "patient,control_copies,target_copies,specimen,transcript,baseline_ratio,lab_category"
    (out,) = classified(tmp_path, '"042-017, twin", 45310 ,0,BM,p190,,', header=header)
    assert [*out] == [*header.split(","), *ADDED_COLUMNS]
    assert (out["patient"], out["control_copies"]) == ("042-017, twin", " 45310 ")


def test_the_control_gene_is_that_of_the_rules(tmp_path: Path) -> None:
    rules = replace(RULES, usual_control_gene="GUSB")
    (out,) = classified(tmp_path, "p190,BM,0,12000,,", rules=rules)
    assert (classified(tmp_path, "p190,BM,0,12000,,")[0]["class"], out["class"]) == ("complete", "not evaluable")
    assert "12 000 GUSB copies" in out["reason"].replace("\N{NO-BREAK SPACE}", " ")


def test_the_rules_are_named(tmp_path: Path) -> None:
    assert classified(tmp_path, "p190,BM,0,45310,,")[0]["rule"] == "d-alba 1; european-mrd 2021"


@pytest.mark.parametrize(
    ("row", "cell"),
    [
        ("p230,BM,0,45310,,", "transcript: “p230” is not known"),
        (",BM,0,45310,,", "transcript: it is empty"),
        ("p190,saliva,0,45310,,", "specimen: “saliva” is not known"),
        ("p190,BM,many,45310,,", "target_copies: many is not a number"),
        ('p190,BM,0,"45,310",,', "control_copies: 45,310 can be read in two ways: 45 310 or 45.310"),
        ("p190,BM,-1,45310,,", "target_copies: BCR::ABL1 copies cannot be below zero"),
        ("p190,BM,0,45310,maybe,", "lab_category: “maybe” is not known"),
        ("p190,BM,0,45310,,half", "baseline_ratio: half is not a number"),
        ("p190,BM,0,45310,,-1", "baseline_ratio: it cannot be below zero"),
    ],
)
def test_a_bad_cell_makes_its_row_not_evaluable_and_is_named(tmp_path: Path, row: str, cell: str) -> None:
    bad, good = classified(tmp_path, row, "p190,BM,0,45310,,")
    assert (bad["class"], bad["class_european"], good["class"]) == ("not evaluable", "not evaluable", "complete")
    assert cell in bad["reason"]


@pytest.mark.parametrize("baseline", ["62.5", "0", "<0.5"])
def test_a_doubtful_baseline_gives_no_log_reduction_but_keeps_the_class(tmp_path: Path, baseline: str) -> None:
    (out,) = classified(tmp_path, f"p190,BM,0,45310,,{baseline}")
    assert (out["class"], out["log_reduction"]) == ("complete", "")
    assert "baseline_ratio: " in out["reason"]


def test_the_reason_tells_what_differs_and_what_is_doubtful(tmp_path: Path) -> None:
    reason = classified(tmp_path, "p190,BM,3,45310,not detected,")[0]["reason"]
    assert "the numbers alone would give “positive”" in reason
    assert "lab_category: The laboratory says “not detected”, yet" in reason


def test_rows_that_cannot_be_classified_are_counted_apart_and_a_class_not_evaluable_is_none_of_them(
    tmp_path: Path,
) -> None:
    (tmp_path / "in.csv").write_text(",".join(COLUMNS) + "\np190,BM,0,1,,\np230,BM,0,1,,\np190,BM,-1,1,,\n")
    assert classify_file(tmp_path / "in.csv", tmp_path / "out.csv", RULES) == (3, 2)


def test_one_number_for_both_transcripts_gets_a_class_and_a_remark(tmp_path: Path) -> None:
    both, one = classified(tmp_path, "both,BM,0,45310,,0.6", "p210,BM,0,45310,,0.6")
    assert (both["class"], both["class_european"]) == (one["class"], one["class_european"]) == ("complete", "MRD CR")
    assert "the two together" in both["reason"]
    assert "the two together" not in one["reason"]


def test_a_header_alone_gives_a_header(tmp_path: Path) -> None:
    assert classified(tmp_path) == []


def test_a_file_that_was_classified_before_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TrialError, match="column class would be written here"):
        classified(tmp_path, header=",".join((*COLUMNS, "class")))


def test_the_input_is_never_written_over(tmp_path: Path) -> None:
    source = tmp_path / "in.csv"
    source.write_text(",".join(COLUMNS) + "\n")
    with pytest.raises(TrialError, match="the file to be read"):
        classify_file(source, source, RULES)


@given(cells=st.lists(st.text("0123456789.,<>-e% pnqabBM10", max_size=8), min_size=6, max_size=6))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
def test_any_cells_give_a_class_and_a_reason(tmp_path: Path, cells: list[str]) -> None:
    with (tmp_path / "in.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([COLUMNS, ["p190", "BM", *cells[2:]], cells])
    classify_file(tmp_path / "in.csv", tmp_path / "out.csv", RULES)
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as stream:
        for out in csv.DictReader(stream):
            assert out["class"] in CLASSES
            assert out["class_european"] in EUROPEAN_CLASSES
            assert out["reason"]
