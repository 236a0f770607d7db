"""Values outside the span that is plausible in a living patient: asked about, never refused."""

from collections.abc import Iterator

from models.domain.findings import Finding, warning
from models.domain.notation import Desk, write_number, write_quantity
from models.domain.plausible import Span
from models.domain.quantities import Quantity


def outside(field: str, label: str, given: Quantity, measured: Quantity, span: Span, rule: str) -> Iterator[Finding]:
    """A doubt where a value lies outside its span; `measured` is `given` in the span's unit."""
    if span.holds(measured):
        return
    low = write_number(span.low, Desk.ENGLISH)
    high = write_quantity(Quantity(span.high, measured.unit), Desk.ENGLISH)
    yield warning(
        field,
        f"{label}: {write_quantity(given, Desk.ENGLISH)} is outside what this program takes for plausible "
        f"({low} to {high}). Check the unit and the decimal mark.",
        rule,
    )
