"""A value worked out by a rule, which can always answer "why is this here?"."""

from typing import Generic, NamedTuple, TypeVar

from models.domain.sentence import Sentence

T = TypeVar("T")


class Rule(NamedTuple):
    """A named, versioned clinical rule and where it comes from."""

    id: str
    version: str
    source: str


class Derived(NamedTuple, Generic[T]):
    """A result, the rule that gave it, the inputs it was given, and the reason in a sentence.

    `inputs` are pairs of a label and what stands beside it, in the order in which the rule reads them.
    """

    value: T
    rule: Rule
    inputs: tuple[tuple[str, Sentence], ...]
    reason: Sentence
