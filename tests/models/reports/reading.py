"""Reads papers back, as a reader or a search would see them."""

from pathlib import Path

import pypdfium2


def page_texts(pdf: Path | bytes) -> list[str]:
    """The text of each page, spaces and line ends evened out."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [" ".join(_text(page).split()) for page in document]
    finally:
        document.close()


def page_lines(pdf: Path) -> list[str]:
    """The lines of the first page, as they are broken on paper."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0]
        read = page.get_textpage()
        try:
            return str(read.get_text_range()).splitlines()
        finally:
            read.close()
            page.close()
    finally:
        document.close()


def _text(page: pypdfium2.PdfPage) -> str:
    read = page.get_textpage()
    try:
        return str(read.get_text_range())
    finally:
        read.close()
        page.close()


def outline_titles(pdf: Path) -> list[str]:
    """The bookmarks, in order."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [bookmark.get_title() for bookmark in document.get_toc()]
    finally:
        document.close()
