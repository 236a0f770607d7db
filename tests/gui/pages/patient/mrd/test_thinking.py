"""What a result would mean while it is typed."""

from decimal import Decimal

from gui.pages.patient.mrd.thinking import judge
from models.domain.partial_dates import PartialDate
from models.domain.quantities import Quantity
from models.records.molecular import MrdResult
from tests.builders import a_patient, a_treated_patient
from tests.wording import english

NEW = {"specimen": "BONE MARROW", "transcript": "p190", "collected": PartialDate(2026, 10, 1)}


def copies(number: int) -> Quantity:
    return Quantity(Decimal(number), "copies")


def test_nothing_is_judged_before_there_is_a_number_or_a_category() -> None:
    judged = judge(a_treated_patient().chart(), NEW, 0)
    assert judged.point is None
    assert english(judged.sentence).startswith("Type copies")


def test_specimen_and_transcript_come_first() -> None:
    assert judge(a_patient().chart(), {"target_copies": copies(1)}, 0).sentence == "Choose specimen and transcript."


def test_undetected_with_enough_control_copies_is_complete() -> None:
    judged = judge(
        a_treated_patient().chart(), {**NEW, "target_copies": copies(0), "control_copies": copies(45_310)}, 0
    )
    assert judged.point is not None
    assert judged.point.result.protocol_class.value == "complete"
    assert judged.alert is None


def test_a_rise_raises_the_alert_with_its_prompt() -> None:
    typed = {**NEW, "target_copies": copies(900), "control_copies": copies(40_000)}
    judged = judge(a_treated_patient().chart(), typed, 0)
    assert judged.alert is not None
    assert "mutation test" in judged.alert.prompt


def test_without_a_day_the_class_stands_and_the_change_does_not() -> None:
    typed = {**NEW, "collected": None, "target_copies": copies(900), "control_copies": copies(40_000)}
    judged = judge(a_treated_patient().chart(), typed, 0)
    assert judged.point is not None
    assert judged.point.result.protocol_class.value == "positive"
    assert judged.point.since_last is None


def test_a_correction_is_judged_in_the_place_of_what_it_corrects() -> None:
    chart = a_treated_patient().chart()
    last = chart.of(MrdResult)[-1]
    judged = judge(chart, {**last.values(), "target_copies": copies(450)}, last.id)
    assert judged.point is not None
    assert judged.point.result.protocol_class.value == "positive"
    assert judged.last == chart.of(MrdResult)[-2].collected.full


def test_what_cannot_be_is_said_instead_of_a_class() -> None:
    typed = {
        **NEW,
        "target_copies": copies(1),
        "control_copies": copies(40_000),
        "international_factor": Quantity(Decimal(1), ""),
    }
    assert "International Scale" in english(judge(a_treated_patient().chart(), typed, 0).sentence)


def test_replicates_are_read_instead_of_the_sums() -> None:
    wells = tuple({"number": n, "target_copies": copies(0), "control_copies": copies(20_000)} for n in (1, 2, 3))
    judged = judge(a_treated_patient().chart(), {**NEW, "replicate": wells}, 0)
    assert judged.point is not None
    assert judged.point.result.sensitivity_percent is not None
    assert len(judged.point.sample.replicates) == 3
