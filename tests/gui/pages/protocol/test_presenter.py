"""The protocol in words."""

import pytest

from gui.pages.protocol.presenter import Tab, identity, tabs, window
from models.domain.notation import Desk
from models.protocols.loading import find_protocol
from models.protocols.model import Protocol


@pytest.fixture(scope="module")
def dalba() -> Protocol:
    return find_protocol("dalba")


def texts(tab: Tab) -> str:
    return "\n".join(cell for block in tab.blocks for row in block.rows for cell in row)


def titled(protocol: Protocol, title: str, desk: Desk = Desk.ENGLISH) -> Tab:
    return next(tab for tab in tabs(protocol, desk) if tab.title.startswith(title))


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (3, 3, "±3 days"),
        (1, 1, "±1 day"),
        (0, 0, "that day only"),
        (0, 14, "to 14 days after"),
        (7, 0, "from 7 days before"),
        (13, 1, "13 days before to 1 after"),
        (1, 3, "1 day before to 3 after"),
    ],
)
def test_a_window_reads_as_a_sentence_would(dalba: Protocol, before: int, after: int, words: str) -> None:
    assert window(dalba.visits[0]._replace(before=before, after=after)) == words


@pytest.mark.parametrize("name", ["dalba", "all2820"])
def test_every_visit_phase_criterion_and_clock_of_the_file_is_shown(name: str) -> None:
    protocol = find_protocol(name)
    shown = "\n".join(texts(tab) for tab in tabs(protocol, Desk.ENGLISH))
    for part in (protocol.visits, protocol.phases, protocol.clocks, protocol.endpoints):
        assert all(item.label in shown for item in part)
    assert all(criterion.text in shown for criterion in protocol.criteria)
    assert all(drug.name in shown for drug in protocol.drugs)


def test_what_is_not_confirmed_says_why(dalba: Protocol) -> None:
    shown = texts(titled(dalba, "Not confirmed"))
    assert all(setting.note in shown for setting in dalba.settings)


def test_a_protocol_without_doubts_has_no_tab_for_them(dalba: Protocol) -> None:
    assert len(tabs(dalba._replace(settings=()), Desk.ENGLISH)) == len(tabs(dalba, Desk.ENGLISH)) - 1


def test_no_row_is_longer_or_shorter_than_its_headings(dalba: Protocol) -> None:
    blocks = [block for tab in tabs(dalba, Desk.ENGLISH) for block in tab.blocks]
    assert {len(row) - (len(block.headings) or 2) for block in blocks for row in block.rows} == {0}


def test_numbers_are_written_as_the_desk_writes_them(dalba: Protocol) -> None:
    assert "0,01 %" in texts(titled(dalba, "Rules", Desk.ITALIAN))


def test_the_rules_say_what_sustained_means_and_when_a_mutation_test_is_asked_for(dalba: Protocol) -> None:
    without = dalba._replace(mrd=dalba.mrd._replace(mutation_test_at_relapse=False, sustained_time_points=3))
    assert "2 evaluable samples in a row in response" in texts(titled(dalba, "Rules"))
    assert "3 evaluable samples in a row in response" in texts(titled(without, "Rules"))
    assert "asked for at a relapse in marrow or blood" in texts(titled(dalba, "Rules"))
    assert "not asked for" in texts(titled(without, "Rules"))


def test_a_day_before_the_phase_carries_a_real_minus_sign(dalba: Protocol) -> None:
    assert "day \N{MINUS SIGN}1" in texts(titled(dalba, "Visits"))


def test_the_ikzf1_rule_is_told_in_words_not_by_its_code(dalba: Protocol) -> None:
    assert dalba.ikzf1_rule not in texts(titled(dalba, "Rules"))


def test_the_line_beside_the_name_tells_version_and_registries(dalba: Protocol) -> None:
    assert f"version {dalba.version}" in identity(dalba)
    assert all(entry in identity(dalba) for entry in dalba.registry_ids)


def test_the_analysis_is_told_with_its_bands_and_every_stopping_rule(dalba: Protocol) -> None:
    shown = texts(titled(dalba, "Analysis"))
    assert "12, 18, 24, 48 months" in shown
    assert "under 45, from 45, from 65 years" in shown
    assert "nearest to the planned day" in shown
    assert "adverse events of grade 3 or more, related to Blinatumomab" in shown
    assert "Bayesian beta-binomial: limit 0.25, certainty 0.90, prior Beta(0.5; 1.5)" in shown
    assert "Simon's two-stage design (minimax): limit 0.40, target 0.60, alpha 0.05, beta 0.10" in shown
    assert "from 5 to 63 patients" in shown


def test_a_protocol_without_stopping_rules_shows_none(dalba: Protocol) -> None:
    blocks = titled(dalba._replace(monitoring=()), "Analysis").blocks
    assert [block.title for block in blocks] == ["How the cohort is counted"]
