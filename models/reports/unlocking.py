"""An encrypted paper opened in memory, to be shown; it is never written anywhere without its password."""

from io import BytesIO

from models.domain.errors import TrialError


def unlocked(pdf: bytes, password: str) -> bytes:
    """The same PDF without its password; TrialError where it does not open with it or is damaged."""
    import pikepdf

    out = BytesIO()
    try:
        with pikepdf.open(BytesIO(pdf), password=password) as paper:
            paper.save(out)
    except pikepdf.PdfError as fault:
        raise TrialError("This paper does not open: it is damaged, or was made with another password.") from fault
    return out.getvalue()
