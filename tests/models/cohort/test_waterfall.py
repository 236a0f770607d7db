from decimal import Decimal

from models.cohort.cohort import Cohort
from models.cohort.waterfall import as_table
from models.domain.quantities import Quantity
from tests.models.cohort.people import count, person


def logs(value: str, qualifier: str = "") -> Quantity:
    return Quantity(Decimal(value), "log10", qualifier)


def test_bars_go_from_the_smallest_reduction_to_the_largest() -> None:
    people = [
        person(1).mrd(-7, 40_000).mrd(85, 0),
        person(2).mrd(-7, 40_000).mrd(85, 4000),
        person(3).mrd(-7, 40_000).mrd(85, 40),
    ]
    found = count(people).waterfalls["D85"]
    assert [(bar.who.label, bar.reduction) for bar in found.bars] == [
        ("042-002", logs("1.00")),
        ("042-003", logs("3.00")),
        ("042-001", logs("4.60", ">")),
    ]


def test_of_two_transcripts_the_smaller_reduction_counts() -> None:
    one = person(transcript="both")
    for transcript, target in (("p190", 40), ("p210", 400)):
        one.mrd(-7, 40_000, transcript=transcript).mrd(85, target, transcript=transcript)
    assert count([one]).waterfalls["D85"].bars[0].reduction == logs("2.00")


def test_a_patient_without_a_baseline_is_listed_without_a_bar() -> None:
    found = count([person().mrd(85, 40)]).waterfalls["D85"]
    assert (found.bars, [who.label for who in found.without]) == ((), ["042-001"])
    assert as_table(found).cell("without", "without").values == (1,)


def test_a_patient_without_a_sample_is_not_mentioned() -> None:
    found = count([person().mrd(-7, 40_000)]).waterfalls["D85"]
    assert (found.bars, found.without) == ((), ())


def test_everybody_with_a_sample_is_in_the_waterfall_of_the_demo_study(counted: Cohort) -> None:
    found = counted.waterfalls["C2"]
    assert len(found.bars) + len(found.without) == 55
