"""NCI's wording, kept beside the settings of the desk."""

from pathlib import Path

import pytest

from gui.official_text import keep_official_text, official_file, official_term, official_text
from models.domain.errors import TrialError
from models.exchange.ctcae_workbook import CtcaeWorkbook, OfficialTerm

TEXT = CtcaeWorkbook("6.0", (OfficialTerm("General", "Fever", "", {1: "one"}),))


def test_a_text_is_found_again_under_its_version(tmp_path: Path) -> None:
    keep_official_text(tmp_path / "new folder", TEXT)
    found = official_term(tmp_path / "new folder", "6.0", "FEVER")
    assert found is not None
    assert found.grades[1] == "one"
    assert official_text(tmp_path / "new folder", "5.0") is None


def test_a_new_import_replaces_the_old_one(tmp_path: Path) -> None:
    keep_official_text(tmp_path, TEXT)
    official_text(tmp_path, "6.0")
    keep_official_text(tmp_path, CtcaeWorkbook("6.0", (OfficialTerm("General", "Chills", "", {1: "two"}),)))
    assert official_term(tmp_path, "6.0", "Fever") is None
    assert official_term(tmp_path, "6.0", "Chills") is not None


def test_a_damaged_file_counts_as_none(tmp_path: Path) -> None:
    official_file(tmp_path, "6.0").write_text("{")
    assert official_text(tmp_path, "6.0") is None


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(TrialError, match="cannot be made"):
        keep_official_text(tmp_path / "file" / "below", TEXT)
