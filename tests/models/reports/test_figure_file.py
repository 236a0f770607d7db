from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from matplotlib.figure import Figure
from PIL import Image

from models.domain.errors import TrialError
from models.domain.notation import Desk
from models.domain.printing import Printing
from models.figures.cohort.frame import CohortDrawing
from models.figures.cohort.survival import survival
from models.figures.style import DrawOptions
from models.reports.figure_file import FORMATS, save
from tests.models.cohort.people import count, person
from tests.models.reports.reading import page_texts

PAPER = DrawOptions(width_inch=6.0, height_inch=3.0, scheme="paper")


NOW = datetime(2026, 10, 2, 9, tzinfo=timezone(timedelta(hours=2)))
PRINTING = Printing("D-ALBA", "042", "C. Rossi", NOW, Desk.ENGLISH, "1.0", "12-ab cd", synthetic=True)
SAVED = "Saved 2 Oct 2026, 09:00 UTC+02:00 by C. Rossi · audit trail 12-ab cd · AlbaTrack 1.0"
_FOOT = 5.0 + 3 * 9.5 + 4.0
"""The height of three lines below a drawing, in points."""


def drawn() -> CohortDrawing:
    counted = count([person().assessed(57).relapsed(150), person(2).assessed(50).seen(300)])
    return survival(counted.endpoints["DFS"], PAPER, title="Disease-free survival", bands=True)


def kept(figure: Figure, path: Path, *, title: str = "Disease-free survival", printing: Printing = PRINTING) -> Path:
    save(figure, path, title=title, printing=printing, data="data up to 1 Sep 2026")
    return path


@pytest.mark.parametrize("end", FORMATS)
def test_the_same_drawing_gives_the_same_bytes(end: str, tmp_path: Path) -> None:
    for name in ("first", "second"):
        kept(drawn().figure, tmp_path / f"{name}{end}")
    assert (tmp_path / f"first{end}").read_bytes() == (tmp_path / f"second{end}").read_bytes()


def test_the_words_of_a_pdf_can_be_searched(tmp_path: Path) -> None:
    kept(drawn().figure, tmp_path / "dfs.pdf")
    (text,) = page_texts(tmp_path / "dfs.pdf")
    assert "Disease-free survival" in text
    assert "Number at risk" in text


def test_a_pdf_is_as_large_as_the_drawing_and_the_lines_below_it(tmp_path: Path) -> None:
    kept(drawn().figure, tmp_path / "dfs.pdf")
    document = pypdfium2.PdfDocument(tmp_path / "dfs.pdf")
    try:
        assert document[0].get_size() == pytest.approx((6 * 72, 3 * 72 + _FOOT))
    finally:
        document.close()


def test_a_png_has_300_dots_to_the_inch(tmp_path: Path) -> None:
    kept(drawn().figure, tmp_path / "dfs.png")
    with Image.open(tmp_path / "dfs.png") as picture:
        assert picture.size == (1800, 900 + int(_FOOT / 72 * 300))


def test_an_svg_is_a_drawing_in_lines(tmp_path: Path) -> None:
    kept(drawn().figure, tmp_path / "dfs.svg")
    text = (tmp_path / "dfs.svg").read_text(encoding="utf-8")
    assert "<path" in text
    assert "Disease-free survival" in text


def test_the_drawing_on_the_screen_stays_as_it_is(tmp_path: Path) -> None:
    figure = drawn().figure
    before = figure.get_dpi(), figure.patch.get_visible(), len(figure.texts)
    for end in FORMATS:
        kept(figure, tmp_path / f"dfs{end}")
    assert (figure.get_dpi(), figure.patch.get_visible(), len(figure.texts)) == before


def test_another_kind_of_file_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(TrialError, match=r"dfs\.gif is no kind of picture"):
        kept(drawn().figure, tmp_path / "dfs.gif")


def test_a_pdf_says_its_study_the_state_of_the_data_who_saved_it_when_and_that_nobody_is_real(tmp_path: Path) -> None:
    (text,) = page_texts(kept(drawn().figure, tmp_path / "dfs.pdf"))
    assert "D-ALBA, site 042 · data up to 1 Sep 2026" in text
    assert SAVED in text
    assert "SYNTHETIC PATIENTS" in text


def test_an_svg_says_the_same(tmp_path: Path) -> None:
    text = kept(drawn().figure, tmp_path / "dfs.svg").read_text(encoding="utf-8")
    assert SAVED in text
    assert "SYNTHETIC PATIENTS" in text


def test_a_drawing_of_real_patients_is_not_marked(tmp_path: Path) -> None:
    (text,) = page_texts(kept(drawn().figure, tmp_path / "dfs.pdf", printing=replace(PRINTING, synthetic=False)))
    assert "SYNTHETIC" not in text


def test_a_pdf_tells_its_title_language_and_maker_and_no_person(tmp_path: Path) -> None:
    with pikepdf.open(kept(drawn().figure, tmp_path / "dfs.pdf")) as document:
        about = {str(key): str(value) for key, value in document.docinfo.items()}
        assert document.Root.Lang == "en-GB"
    assert about["/Title"] == "Disease-free survival"
    assert about["/Author"] == "AlbaTrack"
    assert about["/Creator"] == about["/Producer"] == "AlbaTrack 1.0"


def test_a_long_name_stays_whole_on_the_page(tmp_path: Path) -> None:
    long = replace(PRINTING, printed_by="Maria Antonietta " * 9 + "Rossi")
    (text,) = page_texts(kept(drawn().figure, tmp_path / "dfs.pdf", printing=long))
    assert "Antonietta Rossi · audit trail 12-ab cd" in text


def test_a_png_shows_the_drawing_whole_above_the_lines(tmp_path: Path) -> None:
    with Image.open(kept(drawn().figure, tmp_path / "dfs.png")) as picture:
        paper = picture.convert("L").point(lambda level: 255 * (level < 250))
        foot = round(_FOOT / 72 * 300)
        top = paper.crop((0, 0, 1800, 60))
        gap = paper.crop((0, picture.height - foot, 1800, picture.height - foot + 12))
    assert top.getbbox()  # the title
    assert not gap.getbbox()
