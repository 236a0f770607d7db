"""The numeric CTCAE criteria of blood counts and coagulation, per version.

Source: NCI CTCAE 4.03 (14 June 2010), 5.0 (27 November 2017) and 6.0 (workbook of 20 January 2026).
"""

from models.domain.toxicity.criteria import (
    Condition,
    Direction,
    Scale,
    at,
    baseline,
    limit,
    over_baseline,
    over_both,
    over_limit,
)

_LOW, _HIGH = Direction.LOW, Direction.HIGH
_ALL = ("4.03", "5.0", "6.0")
_TO_5 = ("4.03", "5.0")
_FROM_5 = ("5.0", "6.0")
_NORMAL, _ABNORMAL = Condition.BASELINE_NORMAL, Condition.BASELINE_ABNORMAL

_RED_CELLS = "Grade 3 if red cells have to be transfused."
_RED_CELLS_4 = "Grade 4 if life is in danger and action is needed at once."
_PLATELETS = "Grade 3 if platelets have to be transfused."
_PLATELETS_4 = "Grade 4 if life is in danger and action is needed at once."
_BLEEDING = "Grade 3 if there is bleeding."
_ANTICOAGULATED = "On therapeutic anticoagulation the multiples of the patient's baseline count instead."
_ANTICOAGULATED_OR_BLEEDING = f"{_ANTICOAGULATED} {_BLEEDING}"
_FALL = "CTCAE 4.03 counts any fall from baseline; judge whether a fall within the normal range is an event."
_NOT_LEUKAEMIA = "Not for a rise due to leukaemia, growth factor or steroid. Grade 4 with signs of leucostasis."
_MANY_LYMPHOCYTES = "Leukaemic cells are not a toxicity."

SCALES: tuple[Scale, ...] = (
    Scale(
        "Neutrophil count decreased",
        "NEUT",
        _LOW,
        _TO_5,
        (limit(1), at(2, "1.5 10^9/L"), at(3, "1.0 10^9/L"), at(4, "0.5 10^9/L")),
    ),
    Scale(
        "Neutrophil count decreased",
        "NEUT",
        _LOW,
        ("6.0",),
        (at(1, "1.5 10^9/L"), at(2, "1.0 10^9/L"), at(3, "0.5 10^9/L"), at(4, "0.1 10^9/L")),
        remark="CTCAE 6.0 puts each limit one grade lower than 5.0: the two must not stand in one table",
    ),
    Scale("Neutrophil count increased", "NEUT", _HIGH, ("6.0",), (limit(1),), minor=True),
    Scale(
        "Platelet count decreased",
        "PLAT",
        _LOW,
        _TO_5,
        (limit(1), at(2, "75 10^9/L"), at(3, "50 10^9/L"), at(4, "25 10^9/L")),
    ),
    Scale(
        "Thrombocytopenia",
        "PLAT",
        _LOW,
        ("6.0",),
        (limit(1), at(2, "75 10^9/L"), at(3, "50 10^9/L"), at(4, "10 10^9/L")),
        ((1, _PLATELETS), (2, _PLATELETS), (3, _PLATELETS_4)),
    ),
    Scale("Thrombocytosis", "PLAT", _HIGH, ("6.0",), (limit(1),), minor=True),
    Scale(
        "White blood cell decreased",
        "WBC",
        _LOW,
        _ALL,
        (limit(1), at(2, "3 10^9/L"), at(3, "2 10^9/L"), at(4, "1 10^9/L")),
    ),
    Scale("Leukocytosis", "WBC", _HIGH, _ALL, (at(3, "100 10^9/L"),), ((3, _NOT_LEUKAEMIA),)),
    Scale(
        "Lymphocyte count decreased",
        "LYM",
        _LOW,
        _TO_5,
        (limit(1), at(2, "0.8 10^9/L"), at(3, "0.5 10^9/L"), at(4, "0.2 10^9/L")),
    ),
    Scale("Lymphopenia", "LYM", _LOW, ("6.0",), (limit(1),), remark="CTCAE 6.0 has grade 1 only"),
    Scale(
        "Lymphocyte count increased",
        "LYM",
        _HIGH,
        _ALL,
        (at(2, "4 10^9/L"), at(3, "20 10^9/L")),
        ((2, _MANY_LYMPHOCYTES), (3, _MANY_LYMPHOCYTES)),
    ),
    Scale("Eosinophilia", "EOS", _HIGH, _FROM_5, (over_both(1),), ((1, "Grade 3 if steroids were started for it."),)),
    Scale(
        "CD4 lymphocytes decreased",
        "CD4",
        _LOW,
        _ALL,
        (limit(1), at(2, "0.5 10^9/L"), at(3, "0.2 10^9/L"), at(4, "0.05 10^9/L")),
    ),
    Scale(
        "Anemia",
        "HGB",
        _LOW,
        _ALL,
        (limit(1), at(2, "10.0 g/dL", "6.2 mmol/L"), at(3, "8.0 g/dL", "4.9 mmol/L")),
        ((1, _RED_CELLS), (2, _RED_CELLS), (3, _RED_CELLS_4)),
    ),
    Scale(
        "Hemoglobin increased",
        "HGB",
        _HIGH,
        ("4.03",),
        (
            *(limit(1, "1", _NORMAL), over_limit(2, "2 g/dL", _NORMAL), over_limit(3, "4 g/dL", _NORMAL)),
            *(
                baseline(1, "1", _ABNORMAL),
                over_baseline(2, "2 g/dL", _ABNORMAL),
                over_baseline(3, "4 g/dL", _ABNORMAL),
            ),
        ),
        minor=True,
        remark="the increase is counted from the upper limit of normal, or from a baseline above it",
    ),
    Scale(
        "Hemoglobin increased",
        "HGB",
        _HIGH,
        _FROM_5,
        (limit(1), over_limit(2, "2 g/dL"), over_limit(3, "4 g/dL")),
        minor=True,
        remark="the increase is counted from the upper limit of normal",
    ),
    Scale(
        "Fibrinogen decreased",
        "FIBRINO",
        _LOW,
        ("4.03",),
        (
            *(limit(1), limit(2, "0.75"), limit(3, "0.5"), limit(4, "0.25")),
            *(
                baseline(2, "0.75", Condition.VALUE_ABNORMAL, inclusive=True),
                baseline(3, "0.5", Condition.VALUE_ABNORMAL, inclusive=True),
                baseline(4, "0.25", Condition.VALUE_ABNORMAL, inclusive=True),
            ),
            at(4, "50 mg/dL"),
        ),
        ((0, _FALL),),
        remark="a fall from baseline counts only once the value is below the lower limit of normal",
    ),
    Scale(
        "Fibrinogen decreased",
        "FIBRINO",
        _LOW,
        _FROM_5,
        (
            *(limit(1, "1", _NORMAL), limit(2, "0.75", _NORMAL), limit(3, "0.5", _NORMAL), limit(4, "0.25", _NORMAL)),
            *(
                baseline(1, "1", _ABNORMAL),
                baseline(2, "0.75", _ABNORMAL, inclusive=True),
                baseline(3, "0.5", _ABNORMAL, inclusive=True),
                baseline(4, "0.25", _ABNORMAL, inclusive=True),
            ),
            at(4, "50 mg/dL"),
        ),
    ),
    Scale(
        "Activated partial thromboplastin time prolonged",
        "APTT",
        _HIGH,
        _ALL,
        (limit(1), limit(2, "1.5"), limit(3, "2.5")),
        ((1, _BLEEDING), (2, _BLEEDING)),
    ),
    Scale(
        "INR increased",
        "INR",
        _HIGH,
        ("4.03",),
        (limit(1), limit(2, "1.5"), limit(3, "2.5")),
        ((1, _ANTICOAGULATED), (2, _ANTICOAGULATED), (3, _ANTICOAGULATED)),
    ),
    Scale(
        "INR increased",
        "INR",
        _HIGH,
        _FROM_5,
        (at(1, "1.2 ratio"), at(2, "1.5 ratio"), at(3, "2.5 ratio")),
        tuple((grade, _ANTICOAGULATED_OR_BLEEDING) for grade in (1, 2, 3)),
    ),
)
