from io import BytesIO

import pytest
from matplotlib.figure import Figure
from reportlab.pdfgen.canvas import Canvas

from models.reports.raster import page_pictures
from models.reports.vector_figure import VectorFigure
from tests.models.reports.reading import page_texts


def drawn(figure: Figure) -> bytes:
    flowable = VectorFigure(figure)
    stream = BytesIO()
    canvas = Canvas(stream, pagesize=(flowable.width, flowable.height), pageCompression=0, invariant=1)
    flowable.drawOn(canvas, 0, 0)
    canvas.save()
    return stream.getvalue()


def a_plot() -> Figure:
    figure = Figure(figsize=(3, 2))
    axes = figure.add_axes((0.2, 0.2, 0.7, 0.7))
    axes.plot([0, 1, 2], [1, 3, 2], marker="o", linestyle="--", color="#ff0000", alpha=0.5)
    axes.set_title("Größe µ", weight="bold")
    return figure


def test_the_size_is_that_of_the_figure() -> None:
    flowable = VectorFigure(a_plot())
    assert (flowable.width, flowable.height) == pytest.approx((216, 144))


def test_words_stay_text() -> None:
    assert "Größe µ" in page_texts(drawn(a_plot()))[0]


def test_dashes_transparency_and_clipping_are_carried_over_without_a_picture() -> None:
    content = drawn(a_plot())
    assert b"/Subtype /Image" not in content
    assert b" d\n" in content.replace(b" d ", b" d\n")
    assert b"/ca .5" in content or b"/CA .5" in content
    assert b"W* n" in content


def test_a_filled_square_lands_where_it_belongs() -> None:
    figure = Figure(figsize=(1, 1))
    axes = figure.add_axes((0, 0, 1, 1))
    axes.axis("off")
    axes.set(xlim=(0, 1), ylim=(0, 1))
    axes.fill([0, 0.5, 0.5, 0], [0.5, 0.5, 1, 1], color="#0000ff", linewidth=0)
    page = next(page_pictures(drawn(figure), 72))
    assert page.rgb[3 * (10 * 72 + 10) :][:3] == b"\x00\x00\xff"
    assert page.rgb[3 * (60 * 72 + 60) :][:3] == b"\xff\xff\xff"


def test_words_stand_where_the_figure_puts_them() -> None:
    figure = Figure(figsize=(1, 1))
    figure.text(0.1, 0.1, "low", size=14)
    page = next(page_pictures(drawn(figure), 72))
    half = len(page.rgb) // 2
    assert set(page.rgb[:half]) == {255}
    assert min(page.rgb[half:]) < 100
