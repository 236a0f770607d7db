import pytest

from models.cohort.cohort import Cohort
from models.cohort.grouping import EVERYBODY, UNTESTED
from models.figures.cohort.group_lines import group_lines
from models.figures.cohort.survival import survival
from models.figures.style import DrawOptions, Style
from tests.models.figures.cohort.seeing import place, places
from tests.models.figures.seeing import words

SCREEN = DrawOptions()


def test_the_numbers_at_risk_are_those_of_the_estimate(demo: Cohort) -> None:
    found = demo.endpoints["OS"]
    drawing = survival(found, SCREEN)
    for estimate in found.groups:
        for month in (0, 12, 24):
            hit = place(drawing, f"{estimate.group}: {len(estimate.at_risk(month))} at risk at {month} months")
            assert hit.patients == estimate.at_risk(month)


def test_everybody_who_had_the_event_or_was_censored_can_be_pointed_at(demo: Cohort) -> None:
    found = demo.endpoints["DFS"]
    pointed = {who for hit in places(survival(found, SCREEN)) if "at risk" not in hit.lines[0] for who in hit.patients}
    assert pointed == {who for estimate in found.groups for who in estimate.patients}


def test_an_event_tells_who_had_it_and_when(demo: Cohort) -> None:
    first = demo.endpoints["DFS"].groups[2].ended(1)[0]
    told = [line for hit in places(survival(demo.endpoints["DFS"], SCREEN)) for line in hit.lines]
    assert f"{first.who.label}: {first.ended_by}, {first.months:.1f} months" in told


def test_each_line_is_named_at_its_end(demo: Cohort) -> None:
    shown = words(survival(demo.endpoints["DFS"], SCREEN))
    assert all(shown.count(group.name) == 2 for group in demo.groups)  # at the line, and before its numbers at risk


def test_the_test_between_the_groups_stands_beside_the_title(demo: Cohort) -> None:
    left_out = "“not evaluable” left out"
    assert f"Log-rank test, {left_out}: p = 0.09" in words(survival(demo.endpoints["DFS"], SCREEN))
    assert f"Gray's test, {left_out}: p = 0.03" in words(survival(demo.endpoints["CIR"], SCREEN))


def test_the_axes_are_told_in_words(demo: Cohort, everybody: Cohort) -> None:
    start = "by months from the date of complete haematologic remission"
    assert f"Share without the event, {start}" in words(survival(demo.endpoints["DFS"], SCREEN))
    assert f"Share with relapse at any site, {start}" in words(survival(demo.endpoints["DOR"], SCREEN))
    assert f"Cumulative incidence, {start}" in words(survival(everybody.endpoints["CIR"], SCREEN))


def test_everybody_together_shows_relapse_and_death_without_relapse(everybody: Cohort) -> None:
    shown = words(survival(everybody.endpoints["CIR"], SCREEN))
    assert {"Relapse at any site", "Death without relapse"} <= set(shown)


def test_an_axis_that_does_not_reach_the_whole_says_so(everybody: Cohort) -> None:
    assert "The vertical axis ends at 25\N{NO-BREAK SPACE}%." in words(
        survival(everybody.endpoints["CIR"], SCREEN, bands=True)
    )
    assert not any("axis ends" in text for text in words(survival(everybody.endpoints["OS"], SCREEN)))


def test_without_a_patient_the_drawing_says_so(nobody: Cohort) -> None:
    drawing = survival(nobody.endpoints["OS"], SCREEN)
    assert words(drawing) == ["No patient is followed for this endpoint yet."]
    assert drawing.blank


def test_a_drawing_too_low_for_the_numbers_at_risk_says_where_they_are(demo: Cohort) -> None:
    shown = words(survival(demo.endpoints["OS"], DrawOptions(height_inch=1.6)))
    assert "Too low for the numbers at risk: see the table." in shown
    assert "Number at risk" not in shown


@pytest.mark.parametrize("scheme", ["light", "dark", "paper"])
def test_no_two_groups_share_colour_or_dashes(scheme: str) -> None:
    style = Style.of(DrawOptions(scheme=scheme))  # type: ignore[arg-type]
    lines = group_lines(["a", "b", "c", "d", "e"], style)
    assert len({line.colour for line in lines}) == 5
    assert len({line.dash for line in lines}) == 5


def test_groups_keep_their_colour_whether_or_not_somebody_has_no_known_group() -> None:
    style = Style.of(SCREEN)
    unknown = next(iter(UNTESTED))
    assert group_lines(["a", unknown, "b"], style)[2] == group_lines(["a", "b"], style)[1]
    assert group_lines([unknown], style)[0].colour == style["muted"]
    assert group_lines([EVERYBODY], style)[0].colour == style["accent"]
