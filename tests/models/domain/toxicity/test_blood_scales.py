from decimal import Decimal

import pytest

from models.domain.quantities import Quantity
from models.domain.toxicity.blood_scales import SCALES
from models.domain.toxicity.grading import grade
from tests.models.domain.toxicity.ladders import ALL, Ladder, check, covered, numeric
from tests.wording import english

_COUNT = "10^9/L"
LADDERS = [
    Ladder(
        "Neutrophil count decreased",
        "NEUT",
        "4.03 5.0",
        _COUNT,
        "2.0:0 1.999:1 1.5:1 1.499:2 1.0:2 0.999:3 0.5:3 0.499:4 0:4",
        lln="2.0",
    ),
    Ladder(
        "Neutrophil count decreased",
        "NEUT",
        "6.0",
        _COUNT,
        "1.9:0 1.5:0 1.499:1 1.0:1 0.999:2 0.5:2 0.499:3 0.1:3 0.099:4 0:4",
        lln="2.0",
    ),
    Ladder("Neutrophil count increased", "NEUT", "6.0", _COUNT, "7:0 7.01:1 80:1", uln="7"),
    Ladder(
        "Platelet count decreased",
        "PLAT",
        "4.03 5.0",
        _COUNT,
        "150:0 149:1 75:1 74.9:2 50:2 49.9:3 25:3 24.9:4 0:4",
        lln="150",
    ),
    Ladder("Thrombocytopenia", "PLAT", "6.0", _COUNT, "150:0 149:1 75:1 74:2 50:2 49:3 10:3 9.9:4 0:4", lln="150"),
    Ladder("Thrombocytosis", "PLAT", "6.0", _COUNT, "400:0 401:1 2000:1", uln="400"),
    Ladder("White blood cell decreased", "WBC", ALL, _COUNT, "4:0 3.9:1 3:1 2.9:2 2:2 1.9:3 1:3 0.9:4 0:4", lln="4"),
    Ladder("Leukocytosis", "WBC", ALL, _COUNT, "12:0 100:0 100.1:3 500:3", uln="10"),
    Ladder(
        "Lymphocyte count decreased",
        "LYM",
        "4.03 5.0",
        _COUNT,
        "1.1:0 1.0:1 0.8:1 0.79:2 0.5:2 0.49:3 0.2:3 0.19:4 0:4",
        lln="1.1",
    ),
    Ladder("Lymphopenia", "LYM", "6.0", _COUNT, "1.1:0 1.0:1 0.1:1 0:1", lln="1.1"),
    Ladder("Lymphocyte count increased", "LYM", ALL, _COUNT, "4:0 4.1:2 20:2 20.1:3 300:3"),
    Ladder("Eosinophilia", "EOS", "5.0 6.0", _COUNT, "0.5:0 0.51:1 9:1", uln="0.5"),
    Ladder("Eosinophilia", "EOS", "5.0 6.0", _COUNT, "0.7:0 0.8:0 0.81:1", uln="0.5", baseline="0.8"),
    Ladder(
        "CD4 lymphocytes decreased",
        "CD4",
        ALL,
        _COUNT,
        "0.6:0 0.59:1 0.5:1 0.49:2 0.2:2 0.19:3 0.05:3 0.049:4 0:4",
        lln="0.6",
    ),
    Ladder("Anemia", "HGB", ALL, "g/dL", "12:0 11.9:1 10.0:1 9.9:2 8.0:2 7.9:3 1:3", lln="12"),
    Ladder("Anemia", "HGB", ALL, "g/L", "120:0 119:1 100:1 99:2 80:2 79:3", lln="120"),
    Ladder("Anemia", "HGB", ALL, "mmol/L", "7.4:0 7.3:1 6.2:1 6.19:2 4.9:2 4.89:3", lln="7.4"),
    Ladder("Hemoglobin increased", "HGB", ALL, "g/dL", "16:0 16.1:1 18:1 18.1:2 20:2 20.1:3", uln="16"),
    Ladder(
        "Hemoglobin increased",
        "HGB",
        "4.03",
        "g/dL",
        "17:0 17.1:1 19:1 19.1:2 21:2 21.1:3",
        uln="16",
        baseline="17",
    ),
    Ladder("Hemoglobin increased", "HGB", "5.0 6.0", "g/dL", "17:1 18.1:2 20.1:3", uln="16", baseline="17"),
    Ladder(
        "Fibrinogen decreased",
        "FIBRINO",
        ALL,
        "g/L",
        "2:0 1.99:1 1.5:1 1.49:2 1.0:2 0.99:3 0.5:3 0.49:4 0:4",
        lln="2",
    ),
    Ladder("Fibrinogen decreased", "FIBRINO", ALL, "mg/dL", "400:0 399:1 101:3 100:3 99:4", lln="400"),
    Ladder("Fibrinogen decreased", "FIBRINO", ALL, "mg/dL", "75:2 74:3 50:3 49:4", lln="150"),
    Ladder(
        "Fibrinogen decreased",
        "FIBRINO",
        "5.0 6.0",
        "mg/dL",
        "250:0 240:0 239:1 181:1 180:2 121:2 120:3 61:3 60:4",
        lln="300",
        baseline="240",
    ),
    Ladder(
        "Fibrinogen decreased",
        "FIBRINO",
        "4.03",
        "mg/dL",
        "200:0 199:1 181:1 180:2 121:2 120:3 61:3 60:4",
        lln="200",
        baseline="240",
    ),
    Ladder(
        "Activated partial thromboplastin time prolonged",
        "APTT",
        ALL,
        "s",
        "36:0 36.1:1 54:1 54.1:2 90:2 90.1:3 300:3",
        uln="36",
    ),
    Ladder("INR increased", "INR", "4.03", "ratio", "1.1:0 1.11:1 1.65:1 1.66:2 2.75:2 2.76:3", uln="1.1"),
    Ladder("INR increased", "INR", "5.0 6.0", "ratio", "1.2:0 1.21:1 1.5:1 1.51:2 2.5:2 2.51:3", uln="1.1"),
]


@pytest.mark.parametrize("ladder", LADDERS, ids=str)
def test_every_boundary_of_blood_counts_and_coagulation_falls_on_its_side(ladder: Ladder) -> None:
    check(ladder)


def test_every_blood_scale_of_every_version_has_its_boundaries_checked() -> None:
    assert covered(LADDERS) == numeric(SCALES)


def judged(test: str, value: str, unit: str, version: str, **limits: Decimal) -> str:
    return english(grade(test, Quantity(Decimal(value), unit), version, **limits).value.needs_judgement)


def test_bleeding_raises_the_grade_of_a_prolonged_inr_from_version_5_on() -> None:
    assert "bleeding" not in judged("INR", "2", "ratio", "4.03", uln=Decimal("1.1"))
    assert "bleeding" in judged("INR", "2", "ratio", "5.0")


def test_a_fall_of_fibrinogen_within_the_normal_range_is_left_to_a_person() -> None:
    limits = {"lln": Decimal(2), "baseline": Decimal(6)}
    assert grade("FIBRINO", Quantity(Decimal("3.9"), "g/L"), "4.03", **limits).value.grade == 0
    assert "counts any fall from baseline" in judged("FIBRINO", "3.9", "g/L", "4.03", **limits)
