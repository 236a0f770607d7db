"""A measured value: an exact decimal with its qualifier and unit, beside the text as it was typed."""

from dataclasses import dataclass, field
from decimal import Decimal

QUALIFIERS = ("", "<", "<=", ">", ">=")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value as the laboratory or the person gave it.

    `value` is exact, never a float. `qualifier` says that the true value lies below or above it ("<0.001").
    `unit` is the UCUM-like unit of the field's declaration ("10*9/L" is written "10^9/L" here, as on the reports).
    `typed` is the original text, kept but not compared: 22 and 22.0 are the same value.
    """

    value: Decimal
    unit: str
    qualifier: str = ""
    typed: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        """Refuse what is no number (NaN, infinity) and an unknown qualifier: both would be faults of the program."""
        if not self.value.is_finite():
            raise ValueError(f"not a finite number: {self.value}")
        if self.qualifier not in QUALIFIERS:
            raise ValueError(f"unknown qualifier: {self.qualifier!r}")

    @property
    def exact(self) -> bool:
        """True where the value was measured, false where only a limit is known."""
        return self.qualifier == ""

    def __str__(self) -> str:
        """The value with a decimal point, for logs and `--json`; the desk's own notation is in `notation`."""
        text = f"{self.qualifier}{self.value:f}"
        return f"{text} {self.unit}" if self.unit else text
