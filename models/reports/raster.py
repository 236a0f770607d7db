"""Pages of a PDF as pictures, for the print preview and for printing on any system printer."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from models.domain.errors import TrialError

_POINTS_PER_INCH = 72


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


def _picture(bitmap: "pypdfium2.PdfBitmap") -> PagePicture:  # type: ignore[name-defined] # noqa: F821
    """Without the bytes that pad each row."""
    row = bitmap.width * bitmap.n_channels
    raw = memoryview(bitmap.buffer).cast("B")
    rgb = b"".join(bytes(raw[y * bitmap.stride : y * bitmap.stride + row]) for y in range(bitmap.height))
    return PagePicture(bitmap.width, bitmap.height, rgb)
