"""Values outside the span that is plausible in a living patient: asked about, never refused."""

from collections.abc import Iterator

from models.domain.findings import Finding, warning
from models.domain.plausible import Span
from models.domain.quantities import Quantity
from models.domain.sentence import exactly


def outside(field: str, label: str, given: Quantity, measured: Quantity, span: Span, rule: str) -> Iterator[Finding]:
    """A doubt where a value lies outside its span; `measured` is `given` in the span's unit."""
    if span.holds(measured):
        return
    low, high = exactly(span.low), Quantity(span.high, measured.unit)
    yield warning(
        field,
        (
            (f"{label}: ", given, " is outside what this program takes for plausible "),
            ("(", low, " to ", high, "). Check the unit and the decimal mark."),
        ),
        rule,
    )
