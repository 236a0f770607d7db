"""Calcium corrected for albumin, which is what CTCAE grades."""

from fractions import Fraction

from models.domain.derived import Derived, Rule
from models.domain.errors import TrialError
from models.domain.quantities import Quantity
from models.domain.toxicity.laboratory_tests import known_test
from models.domain.toxicity.reading import shown
from models.domain.toxicity.units import decimal, find_unit, possible

_RULE = Rule(
    "corrected-calcium", "1", "Ca + 0.8 x (4.0 - albumin) in mg/dL and g/dL, the usual bedside formula; verify"
)
_PER_GRAM = Fraction("0.8")
_NORMAL_ALBUMIN = Fraction(4)


def corrected_calcium(calcium: Quantity, albumin: Quantity) -> Derived[Quantity]:
    """Total calcium corrected for albumin, in the unit of the calcium, to four decimals.

    Raises:
        TrialError: a unit that calcium or albumin is not measured in, a value that is only a bound or cannot be true.
    """
    calcium_units, albumin_units = known_test("CA").units, known_test("ALB").units
    unit, albumin_unit = find_unit(calcium_units, calcium.unit), find_unit(albumin_units, albumin.unit)
    if unit is None or albumin_unit is None:
        raise TrialError("Calcium is corrected from a value in mmol/L, mEq/L or mg/dL and an albumin in g/L or g/dL.")
    if not calcium.exact or not albumin.exact:
        raise TrialError("Calcium can be corrected only from exact values, without “<” or “>”.")
    if not possible(calcium.value) or not possible(albumin.value):
        raise TrialError("A calcium or an albumin of this size cannot have been measured. Check the two values.")
    mg_per_dl = next(u for u in calcium_units if u.name == "mg/dL")
    grams_per_dl = Fraction(albumin.value) * albumin_unit.factor / 10
    change = _PER_GRAM * (_NORMAL_ALBUMIN - grams_per_dl) * mg_per_dl.factor / unit.factor
    corrected = Quantity(decimal(round(Fraction(calcium.value) + change, 4)), unit.name)
    measured, protein = shown(calcium.value, unit.name), shown(albumin.value, albumin_unit.name)
    reason = (measured, " at an albumin of ", protein, " corresponds to ", shown(corrected.value, unit.name), ".")
    return Derived(corrected, _RULE, (("Calcium", measured), ("Albumin", protein)), reason)
