from decimal import Decimal

import pytest

from models.domain.quantities import Quantity
from models.domain.toxicity.grading import grade
from models.domain.toxicity.metabolic_scales import SCALES
from tests.models.domain.toxicity.ladders import ALL, Ladder, check, covered, grade_of, numeric
from tests.wording import english

_QT = "Electrocardiogram QT corrected interval prolonged"
LADDERS = [
    Ladder("Hyponatremia", "SODIUM", "4.03", "mmol/L", "135:0 134:1 130:1 129.9:3 120:3 119:4", lln="135"),
    Ladder(
        "Hyponatremia",
        "SODIUM",
        "5.0 6.0",
        "mmol/L",
        "135:0 134:1 130:1 129.5:2 129:2 125:2 124.5:3 124:3 120:3 119:4",
        lln="135",
    ),
    Ladder("Hypernatremia", "SODIUM", ALL, "mmol/L", "145:0 146:1 150:1 151:2 155:2 156:3 160:3 161:4", uln="145"),
    Ladder("Hypokalemia", "K", ALL, "mmol/L", "3.5:0 3.4:1 3.0:1 2.9:3 2.5:3 2.4:4 0:4", lln="3.5"),
    Ladder("Hyperkalemia", "K", ALL, "mEq/L", "5.0:0 5.1:1 5.5:1 5.6:2 6.0:2 6.1:3 7.0:3 7.1:4", uln="5.0"),
    Ladder("Hypocalcemia", "CACR", ALL, "mmol/L", "2.1:0 2.09:1 2.0:1 1.99:2 1.75:2 1.74:3 1.5:3 1.49:4", lln="2.1"),
    Ladder("Hypocalcemia", "CA", ALL, "mmol/L", "2.1:0 2.09:1 2.0:1 1.99:2 1.75:2 1.74:3 1.5:3 1.49:4", lln="2.1"),
    Ladder("Hypocalcemia", "CACR", ALL, "mg/dL", "8.5:0 8.4:1 8.0:1 7.9:2 7.0:2 6.9:3 6.0:3 5.9:4", lln="8.5"),
    Ladder("Hypocalcemia", "CA", ALL, "mg/dL", "8.5:0 8.4:1 8.0:1 7.9:2 7.0:2 6.9:3 6.0:3 5.9:4", lln="8.5"),
    Ladder("Hypercalcemia", "CACR", ALL, "mmol/L", "2.6:0 2.7:1 2.9:1 2.91:2 3.1:2 3.11:3 3.4:3 3.41:4", uln="2.6"),
    Ladder("Hypercalcemia", "CA", ALL, "mmol/L", "2.6:0 2.7:1 2.9:1 2.91:2 3.1:2 3.11:3 3.4:3 3.41:4", uln="2.6"),
    Ladder(
        "Hypercalcemia", "CACR", ALL, "mg/dL", "10.5:0 10.6:1 11.5:1 11.6:2 12.5:2 12.6:3 13.5:3 13.6:4", uln="10.5"
    ),
    Ladder("Hypercalcemia", "CA", ALL, "mg/dL", "10.5:0 10.6:1 11.5:1 11.6:2 12.5:2 12.6:3 13.5:3 13.6:4", uln="10.5"),
    Ladder("Hypomagnesemia", "MG", ALL, "mmol/L", "0.7:0 0.69:1 0.5:1 0.49:2 0.4:2 0.39:3 0.3:3 0.29:4", lln="0.7"),
    Ladder("Hypomagnesemia", "MG", ALL, "mg/dL", "1.7:0 1.6:1 1.2:1 1.1:2 0.9:2 0.8:3 0.7:3 0.6:4", lln="1.7"),
    Ladder("Hypermagnesemia", "MG", ALL, "mmol/L", "1.0:0 1.1:1 1.23:1 1.24:3 3.30:3 3.31:4", uln="1.0"),
    Ladder("Hypermagnesemia", "MG", ALL, "mg/dL", "2.4:0 2.5:1 3.0:1 3.1:3 8.0:3 8.1:4", uln="2.4"),
    Ladder(
        "Hypophosphatemia", "PHOS", "4.03", "mmol/L", "0.9:0 0.85:1 0.8:1 0.79:2 0.6:2 0.59:3 0.3:3 0.29:4", lln="0.9"
    ),
    Ladder("Hypophosphatemia", "PHOS", "4.03", "mg/dL", "2.7:0 2.6:1 2.5:1 2.4:2 2.0:2 1.9:3 1.0:3 0.9:4", lln="2.7"),
    Ladder("Blood bicarbonate decreased", "BICARB", "5.0 6.0", "mmol/L", "22:0 21:1 5:1", lln="22"),
    Ladder("Hypoglycemia", "GLUC", ALL, "mg/dL", "70:0 69:1 55:1 54:2 40:2 39:3 30:3 29:4", lln="70"),
    Ladder("Hypoglycemia", "GLUC", ALL, "mmol/L", "3.9:0 3.8:1 3.0:1 2.9:2 2.2:2 2.1:3 1.7:3 1.6:4", lln="3.9"),
    Ladder("Hyperglycemia", "GLUC", "4.03 6.0", "mg/dL", "110:0 111:1 160:1 161:2 250:2 251:3 500:3 501:4", uln="110"),
    Ladder(
        "Hyperglycemia",
        "GLUC",
        "4.03 6.0",
        "mmol/L",
        "6.1:0 6.2:1 8.9:1 9.0:2 13.9:2 14.0:3 27.8:3 27.9:4",
        uln="6.1",
    ),
    Ladder("Hyperuricemia", "URATE", "4.03", "mg/dL", "7:0 7.1:1 10:1 10.1:4", uln="7"),
    Ladder("Hyperuricemia", "URATE", "4.03", "mmol/L", "0.42:0 0.43:1 0.59:1 0.60:4", uln="0.42"),
    Ladder("Hyperuricemia", "URATE", "5.0 6.0", "umol/L", "420:0 421:1 900:1", uln="420"),
    Ladder("Hypoalbuminemia", "ALB", ALL, "g/L", "35:0 34:1 30:1 29:2 20:2 19:3 1:3", lln="35"),
    Ladder("Hypoalbuminemia", "ALB", ALL, "g/dL", "3.5:0 3.4:1 3.0:1 2.9:2 2.0:2 1.9:3", lln="3.5"),
    Ladder("Cholesterol high", "CHOL", ALL, "mg/dL", "200:0 201:1 300:1 301:2 400:2 401:3 500:3 501:4", uln="200"),
    Ladder(
        "Cholesterol high",
        "CHOL",
        ALL,
        "mmol/L",
        "5.2:0 5.3:1 7.75:1 7.76:2 10.34:2 10.35:3 12.92:3 12.93:4",
        uln="5.2",
    ),
    Ladder("Hypertriglyceridemia", "TRIG", ALL, "mg/dL", "149:0 150:1 300:1 301:2 500:2 501:3 1000:3 1001:4"),
    Ladder("Hypertriglyceridemia", "TRIG", ALL, "mmol/L", "1.7:0 1.71:1 3.42:1 3.43:2 5.7:2 5.8:3 11.4:3 11.5:4"),
    Ladder("Haptoglobin decreased", "HAPTOG", ALL, "g/L", "0.3:0 0.29:1 0:1", lln="0.3"),
    Ladder(_QT, "QTCFAG", ALL, "ms", "449:0 450:1 480:1 480.5:2 481:2 500:2 500.5:3 501:3 700:3"),
    Ladder(_QT, "QTCFAG", "5.0 6.0", "ms", "410:0 440:0 441:3 501:3", baseline="380"),
    Ladder(_QT, "QTCFAG", "4.03", "ms", "449:0 450:1", baseline="380"),
    Ladder("Fever", "TEMP", ALL, "°C", "37.9:0 38.0:1 39.0:1 39.1:2 40.0:2 40.1:3 42:3"),
]


@pytest.mark.parametrize("ladder", LADDERS, ids=str)
def test_every_boundary_of_salts_sugar_fats_qtc_and_fever_falls_on_its_side(ladder: Ladder) -> None:
    check(ladder)


def test_every_metabolic_scale_of_every_version_has_its_boundaries_checked() -> None:
    assert covered(LADDERS) == numeric(SCALES)


@pytest.mark.parametrize(
    ("lower", "upper"),
    [("0.99:2 1.0:1 0.9:2 0.89:3 0.8:3 0.79:4", "1.4:1 1.5:1 1.51:2 1.6:2 1.61:3 1.8:3 1.81:4")],
)
def test_ionised_calcium_has_limits_of_its_own(lower: str, upper: str) -> None:
    for step in f"{lower} {upper} 1.2:0".split():
        value, expected = step.split(":")
        assert grade_of("Ca2+", value, "mmol/L", "5.0", lln="1.1", uln="1.3") == int(expected)


@pytest.mark.parametrize(("test", "value", "uln"), [("SODIUM", "148", 145), ("K", "5.3", 5)])
def test_treatment_that_was_started_raises_the_grade_of_a_salt_from_version_5_on(
    test: str, value: str, uln: int
) -> None:
    def judged(version: str) -> str:
        result = grade(test, Quantity(Decimal(value), "mmol/L"), version, uln=Decimal(uln))
        return english(result.value.needs_judgement)

    assert "treatment was started" not in judged("4.03")
    assert "treatment was started" in judged("5.0")
