from io import BytesIO
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from models.domain.errors import TrialError
from models.reports.raster import page_pictures


def two_pages() -> bytes:
    stream = BytesIO()
    canvas = Canvas(stream, pagesize=(72, 144))
    canvas.setFillColorRGB(1, 0, 0)
    canvas.rect(0, 72, 72, 72, stroke=0, fill=1)
    canvas.showPage()
    canvas.showPage()
    canvas.save()
    return stream.getvalue()


def test_pages_come_in_order_at_the_size_asked_for() -> None:
    pages = list(page_pictures(two_pages(), 144))
    assert [(p.width, p.height, len(p.rgb)) for p in pages] == [(144, 288, 144 * 288 * 3)] * 2


def test_colours_are_red_green_blue_from_the_upper_left() -> None:
    first = next(page_pictures(two_pages(), 72))
    assert (first.rgb[:3], first.rgb[-3:]) == (b"\xff\x00\x00", b"\xff\xff\xff")


def test_what_is_no_pdf_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_text("no pdf")
    with pytest.raises(TrialError, match=r"a\.pdf"):
        next(page_pictures(tmp_path / "a.pdf", 72))
