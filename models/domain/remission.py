"""The haematologic response that the numbers of one assessment point to: information, the investigator decides."""

from decimal import Decimal

from models.domain.derived import Derived, Rule
from models.domain.enumeration import enumerated
from models.domain.quantities import Quantity
from models.domain.sentence import Sentence, exactly

COMPLETE, PARTIAL_RECOVERY, INCOMPLETE_RECOVERY, NO_REMISSION = "CR", "CRh", "CRi", "NR"
"""Codes of `codelists.RESPONSE`."""

RULE = Rule(
    "haematologic-response",
    "1",
    "Response criteria of acute lymphoblastic leukaemia as tabulated in PMC7272718, table 4; partial recovery (CRh) as"
    " commonly defined, to be verified against the protocol",
)
MOST_BLASTS = Decimal(5)
"""Percent of the marrow from which on there is no remission."""
FULL_COUNTS = {"Neutrophils": Decimal(1), "Platelets": Decimal(100)}
"""In 10^9/L, what a complete remission needs at least."""
_PARTIAL = {"Neutrophils": Decimal("0.5"), "Platelets": Decimal(50)}
_WORDS = {True: "yes", False: "no", None: "not given"}


def proposed_response(
    marrow_blasts: Quantity | None,
    *,
    blood_blasts: bool | None,
    extramedullary: bool | None,
    neutrophils: Quantity | None,
    platelets: Quantity | None,
) -> Derived[str | None]:
    """The response by counts: CR, CRh, CRi, NR, or None where what is missing could change it.

    Marrow blasts in percent, neutrophils and platelets in 10^9/L. CR needs marrow blasts under 5 %, no blasts in the
    blood, no disease outside the marrow, neutrophils of 1.0 and platelets of 100 or more; CRh the same with 0.5 and 50;
    CRi the same without these counts. A qualifier ("<5") counts as far as it decides.
    """
    inputs = (
        ("Marrow blasts", marrow_blasts or "not given"),
        ("Blasts in the blood", _WORDS[blood_blasts]),
        ("Disease outside the marrow", _WORDS[extramedullary]),
        ("Neutrophils", neutrophils or "not given"),
        ("Platelets", platelets or "not given"),
    )
    value, reason = _judge(
        reaches(marrow_blasts, MOST_BLASTS, "%"),
        {"blasts in the blood": blood_blasts, "disease outside the marrow": extramedullary},
        {"Neutrophils": neutrophils, "Platelets": platelets},
    )
    return Derived(value, RULE, inputs, reason)


def reaches(value: Quantity | None, limit: Decimal, unit: str) -> bool | None:
    """Whether a value in that unit is at least the limit; None where it is missing or both are still possible."""
    if value is None or value.unit != unit:
        return None
    if value.qualifier == "<":
        return False if value.value <= limit else None
    if value.qualifier == "<=":
        return False if value.value < limit else None
    if value.qualifier:
        return True if value.value >= limit else None
    return value.value >= limit


def _judge(
    marrow: bool | None, elsewhere: dict[str, bool | None], counts: dict[str, Quantity | None]
) -> tuple[str | None, Sentence]:
    found = ["marrow blasts of 5 % or more"] * bool(marrow) + [name for name, seen in elsewhere.items() if seen]
    if found:
        return NO_REMISSION, f"Against a remission: {enumerated(found)}."
    missing = ["marrow blasts"] * (marrow is None) + [name for name, seen in elsewhere.items() if seen is None]
    if missing:
        return None, f"Not known for certain: {enumerated(missing)}."
    full = {name: reaches(counts[name], limit, "10^9/L") for name, limit in FULL_COUNTS.items()}
    if all(full.values()):
        return COMPLETE, _recovered("1.0", "100")
    partial = {name: reaches(counts[name], limit, "10^9/L") for name, limit in _PARTIAL.items()}
    if False in partial.values():
        low = [name.lower() for name, enough in partial.items() if enough is False]
        return INCOMPLETE_RECOVERY, f"No leukaemia by morphology, but {enumerated(low)} have not recovered."
    if False not in full.values() or None in partial.values():
        unknown = [name.lower() for name in counts if None in (full[name], partial[name])]
        return None, f"No leukaemia by morphology; {enumerated(unknown)} not known for certain."
    return PARTIAL_RECOVERY, _recovered("0.5", "50")


def _recovered(neutrophils: str, platelets: str) -> Sentence:
    neut, plat = exactly(Decimal(neutrophils)), Quantity(Decimal(platelets), "10^9/L")
    return ("No leukaemia by morphology, neutrophils at least ", neut, " and platelets at least ", plat, ".")
