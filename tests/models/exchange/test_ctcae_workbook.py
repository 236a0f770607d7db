import contextlib
import json
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook

from models.domain.errors import TrialError
from models.exchange.ctcae_workbook import load, read_workbook

HEADER = [
    "CTCAE v6.0 MedDRA 28.0 LLT Code",
    "CTCAE v6.0 MedDRA 28.0 SOC",
    "CTCAE v6.0 MedDRA 28.0 Term",
    *(f"Grade {grade} \u00a0\u00a0" for grade in range(1, 6)),
    "Definition",
    "Navigational Note",
]
BLOOD = "Blood and lymphatic system disorders"
ANEMIA = [10002272, BLOOD, "Anemia", "one", "two", "three", "four", "Death", "Too few\nred cells.", "-"]
LYMPHOPENIA = [10025327, BLOOD, "Lymphopenia", "Seen", "-", "-", "\u2013", None, "-", "-"]


def a_workbook(
    folder: Path, *rows: Sequence[object], header: Sequence[object] = HEADER, name: str = "ctcae.xlsx"
) -> Path:
    workbook = Workbook()
    workbook.active.title = "Notes"
    workbook.active.append(["Read me first"])
    sheet = workbook.create_sheet("Clean Copy")
    sheet.append(["A title above the header"])
    for row in (header, *rows):
        sheet.append(list(row))
    workbook.create_sheet("Mapping").append(["V5", None, "V6"])
    path = folder / name
    workbook.save(path)
    return path


def test_the_official_text_is_read_from_the_sheet_with_the_columns(tmp_path: Path) -> None:
    book = read_workbook(a_workbook(tmp_path, ANEMIA, LYMPHOPENIA))
    assert book.version == "6.0"
    assert [row.name for row in book.rows] == ["Anemia", "Lymphopenia"]
    anemia = book.term("anaemia")
    assert anemia is not None
    assert anemia.system_organ_class == BLOOD
    assert anemia.definition == "Too few red cells."
    assert anemia.grades == {1: "one", 2: "two", 3: "three", 4: "four", 5: "Death"}


def test_a_dash_or_an_empty_cell_means_that_the_grade_does_not_exist(tmp_path: Path) -> None:
    lymphopenia = read_workbook(a_workbook(tmp_path, LYMPHOPENIA)).term("Lymphopenia")
    assert lymphopenia is not None
    assert lymphopenia.grades == {1: "Seen"}
    assert lymphopenia.definition == ""


def test_a_workbook_of_version_4_is_known_by_its_header(tmp_path: Path) -> None:
    header = ["MedDRA v12.0 Code", "CTCAE v4.0 SOC", "CTCAE v4.0 Term", *HEADER[3:8], "Definition"]
    book = read_workbook(a_workbook(tmp_path, ANEMIA[:9], header=header))
    assert book.version == "4.03"
    assert {finding.rule for finding in book.findings} == {"ctcae-workbook/missing-term"}


def test_a_workbook_of_version_4_is_compared_with_the_list_of_that_version(tmp_path: Path) -> None:
    header = ["MedDRA v12.0 Code", "CTCAE v4.0 SOC", "CTCAE v4.0 Term", *HEADER[3:8], "Definition"]
    later = [1, BLOOD, "Eosinophilia", "x", "-", "x", "-", "-", "-"]
    early = [2, BLOOD, "Spleen disorder", "x", "x", "-", "x", "x", "-"]
    book = read_workbook(a_workbook(tmp_path, later, early, header=header))
    told = {finding.message for finding in book.findings if finding.rule != "ctcae-workbook/missing-term"}
    assert told == {"Eosinophilia is not in the term list of CTCAE 4.03."}


def test_the_version_may_stand_in_the_name_of_the_file_only(tmp_path: Path) -> None:
    header = ["MedDRA Code", "MedDRA SOC", "CTCAE Term", *HEADER[3:8], "Definition"]
    assert read_workbook(a_workbook(tmp_path, ANEMIA[:9], header=header, name="CTCAE_v5.0.xlsx")).version == "5.0"
    with pytest.raises(TrialError, match="does not say which version"):
        read_workbook(a_workbook(tmp_path, ANEMIA[:9], header=header))


def test_what_is_odd_in_the_rows_becomes_a_finding(tmp_path: Path) -> None:
    nameless = [1, BLOOD, None, "x", "-", "-", "-", "-", "-", "-"]
    odd = [2, BLOOD, "Green blood", "x", "-", "-", "-", "-", "-", "-"]
    bare = [3, BLOOD, "Hemolysis", "-", "-", "-", "-", "-", "-", "-"]
    book = read_workbook(a_workbook(tmp_path, ANEMIA, nameless, [None] * 10, ANEMIA, odd, bare))
    told = {finding.rule: finding.message for finding in book.findings if finding.rule != "ctcae-workbook/missing-term"}
    assert told == {
        "ctcae-workbook/no-term": "Line 4 names no term and was left out.",
        "ctcae-workbook/twice": "Line 6 names Anemia again and was left out.",
        "ctcae-workbook/no-grades": "Line 8: Hemolysis has no grades.",
        "ctcae-workbook/unknown-term": "Green blood is not in the term list of CTCAE 6.0.",
        "ctcae-workbook/other-grades": "Hemolysis has other grades in the workbook than in the term list.",
    }
    assert sum(finding.rule == "ctcae-workbook/missing-term" for finding in book.findings) == 848


def test_the_text_is_kept_and_read_back(tmp_path: Path) -> None:
    book = read_workbook(a_workbook(tmp_path, ANEMIA, LYMPHOPENIA))
    book.save(tmp_path / "text.json")
    again = load(tmp_path / "text.json")
    assert (again.version, again.rows) == (book.version, book.rows)
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".part"] == []


def test_a_text_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    book = read_workbook(a_workbook(tmp_path, ANEMIA))
    with pytest.raises(TrialError, match=r"nowhere.*cannot be written"):
        book.save(tmp_path / "nowhere" / "text.json")


@pytest.mark.parametrize(
    "content",
    ["", "[]", "{}", "null", '{"format": "CTCAE text"}', '{"format": "CTCAE text", "version": "6.0", "terms": 3}',
     '{"format": "other"}', '{"format": "CTCAE text", "version": "6.0", "terms": [{}]}', "[" * 100000],
)  # fmt: skip
def test_a_damaged_text_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "text.json").write_text(content, encoding="utf-8")
    with pytest.raises(TrialError, match="Import NCI's workbook again"):
        load(tmp_path / "text.json")


def test_a_missing_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TrialError, match="cannot be read"):
        load(tmp_path / "text.json")


@pytest.mark.parametrize(
    ("rows", "header", "words"),
    [
        ([], HEADER, "there are no terms below the header"),
        ([ANEMIA], ["a", "b", "c"], "has no sheet with the terms of CTCAE"),
        ([ANEMIA], [text.replace("v6.0", "v9.1") for text in HEADER], r"holds CTCAE 9\.1"),
    ],
)
def test_another_kind_of_workbook_is_refused(
    tmp_path: Path, rows: list[list[object]], header: list[str], words: str
) -> None:
    with pytest.raises(TrialError, match=words):
        read_workbook(a_workbook(tmp_path, *rows, header=header))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 not really", b"%PDF-1.7", "voilà".encode()])
def test_a_file_that_is_no_workbook_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "book.xlsx").write_bytes(content)
    with pytest.raises(TrialError, match="is damaged, or not an Excel workbook"):
        read_workbook(tmp_path / "book.xlsx")


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(TrialError, match="does not exist"):
        read_workbook(tmp_path / "none.xlsx")
    with pytest.raises(TrialError, match="is not an ordinary file"):
        read_workbook(tmp_path)


def test_an_archive_without_the_parts_of_a_workbook_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "book.xlsx", "w") as archive:
        archive.writestr("letter.txt", "Dear all")
    with pytest.raises(TrialError, match="is damaged, or not an Excel workbook"):
        read_workbook(tmp_path / "book.xlsx")


def test_a_workbook_cut_or_changed_anywhere_raises_nothing_but_a_refusal(tmp_path: Path) -> None:
    whole = a_workbook(tmp_path, ANEMIA).read_bytes()
    damaged = tmp_path / "damaged.xlsx"
    for place in range(0, len(whole), max(1, len(whole) // 60)):
        for content in (whole[:place], whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1 :]):
            damaged.write_bytes(content)
            with contextlib.suppress(TrialError):  # a change may also go unnoticed; nothing else may be raised
                read_workbook(damaged)


def test_a_part_with_broken_xml_is_refused(tmp_path: Path) -> None:
    good = a_workbook(tmp_path, ANEMIA)
    broken = tmp_path / "broken.xlsx"
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(broken, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name)[:-20] if "sheet2" in name else source.read(name))
    with pytest.raises(TrialError, match="is damaged, or not an Excel workbook"):
        read_workbook(broken)


def test_an_archive_that_unpacks_to_too_much_is_not_opened(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.xlsx"
    with (
        zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w") as part,
    ):
        for _ in range(51):
            part.write(bytes(1024 * 1024))
    with pytest.raises(TrialError, match="would unpack to more than 50 MB"):
        read_workbook(bomb)


def test_xml_that_declares_entities_is_not_opened(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "lol.xlsx", "w") as archive:
        archive.writestr("xl/workbook.xml", '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    with pytest.raises(TrialError, match="declarations that no Excel workbook needs"):
        read_workbook(tmp_path / "lol.xlsx")


def test_text_repeated_beyond_reason_is_not_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.exchange.ctcae_workbook._MOST_TEXT", 50)
    with pytest.raises(TrialError, match="far more text than CTCAE"):
        read_workbook(a_workbook(tmp_path, ANEMIA))


def test_the_kept_text_is_plain_json_with_its_version(tmp_path: Path) -> None:
    read_workbook(a_workbook(tmp_path, LYMPHOPENIA)).save(tmp_path / "text.json")
    content = json.loads((tmp_path / "text.json").read_text(encoding="utf-8"))
    assert content["version"] == "6.0"
    assert content["terms"] == [{"class": BLOOD, "term": "Lymphopenia", "definition": "", "grades": {"1": "Seen"}}]
