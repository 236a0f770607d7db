"""Pages of a PDF as pictures, for the print preview and for printing on any system printer."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

from models.domain.errors import TrialError

_POINTS_PER_INCH = 72
_MOST_PIXELS = 25_000_000
"""Of a page from outside, whose size nobody has checked."""


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page as rows of pixels, three bytes each (red, green, blue), without padding."""

    width: int
    height: int
    rgb: bytes


def page_pictures(pdf: Path | bytes, dpi: float) -> Iterator[PagePicture]:
    """The pages one after the other, so that a long paper never stands in memory as a whole.

    Raises:
        TrialError: the file is missing or is no PDF.
    """
    import pypdfium2  # loaded with the first preview: most sessions never print

    try:
        document = pypdfium2.PdfDocument(pdf)
    except (pypdfium2.PdfiumError, OSError) as failure:
        name = pdf if isinstance(pdf, Path) else "The paper"
        raise TrialError(f"{name} cannot be shown: it is missing or no PDF file.") from failure
    try:
        for page in document:
            bitmap = page.render(scale=dpi / _POINTS_PER_INCH, rev_byteorder=True, prefer_bgrx=False)
            yield _picture(bitmap)
            bitmap.close()
            page.close()
    finally:
        document.close()


def one_page(pdf: bytes, number: int, dpi: float) -> tuple[PagePicture, int]:
    """One page, counted from 1, and how many there are. A page that would be too large is drawn with fewer dots.

    Raises:
        TrialError: it is no PDF, it asks for a password, or the page is damaged.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(pdf)
        try:
            page = document[number - 1]
            scale = dpi / _POINTS_PER_INCH
            width, height = page.get_size()
            scale = min(scale, sqrt(_MOST_PIXELS / max(width * height, 1)))
            bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=False)
            return _picture(bitmap), len(document)
        finally:
            document.close()
    except (pypdfium2.PdfiumError, IndexError, ValueError) as failure:
        raise TrialError("This paper cannot be shown: it is damaged, no PDF file, or asks for a password.") from failure


def _picture(bitmap: "pypdfium2.PdfBitmap") -> PagePicture:  # type: ignore[name-defined] # noqa: F821
    """Without the bytes that pad each row."""
    row = bitmap.width * bitmap.n_channels
    raw = memoryview(bitmap.buffer).cast("B")
    rgb = b"".join(bytes(raw[y * bitmap.stride : y * bitmap.stride + row]) for y in range(bitmap.height))
    return PagePicture(bitmap.width, bitmap.height, rgb)
