"""What the panel says about a term."""

from pathlib import Path

from gui.official_text import keep_official_text
from gui.pages.patient.adverse_events.criteria import grade_help
from models.exchange.ctcae_workbook import CtcaeWorkbook, OfficialTerm


def test_no_term_has_no_help(tmp_path: Path) -> None:
    assert grade_help("5.0", "", None, tmp_path) is None


def test_only_the_grades_that_exist_are_shown(tmp_path: Path) -> None:
    found = grade_help("5.0", "Pleural effusion", None, tmp_path)
    assert found is not None
    assert list(found.grades) == [1, 2, 3, 4, 5]
    found = grade_help("5.0", "Alopecia", None, tmp_path)
    assert found is not None
    assert list(found.grades) == [1, 2]


def test_a_common_name_that_is_no_term_says_so(tmp_path: Path) -> None:
    found = grade_help("5.0", "pleur", None, tmp_path)
    assert found is not None
    assert (found.subtitle, dict(found.grades)) == ("Not a term of CTCAE 5.0", {})


def test_the_official_text_wins_where_it_was_imported(tmp_path: Path) -> None:
    row = OfficialTerm("Respiratory", "Pleural effusion", "Fluid", {1: "official one", 3: "official three"})
    keep_official_text(tmp_path, CtcaeWorkbook("5.0", (row,)))
    found = grade_help("5.0", "Pleural effusion", None, tmp_path)
    assert found is not None
    assert found.grades[3] == "official three"
    assert "Official text" in found.source


def test_the_consensus_scale_shows_its_own_grades(tmp_path: Path) -> None:
    crs = grade_help("5.0", "Cytokine release syndrome", "ASTCT", tmp_path)
    neuro = grade_help("5.0", "Seizure", "ASTCT", tmp_path)
    assert crs is not None
    assert neuro is not None
    assert crs.grades
    assert crs.subtitle != neuro.subtitle
