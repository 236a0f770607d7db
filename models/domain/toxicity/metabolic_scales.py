"""The numeric CTCAE criteria of salts, glucose, proteins and fats, and of QTc and temperature, per version.

Source: NCI CTCAE 4.03 (14 June 2010), 5.0 (27 November 2017) and 6.0 (workbook of 20 January 2026).
"""

from decimal import Decimal

from models.domain.quantities import Quantity
from models.domain.toxicity.criteria import Direction, Scale, at, limit, over_baseline

_LOW, _HIGH = Direction.LOW, Direction.HIGH
_ALL = ("4.03", "5.0", "6.0")
_FROM_5 = ("5.0", "6.0")

_TREATED_2 = "Grade 2 if treatment was started."
_HOSPITAL_3 = "Grade 3 if hospital care is needed."
_DANGER_4 = "Grade 4 if life is in danger."
_SYMPTOMS_2 = "Grade 2 with symptoms."
_DEGREES = ((1, f"{_TREATED_2} {_HOSPITAL_3}"), (2, _HOSPITAL_3), (3, _DANGER_4))
_DEGREES_403 = ((1, _HOSPITAL_3), (2, _HOSPITAL_3), (3, _DANGER_4))
_CALCIUM = ((1, f"{_SYMPTOMS_2} {_HOSPITAL_3}"), (2, _HOSPITAL_3), (3, _DANGER_4))
_UNCORRECTED = "CTCAE means calcium corrected for albumin; this value is read as it stands."
_TOTAL_CALCIUM = (
    (0, _UNCORRECTED),
    *((grade, f"{_UNCORRECTED} {words}") for grade, words in _CALCIUM),
    (4, _UNCORRECTED),
)
_WHOLE_NUMBERS = "the printed whole-number ranges are joined without a gap"
_EFFECT_3 = "Grade 3 if it has an effect on the body. Grade 4 if life is in danger."
_FASTING = "CTCAE means fasting glucose."
_BY_MANAGEMENT = "by what was done about it, not by the number"
_TORSADE_4 = "Grade 4 with torsade, polymorphic ventricular tachycardia or signs of a grave rhythm disorder."

_LOW_CALCIUM = (
    limit(1),
    at(2, "2.0 mmol/L", "8.0 mg/dL"),
    at(3, "1.75 mmol/L", "7.0 mg/dL"),
    at(4, "1.5 mmol/L", "6.0 mg/dL"),
)
_HIGH_CALCIUM = (
    limit(1),
    at(2, "2.9 mmol/L", "11.5 mg/dL"),
    at(3, "3.1 mmol/L", "12.5 mg/dL"),
    at(4, "3.4 mmol/L", "13.5 mg/dL"),
)

SCALES: tuple[Scale, ...] = (
    Scale(
        "Hyponatremia",
        "SODIUM",
        _LOW,
        ("4.03",),
        (limit(1), at(3, "130 mmol/L"), at(4, "120 mmol/L")),
        ((3, _DANGER_4),),
    ),
    Scale(
        "Hyponatremia",
        "SODIUM",
        _LOW,
        _FROM_5,
        (limit(1), at(2, "130 mmol/L"), at(3, "125 mmol/L"), at(4, "120 mmol/L")),
        ((2, "Grade 3 with symptoms."), (3, _DANGER_4)),
        remark=_WHOLE_NUMBERS,
    ),
    Scale(
        "Hypernatremia",
        "SODIUM",
        _HIGH,
        ("4.03",),
        (limit(1), at(2, "150 mmol/L"), at(3, "155 mmol/L"), at(4, "160 mmol/L")),
        _DEGREES_403,
    ),
    Scale(
        "Hypernatremia",
        "SODIUM",
        _HIGH,
        _FROM_5,
        (limit(1), at(2, "150 mmol/L"), at(3, "155 mmol/L"), at(4, "160 mmol/L")),
        _DEGREES,
    ),
    Scale(
        "Hypokalemia",
        "K",
        _LOW,
        _ALL,
        (limit(1), at(3, "3.0 mmol/L"), at(4, "2.5 mmol/L")),
        ((1, f"Grade 2 with symptoms, or if treatment is needed. {_HOSPITAL_3}"), (3, _DANGER_4)),
    ),
    Scale(
        "Hyperkalemia",
        "K",
        _HIGH,
        ("4.03",),
        (limit(1), at(2, "5.5 mmol/L"), at(3, "6.0 mmol/L"), at(4, "7.0 mmol/L")),
        _DEGREES_403,
    ),
    Scale(
        "Hyperkalemia",
        "K",
        _HIGH,
        _FROM_5,
        (limit(1), at(2, "5.5 mmol/L"), at(3, "6.0 mmol/L"), at(4, "7.0 mmol/L")),
        _DEGREES,
    ),
    Scale("Hypocalcemia", "CACR", _LOW, _ALL, _LOW_CALCIUM, _CALCIUM),
    Scale("Hypercalcemia", "CACR", _HIGH, _ALL, _HIGH_CALCIUM, _CALCIUM),
    Scale("Hypocalcemia", "CA", _LOW, _ALL, _LOW_CALCIUM, _TOTAL_CALCIUM),
    Scale("Hypercalcemia", "CA", _HIGH, _ALL, _HIGH_CALCIUM, _TOTAL_CALCIUM),
    Scale(
        "Hypocalcemia",
        "CAION",
        _LOW,
        _ALL,
        (limit(1), at(2, "1.0 mmol/L"), at(3, "0.9 mmol/L"), at(4, "0.8 mmol/L")),
        _CALCIUM,
    ),
    Scale(
        "Hypercalcemia",
        "CAION",
        _HIGH,
        _ALL,
        (limit(1), at(2, "1.5 mmol/L"), at(3, "1.6 mmol/L"), at(4, "1.8 mmol/L")),
        _CALCIUM,
    ),
    Scale(
        "Hypomagnesemia",
        "MG",
        _LOW,
        _ALL,
        (
            limit(1),
            at(2, "0.5 mmol/L", "1.2 mg/dL"),
            at(3, "0.4 mmol/L", "0.9 mg/dL"),
            at(4, "0.3 mmol/L", "0.7 mg/dL"),
        ),
        ((3, _DANGER_4),),
    ),
    Scale(
        "Hypermagnesemia",
        "MG",
        _HIGH,
        _ALL,
        (limit(1), at(3, "1.23 mmol/L", "3.0 mg/dL"), at(4, "3.30 mmol/L", "8.0 mg/dL")),
        ((3, _DANGER_4),),
    ),
    Scale(
        "Hypophosphatemia",
        "PHOS",
        _LOW,
        ("4.03",),
        (
            limit(1),
            at(2, "0.8 mmol/L", "2.5 mg/dL"),
            at(3, "0.6 mmol/L", "2.0 mg/dL"),
            at(4, "0.3 mmol/L", "1.0 mg/dL"),
        ),
        ((3, _DANGER_4),),
    ),
    Scale("Hypophosphatemia", "PHOS", _LOW, _FROM_5, (limit(1),), managed=_BY_MANAGEMENT),
    Scale("Hyperphosphatemia", "PHOS", _HIGH, _FROM_5, (limit(1),), managed=_BY_MANAGEMENT),
    Scale("Blood bicarbonate decreased", "BICARB", _LOW, _FROM_5, (limit(1),)),
    Scale(
        "Hypoglycemia",
        "GLUC",
        _LOW,
        _ALL,
        (
            limit(1),
            at(2, "3.0 mmol/L", "55 mg/dL"),
            at(3, "2.2 mmol/L", "40 mg/dL"),
            at(4, "1.7 mmol/L", "30 mg/dL"),
        ),
        ((3, "Grade 4 with seizures, or if life is in danger."),),
    ),
    Scale(
        "Hyperglycemia",
        "GLUC",
        _HIGH,
        ("4.03", "6.0"),
        (
            limit(1),
            at(2, "8.9 mmol/L", "160 mg/dL"),
            at(3, "13.9 mmol/L", "250 mg/dL"),
            at(4, "27.8 mmol/L", "500 mg/dL"),
        ),
        ((1, _FASTING), (2, f"{_FASTING} {_HOSPITAL_3}"), (3, f"{_FASTING} {_DANGER_4}"), (4, _FASTING)),
    ),
    Scale("Hyperglycemia", "GLUC", _HIGH, ("5.0",), (limit(1),), managed=_BY_MANAGEMENT),
    Scale(
        "Hyperuricemia",
        "URATE",
        _HIGH,
        ("4.03",),
        (limit(1), at(4, "590 umol/L", "10 mg/dL")),
        ((1, _EFFECT_3),),
    ),
    Scale("Hyperuricemia", "URATE", _HIGH, _FROM_5, (limit(1),), ((1, _EFFECT_3),)),
    Scale(
        "Hypoalbuminemia",
        "ALB",
        _LOW,
        _ALL,
        (limit(1), at(2, "30 g/L"), at(3, "20 g/L")),
        ((3, _DANGER_4),),
    ),
    Scale(
        "Cholesterol high",
        "CHOL",
        _HIGH,
        _ALL,
        (
            limit(1),
            at(2, "7.75 mmol/L", "300 mg/dL"),
            at(3, "10.34 mmol/L", "400 mg/dL"),
            at(4, "12.92 mmol/L", "500 mg/dL"),
        ),
    ),
    Scale(
        "Hypertriglyceridemia",
        "TRIG",
        _HIGH,
        _ALL,
        (
            at(1, "1.71 mmol/L", "150 mg/dL", inclusive=True),
            at(2, "3.42 mmol/L", "300 mg/dL"),
            at(3, "5.7 mmol/L", "500 mg/dL"),
            at(4, "11.4 mmol/L", "1000 mg/dL"),
        ),
        ((3, _DANGER_4),),
    ),
    Scale("Haptoglobin decreased", "HAPTOG", _LOW, _ALL, (limit(1),)),
    Scale(
        "Electrocardiogram QT corrected interval prolonged",
        "QTCFAG",
        _HIGH,
        ("4.03",),
        (at(1, "450 ms", inclusive=True), at(2, "480 ms"), at(3, "500 ms")),
        ((3, f"Grade 3 needs two tracings. {_TORSADE_4}"),),
        remark=_WHOLE_NUMBERS,
    ),
    Scale(
        "Electrocardiogram QT corrected interval prolonged",
        "QTCFAG",
        _HIGH,
        _FROM_5,
        (at(1, "450 ms", inclusive=True), at(2, "480 ms"), at(3, "500 ms"), over_baseline(3, "60 ms")),
        ((1, _TORSADE_4), (2, _TORSADE_4), (3, _TORSADE_4)),
        remark=_WHOLE_NUMBERS,
    ),
    Scale(
        "Fever",
        "TEMP",
        _HIGH,
        _ALL,
        (at(1, "38.0 °C", inclusive=True), at(2, "39.0 °C"), at(3, "40.0 °C")),
        ((3, ("Grade 4 if it stays above ", Quantity(Decimal("40.0"), "°C"), " for more than 24 hours.")),),
    ),
)
