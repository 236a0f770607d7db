"""Every event that the program writes into the audit trail has its words."""

import pytest

from models.domain.trail_words import DETAIL_WORDS, EVENT_WORDS, detail_words, event_words
from tests.models.domain.noted_events import acts, details


@pytest.mark.parametrize("act", sorted(set(acts())))
def test_an_event_that_the_program_notes_has_words(act: str) -> None:
    assert act in EVENT_WORDS


@pytest.mark.parametrize("name", sorted(set(details())))
def test_a_detail_that_the_program_notes_has_words(name: str) -> None:
    assert name in DETAIL_WORDS


def test_every_way_in_which_an_act_is_named_is_found() -> None:
    literal, constant, imported, local = "password changed", "redaction", "keys changed", "backup failed"
    assert {literal, constant, imported, local, "sign-out", "access list saved", "cohort report printed"} <= set(acts())


def test_every_way_in_which_details_are_given_is_found() -> None:
    literal, local, unpacked, returned, added = "backups", "what", "as_of", "missing", "visit"
    assert {literal, local, unpacked, returned, added} <= set(details())


def test_an_event_of_another_version_says_its_own_name() -> None:
    assert event_words("record burnt") == "Record burnt"


def test_the_details_of_a_signature_are_words_and_a_count() -> None:
    details = {"as_of": 29768, "covers": [["assessment", 2, 90], ["lab", 24, 3416]], "meaning": "review", "visit": None}
    assert detail_words(details) == "data as of row: 29768; records covered: 2; meaning: I have reviewed these data"


def test_fingerprints_that_are_for_the_program_are_not_told() -> None:
    assert detail_words({"backups": {"9f": "20260101T080000Z-start"}}) == "backups from before: 20260101T080000Z-start"
    assert detail_words({"rows": {"12": ["aa", "bb"], "15": ["cc", "dd"]}}) == "rows of the audit trail: 12, 15"


def test_several_values_of_a_detail_stand_side_by_side() -> None:
    assert detail_words({"problems": ["no stick", "no paper"]}) == "problems: no stick, no paper"
