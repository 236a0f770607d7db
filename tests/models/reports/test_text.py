from hypothesis import given
from hypothesis import strategies as st
from reportlab.platypus import Paragraph

from models.reports.text import markup, paragraph, plain, width


def test_markup_shows_signs_of_markup_as_typed() -> None:
    assert markup("<b> & </b>") == "&lt;b&gt; &amp; &lt;/b&gt;"


def test_a_line_end_becomes_a_new_line() -> None:
    assert markup("a\nb") == "a<br/>b"


def test_plain_text_stays_on_one_line() -> None:
    assert plain("a\nb") == "a b"


def test_bold_is_wider() -> None:
    assert width("Dasatinib", 8, bold=True) > width("Dasatinib", 8)


@given(st.text(max_size=200))
def test_any_text_becomes_a_paragraph_no_wider_than_its_room(text: str) -> None:
    made = paragraph(text, 8)
    assert isinstance(made, Paragraph)
    made.wrap(60, 10_000)
    lines = made.blPara.lines if hasattr(made, "blPara") else []
    left_over = [line[0] if isinstance(line, tuple) else line.extraSpace for line in lines]
    # ReportLab's splitting of a long word overruns by part of a character at times: less than the padding of two cells.
    assert all(space > -6 for space in left_over)
