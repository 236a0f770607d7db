"""What an adverse event is called."""

import pytest

from models.domain.partial_dates import PartialDate
from models.records.safety import AdverseEvent

OTHER = "Infections and infestations - Other, specify"


def event(term: str, verbatim: str | None) -> AdverseEvent:
    return AdverseEvent(term=term, verbatim=verbatim, version="4.03", began=PartialDate(2026, 3, 1))


def test_a_term_that_names_no_event_stands_behind_the_words_that_do() -> None:
    assert event(OTHER, " CMV\nin the  blood ").name == f"“CMV in the blood” ({OTHER})"


def test_a_name_is_no_longer_than_a_line_of_a_table_can_be() -> None:
    assert event(OTHER, "a" * 20_000).name == f"“{'a' * 199}…” ({OTHER})"
    assert event(OTHER, "a" * 200).name == f"“{'a' * 200}” ({OTHER})"


@pytest.mark.parametrize(("term", "verbatim"), [(OTHER, None), (OTHER, " "), ("Fever", "Temperature after infusion")])
def test_every_other_event_is_called_by_its_term(term: str, verbatim: str | None) -> None:
    assert event(term, verbatim).name == term
