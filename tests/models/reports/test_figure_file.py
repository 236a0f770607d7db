from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from models.domain.errors import TrialError
from models.figures.cohort.frame import CohortDrawing
from models.figures.cohort.survival import survival
from models.figures.style import DrawOptions
from models.reports.figure_file import FORMATS, save
from tests.models.cohort.people import count, person
from tests.models.reports.reading import page_texts

PAPER = DrawOptions(width_inch=6.0, height_inch=3.0, scheme="paper")


def drawn() -> CohortDrawing:
    counted = count([person().assessed(57).relapsed(150), person(2).assessed(50).seen(300)])
    return survival(counted.endpoints["DFS"], PAPER, title="Disease-free survival", bands=True)


@pytest.mark.parametrize("end", FORMATS)
def test_the_same_drawing_gives_the_same_bytes(end: str, tmp_path: Path) -> None:
    for name in ("first", "second"):
        save(drawn().figure, tmp_path / f"{name}{end}", title="Disease-free survival")
    assert (tmp_path / f"first{end}").read_bytes() == (tmp_path / f"second{end}").read_bytes()


def test_the_words_of_a_pdf_can_be_searched(tmp_path: Path) -> None:
    save(drawn().figure, tmp_path / "dfs.pdf")
    (text,) = page_texts(tmp_path / "dfs.pdf")
    assert "Disease-free survival" in text
    assert "Number at risk" in text


def test_a_pdf_is_as_large_as_the_drawing(tmp_path: Path) -> None:
    save(drawn().figure, tmp_path / "dfs.pdf")
    document = pypdfium2.PdfDocument(tmp_path / "dfs.pdf")
    try:
        assert document[0].get_size() == (6 * 72, 3 * 72)
    finally:
        document.close()


def test_a_png_has_300_dots_to_the_inch(tmp_path: Path) -> None:
    save(drawn().figure, tmp_path / "dfs.png")
    with Image.open(tmp_path / "dfs.png") as picture:
        assert picture.size == (1800, 900)


def test_an_svg_is_a_drawing_in_lines(tmp_path: Path) -> None:
    save(drawn().figure, tmp_path / "dfs.svg", title="Disease-free survival")
    text = (tmp_path / "dfs.svg").read_text(encoding="utf-8")
    assert "<path" in text
    assert "Disease-free survival" in text


def test_the_drawing_on_the_screen_stays_as_it_is(tmp_path: Path) -> None:
    figure = drawn().figure
    before = figure.get_dpi(), figure.patch.get_visible()
    for end in FORMATS:
        save(figure, tmp_path / f"dfs{end}")
    assert (figure.get_dpi(), figure.patch.get_visible()) == before


def test_another_kind_of_file_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(TrialError, match=r"dfs\.gif is no kind of picture"):
        save(drawn().figure, tmp_path / "dfs.gif")
