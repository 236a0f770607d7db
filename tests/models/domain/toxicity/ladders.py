"""Tables of values and the grades they must get, written as "value:grade", the boundaries on both sides."""

from dataclasses import dataclass
from decimal import Decimal

from models.domain.quantities import Quantity
from models.domain.toxicity.criteria import Scale
from models.domain.toxicity.grading import grade

ALL = "4.03 5.0 6.0"


@dataclass(frozen=True)
class Ladder:
    term: str
    test: str
    versions: str
    unit: str
    steps: str
    lln: str = ""
    uln: str = ""
    baseline: str = ""

    def __str__(self) -> str:
        against = ", ".join(
            f"{k} {v}" for k, v in (("LLN", self.lln), ("ULN", self.uln), ("baseline", self.baseline)) if v
        )
        return f"{self.term} ({self.test}) {self.versions} {self.unit} {against}"


def grade_of(
    name: str,
    value: str,
    unit: str,
    version: str,
    lln: str = "",
    uln: str = "",
    baseline: str = "",
    qualifier: str = "",
) -> int | None:
    limits = (Decimal(text) if text else None for text in (lln, uln, baseline))
    return grade(name, Quantity(Decimal(value), unit, qualifier), version, *limits).value.grade


def check(ladder: Ladder) -> None:
    """Every step of the ladder by the term's name; by the test's name too, where the value is abnormal."""
    for version in ladder.versions.split():
        for step in ladder.steps.split():
            value, expected = step.split(":")
            limits = (ladder.lln, ladder.uln, ladder.baseline)
            for name in (ladder.term, ladder.test) if expected != "0" else (ladder.term,):
                found = grade_of(name, value, ladder.unit, version, *limits)
                assert found == int(expected), f"{name} {version}: {value} got {found}, not {expected}"


def covered(ladders: list[Ladder]) -> set[tuple[str, str]]:
    return {(ladder.term, version) for ladder in ladders for version in ladder.versions.split()}


def numeric(scales: tuple[Scale, ...]) -> set[tuple[str, str]]:
    return {(scale.term, version) for scale in scales if not scale.managed for version in scale.versions}
