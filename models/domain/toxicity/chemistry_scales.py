"""The numeric CTCAE criteria of liver, pancreas, kidney and muscle tests: multiples of normal or of baseline.

Source: NCI CTCAE 4.03 (14 June 2010), 5.0 (27 November 2017) and 6.0 (workbook of 20 January 2026).
"""

from decimal import Decimal

from models.domain.toxicity.criteria import Condition, Cut, Direction, Scale, baseline, limit, over_both

_HIGH = Direction.HIGH
_NORMAL, _ABNORMAL = Condition.BASELINE_NORMAL, Condition.BASELINE_ABNORMAL
_TRANSAMINASES = (("Alanine aminotransferase increased", "ALT"), ("Aspartate aminotransferase increased", "AST"))

_SYMPTOMS_2 = "Above {} x ULN with signs or symptoms it is grade 3."
_SYMPTOMS_3 = "Grade 4 with signs or symptoms."
_SMALL_RISE = "CTCAE 4.03 counts any rise above baseline; judge whether a rise within the normal range is an event."


def _of_normal(*factors: str, condition: Condition = Condition.ALWAYS) -> tuple[Cut, ...]:
    """Grades 1 to 4 above these multiples of the upper limit of normal."""
    return tuple(limit(grade, factor, condition) for grade, factor in enumerate(factors, start=1))


def _of_either(normal: tuple[str, ...], abnormal: tuple[str, ...], *, first_inclusive: bool) -> tuple[Cut, ...]:
    """Multiples of the upper limit of normal, or of the baseline where that was abnormal."""
    own = (
        baseline(grade, factor, _ABNORMAL, inclusive=first_inclusive and grade == 1)
        for grade, factor in enumerate(abnormal, start=1)
    )
    return (*_of_normal(*normal, condition=_NORMAL), *own)


def _transaminase(term: str, test: str) -> tuple[Scale, ...]:
    usual = ("1", "3", "5", "20")
    return (
        Scale(term, test, _HIGH, ("4.03",), _of_normal(*usual)),
        Scale(term, test, _HIGH, ("5.0",), _of_either(usual, ("1.5", "3", "5", "20"), first_inclusive=True)),
        Scale(
            term,
            test,
            _HIGH,
            ("6.0",),
            _of_either(usual, ("1", "1.5", "2", "4"), first_inclusive=True),
            baseline_up_to=Decimal(5),
        ),
    )


def _pancreas_enzyme(term: str, test: str, second_limit_6: str) -> tuple[Scale, ...]:
    def by_symptoms(versions: tuple[str, ...], second: str, words: str) -> Scale:
        judgements = ((2, words.format(second)), (3, _SYMPTOMS_3))
        return Scale(term, test, _HIGH, versions, _of_normal("1", "1.5", "5"), judgements)

    moderate = _SYMPTOMS_2.replace("signs", "moderate or severe signs") if test == "AMYLASE" else _SYMPTOMS_2
    return (
        Scale(term, test, _HIGH, ("4.03",), _of_normal("1", "1.5", "2", "5")),
        by_symptoms(("5.0",), "2", _SYMPTOMS_2),
        by_symptoms(("6.0",), second_limit_6, moderate),
    )


SCALES: tuple[Scale, ...] = (
    *(scale for term, test in _TRANSAMINASES for scale in _transaminase(term, test)),
    Scale("Blood bilirubin increased", "BILI", _HIGH, ("4.03",), _of_normal("1", "1.5", "3", "10")),
    Scale(
        "Blood bilirubin increased",
        "BILI",
        _HIGH,
        ("5.0",),
        _of_either(("1", "1.5", "3", "10"), ("1", "1.5", "3", "10"), first_inclusive=False),
    ),
    Scale(
        "Blood bilirubin increased",
        "BILI",
        _HIGH,
        ("6.0",),
        _of_either(("1", "1.5", "3", "10"), ("1", "1.5", "2.5", "10"), first_inclusive=True),
    ),
    Scale("Alkaline phosphatase increased", "ALP", _HIGH, ("4.03",), _of_normal("1", "2.5", "5", "20")),
    Scale(
        "Alkaline phosphatase increased",
        "ALP",
        _HIGH,
        ("5.0",),
        _of_either(("1", "2.5", "5", "20"), ("2", "2.5", "5", "20"), first_inclusive=True),
    ),
    Scale(
        "Alkaline phosphatase increased",
        "ALP",
        _HIGH,
        ("6.0",),
        (over_both(1),),
        remark="CTCAE 6.0 has grade 1 only",
    ),
    Scale("GGT increased", "GGT", _HIGH, ("4.03",), _of_normal("1", "2.5", "5", "20")),
    Scale(
        "GGT increased",
        "GGT",
        _HIGH,
        ("5.0",),
        _of_either(("1", "2.5", "5", "20"), ("2", "2.5", "5", "20"), first_inclusive=True),
    ),
    Scale(
        "GGT increased",
        "GGT",
        _HIGH,
        ("6.0",),
        _of_either(("1", "2.5", "5", "20"), ("1", "1.5", "3", "10"), first_inclusive=True),
    ),
    Scale(
        "Creatinine increased",
        "CREAT",
        _HIGH,
        ("4.03",),
        (*_of_normal("1", "1.5", "3", "6"), baseline(1, "1"), baseline(2, "1.5"), baseline(3, "3")),
        ((1, _SMALL_RISE),),
    ),
    Scale(
        "Creatinine increased",
        "CREAT",
        _HIGH,
        ("5.0",),
        (*_of_normal("1", "1.5", "3", "6"), baseline(2, "1.5"), baseline(3, "3")),
    ),
    Scale(
        "Creatinine increased",
        "CREAT",
        _HIGH,
        ("6.0",),
        (
            *_of_normal("1", "1.5", "3", "6"),
            baseline(2, "1.5", Condition.BASELINE_BELOW_LLN),
            baseline(3, "3", Condition.BASELINE_BELOW_LLN),
        ),
        remark="multiples of baseline count only where the baseline was below the lower limit of normal",
    ),
    *_pancreas_enzyme("Serum amylase increased", "AMYLASE", "2"),
    *_pancreas_enzyme("Lipase increased", "LIPASET", "3"),
    Scale("Blood lactate dehydrogenase increased", "LDH", _HIGH, ("5.0", "6.0"), (limit(1),)),
    Scale("CPK increased", "CK", _HIGH, ("4.03", "5.0"), _of_normal("1", "2.5", "5", "10")),
)
