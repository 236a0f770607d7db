"""Where a laboratory's limits of normal lie, in the test's standard unit: any laboratory's, at any age.

The spans are the program's own, no clinical rule and no reference range. They are several times wider than what
laboratories print, and yet so narrow that a limit written in another unit of the test falls outside: neutrophils from
1.5 in /uL, ALT up to 0.7 in U/L, haemoglobin from 120 in g/dL or from 7.5 (mmol/L) in g/dL. Where no grade depends on
the lower limit it may be 0.
"""

from collections.abc import Mapping
from typing import NamedTuple

from models.domain.plausible import Span, span
from models.domain.toxicity.laboratory_tests import LabTest
from models.domain.toxicity.units import Family, Unit


class NormalLimits(NamedTuple):
    """Where the lower and where the upper limit of normal can lie."""

    lower: Span
    upper: Span


def _of(lower: tuple[str, str], upper: tuple[str, str]) -> NormalLimits:
    return NormalLimits(span(*lower), span(*upper))


LIMITS: Mapping[str, NormalLimits] = {
    "WBC": _of(("1", "15"), ("4", "50")),
    "NEUT": _of(("0.3", "8"), ("2", "40")),
    "LYM": _of(("0.1", "6"), ("1", "25")),
    "EOS": _of(("0", "0.6"), ("0.1", "3")),
    "CD4": _of(("0.1", "3"), ("0.4", "8")),
    "HGB": _of(("9", "17"), ("12", "24")),
    "PLAT": _of(("20", "400"), ("100", "1500")),
    "APTT": _of(("10", "45"), ("20", "70")),
    "FIBRINO": _of(("0.7", "4"), ("2", "12")),
    "ALT": _of(("0", "100"), ("8", "400")),
    "AST": _of(("0", "100"), ("8", "400")),
    "BILI": _of(("0", "150"), ("3", "250")),
    "ALP": _of(("0", "400"), ("20", "1500")),
    "GGT": _of(("0", "200"), ("8", "600")),
    "LDH": _of(("0", "800"), ("50", "3000")),
    "CREAT": _of(("0", "200"), ("15", "400")),
    "AMYLASE": _of(("0", "200"), ("20", "1200")),
    "LIPASET": _of(("0", "300"), ("8", "1500")),
    "CK": _of(("0", "400"), ("30", "3000")),
    "SODIUM": _of(("115", "145"), ("135", "165")),
    "K": _of(("2", "5"), ("4", "9")),
    "CA": _of(("1.5", "2.6"), ("2.1", "3.5")),
    "CACR": _of(("1.5", "2.6"), ("2.1", "3.5")),
    "CAION": _of(("0.75", "1.5"), ("1.05", "2")),
    "MG": _of(("0.42", "1"), ("0.7", "1.6")),
    "PHOS": _of(("0.4", "2.2"), ("0.9", "3.8")),
    "BICARB": _of(("10", "30"), ("18", "45")),
    "GLUC": _of(("1.2", "7"), ("4", "20")),
    "URATE": _of(("0", "500"), ("120", "1200")),
    "ALB": _of(("15", "48"), ("35", "80")),
    "CHOL": _of(("0", "7"), ("2.5", "15")),
    "TRIG": _of(("0", "2.5"), ("0.5", "8")),
    "HAPTOG": _of(("0.04", "2"), ("0.8", "8")),
    "QTCFAG": _of(("200", "440"), ("350", "550")),
    "TEMP": _of(("30", "37.6"), ("35", "39")),
}
"""By LBTESTCD: every test that CTCAE grades, but for INR, which is a ratio."""

RATIO = _of(("0.3", "1.3"), ("0.8", "3"))
"""Of INR, and of a clotting time that is given as a ratio to a control."""


def limits_of(test: LabTest, unit: Unit) -> NormalLimits | None:
    """Where a test's limits can lie if they are given in that unit; None where nothing is known of it."""
    return RATIO if unit.family is Family.RATIO else LIMITS.get(test.code)
