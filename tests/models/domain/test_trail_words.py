"""Every event that the program writes into the audit trail has its words."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from models.domain.trail_words import EVENT_WORDS, detail_words, event_words

ROOT = Path(__file__).resolve().parents[3]
_PLACES = {"note": 0, "_note": 0, "note_event()": 3, "_note()": 4}
"""The functions that write an event, and which of their arguments names it."""
_PAPERS = {"PrintNoting()": 2}
"""The same for what names a paper: it is told "printed" or "saved"."""


def noted() -> Iterator[str]:
    """The names of events, as the calls in the program have them."""
    yield from _given(_PLACES)
    for paper in _given(_PAPERS):
        yield from (f"{paper} printed", f"{paper} saved")


def _given(places: Mapping[str, int]) -> Iterator[str]:
    """The texts that the program gives those functions in those places, also by a constant."""
    trees = [
        ast.parse(path.read_text(encoding="utf-8"))
        for part in ("models", "gui")
        for path in sorted((ROOT / part).rglob("*.py"))
    ]
    constants = {
        target.id: node.value.value
        for tree in trees
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        for target in node.targets
        if isinstance(target, ast.Name) and target.id != "ACT"
    }
    for tree in trees:
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            function = call.func
            # A bare `note(...)` declares a field.
            bare = f"{getattr(function, 'id', '')}()"
            name = function.attr if isinstance(function, ast.Attribute) else bare
            place = places.get(name, -1)
            if 0 <= place < len(call.args):
                given = call.args[place]
                if isinstance(given, ast.Constant) and isinstance(given.value, str):
                    yield given.value
                elif isinstance(given, ast.Name) and given.id in constants:
                    yield constants[given.id]


@pytest.mark.parametrize("act", sorted(set(noted())))
def test_an_event_that_the_program_notes_has_words(act: str) -> None:
    assert act in EVENT_WORDS


def test_the_events_of_constants_are_found_too() -> None:
    assert {"sign-in", "backup made", "backup put back", "keys changed", "visit summary printed"} <= set(noted())


def test_an_event_of_another_version_says_its_own_name() -> None:
    assert event_words("record burnt") == "Record burnt"


def test_the_details_of_a_signature_are_words_and_a_count() -> None:
    details = {"as_of": 29768, "covers": [["assessment", 2, 90], ["lab", 24, 3416]], "meaning": "review", "visit": None}
    assert detail_words(details) == "data as of row: 29768; records covered: 2; meaning: I have reviewed these data"


def test_several_values_of_a_detail_stand_side_by_side() -> None:
    assert detail_words({"problems": ["no stick", "no paper"]}) == "problems: no stick, no paper"
