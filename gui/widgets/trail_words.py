"""Values of the audit trail in the words that a person reads."""

from gui.widgets.words import Choices, in_words
from models.domain.fields import Field
from models.domain.notation import Desk


def value_words(field: Field | None, value: object, desk: Desk, choices: Choices = ()) -> str:
    """A value of the trail; without a declared field as it is kept. Empty for none."""
    if field is None:
        return "" if value is None else str(value)
    return in_words(field, value, desk, choices)
