"""How CTCAE's numeric criteria are written down: a scale is a term's list of cuts, each opening a grade."""

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from models.domain.sentence import Sentence


class Direction(Enum):
    """Whether the value grows worse as it falls or as it rises."""

    LOW = "below"
    HIGH = "above"


class Basis(Enum):
    """What a cut is measured from."""

    FIXED = "a fixed value"
    LIMIT = "the limit of normal"
    BASELINE = "the patient's baseline"
    LIMIT_AND_BASELINE = "the limit of normal and the patient's baseline, whichever is further"


class Condition(Enum):
    """When a cut counts. A baseline is abnormal when it lies beyond the limit of normal on the side of the scale."""

    ALWAYS = "always"
    BASELINE_NORMAL = "the baseline was normal, or is not known"
    BASELINE_ABNORMAL = "the baseline was abnormal"
    BASELINE_BELOW_LLN = "the baseline was below the lower limit of normal"
    VALUE_ABNORMAL = "the value is abnormal"


@dataclass(frozen=True, slots=True, eq=False)  # every cut exists once: compared by identity, which is quick
class Cut:
    """Where a grade begins: `factor` times the basis, or that plus one of `amounts`, or one of `amounts` alone.

    `amounts` are the same point as printed in several units, e.g. ((8.0, "mg/dL"), (2.0, "mmol/L")). The cut itself
    belongs to the milder grade, unless it is `inclusive`.
    """

    grade: int
    basis: Basis
    factor: Decimal = Decimal(1)
    amounts: tuple[tuple[Decimal, str], ...] = ()
    inclusive: bool = False
    condition: Condition = Condition.ALWAYS


@dataclass(frozen=True, slots=True)
class Scale:
    """The numeric criteria of one term for one test, in the versions in which they read so.

    `judgements` tell per grade (0 too) what only a person can know and how it would change the grade. `managed` is set
    where CTCAE grades an abnormal value by what was done about it: such a value gets no grade from the number alone.
    `minor` scales are passed over where the limit they need was not given: a low haemoglobin is looked for always, a
    raised one only against a limit. `remark` says how the printed text is read where it leaves a choice.
    `baseline_up_to` is the multiple of the limit of normal up to which the text speaks of an abnormal baseline; what
    lies beyond is for a person to judge.
    """

    term: str
    test: str
    direction: Direction
    versions: tuple[str, ...]
    cuts: tuple[Cut, ...]
    judgements: tuple[tuple[int, Sentence], ...] = ()
    managed: str = ""
    minor: bool = False
    remark: str = ""
    baseline_up_to: Decimal | None = None

    @property
    def begins_at_limit(self) -> bool:
        """Whether grade 1 begins at the limit of normal, so that a value within normal has no grade."""
        return any(cut.basis is Basis.LIMIT and cut.factor == 1 and not cut.amounts for cut in self.cuts)

    @property
    def uses_baseline(self) -> bool:
        """Whether a grade can depend on the patient's own baseline; the conditions on it stand beside such cuts."""
        return any(cut.basis in (Basis.BASELINE, Basis.LIMIT_AND_BASELINE) for cut in self.cuts)

    def judgement(self, grade: int) -> Sentence:
        """What a person has to consider at that grade; "" where nothing is left open."""
        return dict(self.judgements).get(grade, "")


def _amounts(texts: tuple[str, ...]) -> tuple[tuple[Decimal, str], ...]:
    pairs = (text.split(" ", 1) for text in texts)
    return tuple((Decimal(number), unit) for number, unit in pairs)


def at(grade: int, *amounts: str, inclusive: bool = False) -> Cut:
    """A grade that begins beyond a fixed value, printed in one unit or more ("8.0 mg/dL", "2.0 mmol/L")."""
    return Cut(grade, Basis.FIXED, amounts=_amounts(amounts), inclusive=inclusive)


def limit(grade: int, factor: str = "1", condition: Condition = Condition.ALWAYS) -> Cut:
    """A grade that begins beyond a multiple of the limit of normal: LLN of a falling scale, ULN of a rising one."""
    return Cut(grade, Basis.LIMIT, Decimal(factor), condition=condition)


def over_limit(grade: int, amount: str, condition: Condition = Condition.ALWAYS) -> Cut:
    """A grade that begins a stated distance above the upper limit of normal."""
    return Cut(grade, Basis.LIMIT, amounts=_amounts((amount,)), condition=condition)


def baseline(grade: int, factor: str, condition: Condition = Condition.ALWAYS, *, inclusive: bool = False) -> Cut:
    """A grade that begins beyond a multiple of the patient's own baseline."""
    return Cut(grade, Basis.BASELINE, Decimal(factor), inclusive=inclusive, condition=condition)


def over_baseline(grade: int, amount: str, condition: Condition = Condition.ALWAYS) -> Cut:
    """A grade that begins a stated distance above the patient's own baseline."""
    return Cut(grade, Basis.BASELINE, amounts=_amounts((amount,)), condition=condition)


def over_both(grade: int) -> Cut:
    """A grade that begins above both the upper limit of normal and the patient's own baseline."""
    return Cut(grade, Basis.LIMIT_AND_BASELINE)
