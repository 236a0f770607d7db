"""Whether a patient may enter the trial: each criterion of the protocol's list against the answer given."""

import operator
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from models.domain.derived import Derived, Rule
from models.domain.notation import write_unit
from models.domain.quantities import Quantity
from models.domain.sentence import Sentence
from models.protocols.model import Criterion, Protocol


class Eligibility(Enum):
    """The outcome; the value is the word shown."""

    ELIGIBLE = "eligible"
    NOT_ELIGIBLE = "not eligible"
    INCOMPLETE = "incomplete"


class Outcome(Enum):
    """What one criterion came to; the value is the word shown."""

    SATISFIED = "satisfied"
    WAIVED = "waived"
    OPEN = "open"
    FAILED = "not satisfied"


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered to a criterion.

    `answer` is a code of `ELIGIBILITY_ANSWER`: YES means that the criterion's sentence is true of the patient, so YES
    to an exclusion criterion excludes. `value` is the measured value where the criterion has a limit. A waiver needs a
    `comment`.
    """

    criterion: str
    answer: str
    value: Quantity | None = None
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One criterion, what it came to, and why in a sentence."""

    criterion: Criterion
    outcome: Outcome
    reason: Sentence


@dataclass(frozen=True, slots=True)
class EligibilityResult:
    """The whole list: the outcome, and a verdict for every criterion in the protocol's order."""

    status: Eligibility
    verdicts: tuple[Verdict, ...]

    def of(self, outcome: Outcome) -> tuple[Verdict, ...]:
        """The verdicts with that outcome."""
        return tuple(verdict for verdict in self.verdicts if verdict.outcome is outcome)


_COMPARE: Mapping[str, Callable[[Decimal, Decimal], bool]] = {
    "<=": operator.le,
    ">=": operator.ge,
    "<": operator.lt,
    ">": operator.gt,
}


def eligibility(protocol: Protocol, answers: Iterable[Answer]) -> Derived[EligibilityResult]:
    """Judge every criterion: not eligible as soon as one fails, incomplete while one is open, else eligible.

    Source: the protocol file's own list. Of two answers to one criterion the later in the sequence counts; an answer to
    a criterion that the protocol does not have is ignored.
    """
    given = {answer.criterion: answer for answer in answers}
    verdicts = tuple(judge(criterion, given.get(criterion.code)) for criterion in protocol.criteria)
    result = EligibilityResult(_status(verdicts), verdicts)
    return Derived(
        value=result,
        rule=Rule("eligibility", protocol.version, f"{protocol.acronym} ({protocol.id}), list of criteria"),
        inputs=tuple((v.criterion.code, (f"{v.outcome.value}: ", v.reason)) for v in verdicts),
        reason=_sentence(result),
    )


def judge(criterion: Criterion, answer: Answer | None) -> Verdict:
    """What one answer makes of one criterion. A measured value decides; an answer that contradicts it stays open."""
    if answer is None or (answer.answer == "UNKNOWN" and answer.value is None):
        return Verdict(criterion, Outcome.OPEN, "Not answered yet.")
    if answer.answer == "WAIVED":
        return _waiver(criterion, answer)
    if criterion.limit is not None:
        return _against_limit(criterion, answer, criterion.limit)
    if answer.answer == "UNKNOWN":
        return Verdict(criterion, Outcome.OPEN, "Not answered yet.")
    return _verdict(criterion, true=answer.answer == "YES", reason="")


def _verdict(criterion: Criterion, *, true: bool, reason: Sentence) -> Verdict:
    outcome = Outcome.FAILED if true is criterion.exclusion else Outcome.SATISFIED
    if not reason:
        kind = "exclusion" if criterion.exclusion else "inclusion"
        reason = f"The {kind} criterion applies." if true else f"The {kind} criterion does not apply."
    return Verdict(criterion, outcome, reason)


def _waiver(criterion: Criterion, answer: Answer) -> Verdict:
    if not criterion.waivable:
        return Verdict(criterion, Outcome.FAILED, "The protocol does not allow this criterion to be waived.")
    if not answer.comment.strip():
        return Verdict(criterion, Outcome.OPEN, "A waiver needs its reason.")
    return Verdict(criterion, Outcome.WAIVED, f"Waived: {answer.comment.strip()}")


_SIGNS = {"<=": "≤", ">=": "≥"}


def _against_limit(criterion: Criterion, answer: Answer, limit: Decimal) -> Verdict:
    sign = _SIGNS.get(criterion.comparison, criterion.comparison)
    wanted = (f"{sign} ", Quantity(limit, criterion.unit))
    if answer.value is None:
        return Verdict(criterion, Outcome.OPEN, ("The value is missing (limit ", wanted, ")."))
    if answer.value.unit != criterion.unit:
        own, other = (write_unit(unit) or "no unit" for unit in (answer.value.unit, criterion.unit))
        return Verdict(criterion, Outcome.OPEN, f"The value is in {own}, the limit in {other}.")
    true = holds(answer.value, criterion.comparison, limit)
    if true is None:
        return Verdict(criterion, Outcome.OPEN, (answer.value, " cannot be compared with the limit ", wanted, "."))
    reason = (answer.value, ", limit ", wanted, ".")
    if answer.answer in ("YES", "NO") and (answer.answer == "YES") is not true:
        return Verdict(criterion, Outcome.OPEN, ("The answer and the value contradict each other: ", reason))
    return _verdict(criterion, true=true, reason=reason)


def holds(value: Quantity, comparison: str, limit: Decimal) -> bool | None:
    """Whether `value comparison limit` is true; None where a qualifier leaves both possible (is "<3" at most 1.5?)."""
    if value.exact:
        return _COMPARE[comparison](value.value, limit)
    upper_bound = value.qualifier in ("<", "<=")
    asks_upper = comparison in ("<", "<=")
    strict_value, strict_asked = value.qualifier in ("<", ">"), comparison in ("<", ">")
    distance = limit - value.value if upper_bound else value.value - limit
    if upper_bound is asks_upper:
        inside = distance > 0 or (distance == 0 and (strict_value or not strict_asked))
        return True if inside else None
    outside = distance > 0 or (distance == 0 and (strict_value or strict_asked))
    return False if outside else None


def _status(verdicts: tuple[Verdict, ...]) -> Eligibility:
    outcomes = {verdict.outcome for verdict in verdicts}
    if Outcome.FAILED in outcomes:
        return Eligibility.NOT_ELIGIBLE
    return Eligibility.INCOMPLETE if Outcome.OPEN in outcomes else Eligibility.ELIGIBLE


def _sentence(result: EligibilityResult) -> str:
    if result.status is Eligibility.ELIGIBLE:
        waived = result.of(Outcome.WAIVED)
        return f"All criteria are satisfied{_codes(', waived: ', waived)}."
    if result.status is Eligibility.NOT_ELIGIBLE:
        return f"Not satisfied: {_codes('', result.of(Outcome.FAILED))}."
    return f"Still open: {_codes('', result.of(Outcome.OPEN))}."


def _codes(lead: str, verdicts: tuple[Verdict, ...]) -> str:
    return lead + ", ".join(v.criterion.code for v in verdicts) if verdicts else ""
