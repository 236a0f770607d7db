import pytest

from models.domain.toxicity.chemistry_scales import SCALES
from tests.models.domain.toxicity.ladders import ALL, Ladder, check, covered, numeric

_TRANSAMINASES = (("Alanine aminotransferase increased", "ALT"), ("Aspartate aminotransferase increased", "AST"))
_USUAL = "40:0 40.1:1 120:1 120.1:2 200:2 200.1:3 800:3 800.1:4 9000:4"
_ALP = "100:0 101:1 250:1 251:2 500:2 501:3 2000:3 2001:4"
_BILIRUBIN = "20:0 20.1:1 30:1 30.1:2 60:2 60.1:3 200:3 200.1:4"
_CREATININE = "100:0 101:1 150:1 151:2 300:2 301:3 600:3 601:4"
LADDERS = [
    *(Ladder(term, test, ALL, "U/L", _USUAL, uln="40") for term, test in _TRANSAMINASES),
    *(Ladder(term, test, ALL, "U/L", _USUAL, uln="40", baseline="40") for term, test in _TRANSAMINASES),
    *(
        Ladder(term, test, "4.03", "U/L", _USUAL, uln="40", baseline="100")  # 4.03 knows no rule on the baseline
        for term, test in _TRANSAMINASES
    ),
    *(
        Ladder(
            term,
            test,
            "5.0",
            "U/L",
            "100:0 149:0 150:1 300:1 301:2 500:2 501:3 2000:3 2001:4",
            uln="40",
            baseline="100",
        )
        for term, test in _TRANSAMINASES
    ),
    *(
        Ladder(term, test, "6.0", "U/L", "99:0 100:1 150:1 151:2 200:2 201:3 400:3 401:4", uln="40", baseline="100")
        for term, test in _TRANSAMINASES
    ),
    Ladder("Blood bilirubin increased", "BILI", ALL, "umol/L", _BILIRUBIN, uln="20"),
    Ladder("Blood bilirubin increased", "BILI", "4.03", "umol/L", _BILIRUBIN, uln="20", baseline="30"),
    Ladder(
        "Blood bilirubin increased",
        "BILI",
        "5.0",
        "umol/L",
        "30:0 30.1:1 45:1 45.1:2 90:2 90.1:3 300:3 300.1:4",
        uln="20",
        baseline="30",
    ),
    Ladder(
        "Blood bilirubin increased",
        "BILI",
        "6.0",
        "umol/L",
        "29.9:0 30:1 45:1 45.1:2 75:2 75.1:3 300:3 300.1:4",
        uln="20",
        baseline="30",
    ),
    *(
        Ladder(term, test, versions, "U/L", _ALP, uln="100")
        for term, test, versions in (
            ("Alkaline phosphatase increased", "ALP", "4.03 5.0"),
            ("GGT increased", "GGT", ALL),
        )
    ),
    *(
        Ladder(
            term,
            test,
            "5.0",
            "U/L",
            "200:0 399:0 400:1 500:1 501:2 1000:2 1001:3 4000:3 4001:4",
            uln="100",
            baseline="200",
        )
        for term, test in (("Alkaline phosphatase increased", "ALP"), ("GGT increased", "GGT"))
    ),
    Ladder("Alkaline phosphatase increased", "ALP", "6.0", "U/L", "100:0 101:1 9000:1", uln="100"),
    Ladder("Alkaline phosphatase increased", "ALP", "6.0", "U/L", "101:0 180:0 181:1", uln="100", baseline="180"),
    Ladder("Alkaline phosphatase increased", "ALP", "6.0", "U/L", "70:0 100:0 101:1", uln="100", baseline="60"),
    Ladder(
        "GGT increased",
        "GGT",
        "6.0",
        "U/L",
        "199:0 200:1 300:1 301:2 600:2 601:3 2000:3 2001:4",
        uln="100",
        baseline="200",
    ),
    Ladder("Creatinine increased", "CREAT", ALL, "umol/L", _CREATININE, uln="100"),
    Ladder(
        "Creatinine increased", "CREAT", "4.03", "umol/L", "50:0 51:1 75:1 76:2 150:2 151:3", uln="100", baseline="50"
    ),
    Ladder(
        "Creatinine increased", "CREAT", "5.0", "umol/L", "51:0 75:0 76:2 150:2 151:3 601:4", uln="100", baseline="50"
    ),
    Ladder(
        "Creatinine increased",
        "CREAT",
        "6.0",
        "umol/L",
        "75:0 76:2 150:2 151:3 601:4",
        lln="60",
        uln="100",
        baseline="50",
    ),
    Ladder(
        "Creatinine increased",
        "CREAT",
        "6.0",
        "umol/L",
        "100:0 101:1 150:1 151:2 301:3",
        lln="60",
        uln="100",
        baseline="60",
    ),
    *(
        Ladder(term, test, "4.03", "U/L", "60:0 61:1 90:1 91:2 120:2 121:3 300:3 301:4", uln="60")
        for term, test in (("Serum amylase increased", "AMYLASE"), ("Lipase increased", "LIPASET"))
    ),
    *(
        Ladder(term, test, "5.0 6.0", "U/L", "60:0 61:1 90:1 91:2 121:2 300:2 301:3 900:3", uln="60")
        for term, test in (("Serum amylase increased", "AMYLASE"), ("Lipase increased", "LIPASET"))
    ),
    Ladder("Blood lactate dehydrogenase increased", "LDH", "5.0 6.0", "U/L", "250:0 251:1 9000:1", uln="250"),
    Ladder("CPK increased", "CK", "4.03 5.0", "U/L", "100:0 101:1 250:1 251:2 500:2 501:3 1000:3 1001:4", uln="100"),
]


@pytest.mark.parametrize("ladder", LADDERS, ids=str)
def test_every_boundary_of_liver_kidney_and_pancreas_falls_on_its_side(ladder: Ladder) -> None:
    check(ladder)


def test_every_chemistry_scale_of_every_version_has_its_boundaries_checked() -> None:
    assert covered(LADDERS) == numeric(SCALES)
