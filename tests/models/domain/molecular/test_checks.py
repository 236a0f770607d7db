from dataclasses import replace
from decimal import Decimal

import pytest

from models.domain.findings import Severity
from models.domain.molecular.checks import check_international_scale, check_sample
from models.domain.molecular.rules import MrdRules
from models.domain.molecular.sample import MrdSample
from models.domain.partial_dates import PartialDate
from models.domain.quantities import Quantity
from tests.wording import english

RULES = MrdRules("d-alba", "1", "for tests")


def copies(number: int | str, qualifier: str = "") -> Quantity:
    return Quantity(Decimal(number), "copies", qualifier)


SOUND = MrdSample(
    key=1,
    collected=PartialDate(2026, 9, 21),
    day=256,
    specimen="BONE MARROW",
    transcript="p190",
    target_copies=copies(9),
    control_copies=copies(45_000),
    lab_category="positive",
    lab_ratio=Quantity(Decimal("0.02"), "%"),
)
P210 = replace(SOUND, transcript="p210", is_factor=Decimal("0.8"))
PAIRS = ((Decimal(4), Decimal(20_000)), (Decimal(5), Decimal(25_000)))


@pytest.mark.parametrize(
    "sample",
    [
        SOUND,
        P210,
        replace(SOUND, replicates=PAIRS, positive_replicates=2),
        replace(SOUND, lab_ratio=None),
        replace(SOUND, target_copies=copies(0), lab_category=None, lab_ratio=None, positive_replicates=0),
        replace(P210, is_factor=Decimal("0.1"), lab_ratio=None),
        replace(P210, is_factor=Decimal(10), lab_ratio=None),
        replace(SOUND, replicates=((Decimal(1000), Decimal(45_000)),), target_copies=copies(1050), lab_ratio=None),
    ],
)
def test_a_sound_result_has_no_findings(sample: MrdSample) -> None:
    assert check_sample(sample, RULES) == ()


@pytest.mark.parametrize(
    ("sample", "field", "rule"),
    [
        (replace(SOUND, target_copies=copies(-1)), "target_copies", "mrd.target-copies.negative"),
        (replace(SOUND, control_copies=copies(-1)), "control_copies", "mrd.control-copies.negative"),
        (replace(SOUND, target_copies=copies(0, "<")), "target_copies", "mrd.target-copies.below-zero"),
        (replace(SOUND, lab_ratio=Quantity(Decimal(-1), "%")), "lab_ratio", "mrd.lab-ratio.negative"),
        (replace(SOUND, replicates=((Decimal(-1), Decimal(1)),)), "replicates", "mrd.replicates.negative"),
        (replace(SOUND, positive_replicates=-1), "positive_replicates", "mrd.positive-replicates.count"),
        (
            replace(SOUND, replicates=PAIRS, positive_replicates=3),
            "positive_replicates",
            "mrd.positive-replicates.count",
        ),
        (replace(SOUND, quantifiable_limit=Decimal(0)), "quantifiable_limit", "mrd.quantifiable-limit.range"),
        (replace(SOUND, is_factor=Decimal("0.8")), "is_factor", "mrd.is-factor.p190"),
        (replace(P210, is_factor=Decimal(0)), "is_factor", "mrd.is-factor.zero"),
        (replace(SOUND, specimen="SALIVA"), "specimen", "mrd.specimen.unknown"),
        (replace(SOUND, transcript="p230"), "transcript", "mrd.transcript.unknown"),
        (replace(SOUND, lab_category="maybe"), "lab_category", "mrd.lab-category.unknown"),
        (replace(SOUND, control_gene="GAPDH"), "control_gene", "mrd.control-gene.unknown"),
    ],
)
def test_what_cannot_be_is_an_error(sample: MrdSample, field: str, rule: str) -> None:
    assert [(one.severity, one.field, one.rule) for one in check_sample(sample, RULES)] == [
        (Severity.ERROR, field, rule)
    ]


@pytest.mark.parametrize(
    ("sample", "rule"),
    [
        (replace(SOUND, control_copies=copies(0), lab_category=None), "mrd.control-copies.zero"),
        (replace(SOUND, target_copies=copies(1), control_copies=copies(5000)), "mrd.control-copies.few"),
        (
            replace(SOUND, target_copies=copies(9000), control_copies=copies(45_000_000)),
            "mrd.control-copies.many",
        ),
        (
            replace(SOUND, target_copies=copies(50_000), lab_ratio=None),
            "mrd.target-copies.above-control",
        ),
        (replace(SOUND, lab_ratio=Quantity(Decimal("0.0002"), "%")), "mrd.lab-ratio.differs"),
        (replace(SOUND, target_copies=copies(0), lab_category=None), "mrd.lab-ratio.differs"),
        (replace(SOUND, lab_category="not detected"), "mrd.lab-category.detected"),
        (replace(SOUND, target_copies=copies(0)), "mrd.lab-category.undetected"),
        (
            replace(SOUND, target_copies=copies(0), lab_category=None, positive_replicates=1),
            "positive-replicates.no-copies",
        ),
        (replace(SOUND, replicates=PAIRS, positive_replicates=1), "mrd.positive-replicates.differ"),
        (replace(SOUND, replicates=PAIRS, target_copies=copies(90)), "mrd.target-copies.replicates"),
        (
            replace(SOUND, replicates=((Decimal(1000), Decimal(45_000)),), target_copies=copies(1051)),
            "mrd.target-copies.replicates",
        ),
        (replace(P210, is_factor=Decimal("10.1")), "mrd.is-factor.unusual"),
        (replace(P210, is_factor=Decimal("0.09")), "mrd.is-factor.unusual"),
    ],
)
def test_what_should_be_looked_at_again_is_a_warning(sample: MrdSample, rule: str) -> None:
    found = check_sample(sample, RULES)
    assert [one.severity for one in found] == [Severity.WARNING] * len(found)
    assert any(one.rule.endswith(rule) for one in found)


def test_the_laboratorys_ratio_may_be_on_the_international_scale() -> None:
    assert check_sample(replace(P210, is_factor=Decimal(4), lab_ratio=Quantity(Decimal("0.08"), "%")), RULES) == ()


def test_the_refusal_of_a_factor_on_p190_says_why() -> None:
    (finding,) = check_international_scale(replace(SOUND, is_factor=Decimal(1)))
    assert finding.message == "There is no International Scale for p190. Leave the conversion factor empty."


@pytest.mark.parametrize(
    ("sample", "rule"),
    [
        (replace(SOUND, target_copies=copies("1.500"), lab_ratio=None), "mrd.target-copies.thousands"),
        (replace(SOUND, control_copies=copies("45.310"), lab_ratio=None), "mrd.control-copies.thousands"),
        (replace(SOUND, replicates=((Decimal("1.250"), Decimal(20_000)),), lab_ratio=None), "mrd.replicates.thousands"),
    ],
)
def test_copies_with_three_decimals_may_be_thousands(sample: MrdSample, rule: str) -> None:
    assert rule in [found.rule for found in check_sample(sample, RULES)]


def test_both_readings_of_such_copies_are_said() -> None:
    [found] = check_sample(replace(SOUND, target_copies=copies("1.500"), lab_ratio=None), RULES)
    assert found.severity is Severity.WARNING
    assert "1.5 copies, or 1500 where" in english(found.message)


def test_a_mean_of_replicates_is_no_thousands() -> None:
    assert check_sample(replace(SOUND, target_copies=copies("9.5"), lab_ratio=None), RULES) == ()
