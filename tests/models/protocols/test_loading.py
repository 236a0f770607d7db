import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.domain.errors import TrialError
from models.protocols.loading import find_protocol, load_protocol, parse_protocol, shipped_protocols
from models.protocols.model import Protocol
from tests.models.protocols.small_protocol import SMALL

DOSE_FROM_DAY_10 = '[[phase.dose]]\ndrug = "pill"\ndose = 50\nfirst_day = 10\nlast_day = 10\n'


def refused(text: str) -> str:
    with pytest.raises(TrialError) as refusal:
        parse_protocol(text, "trial.toml")
    return str(refusal.value)


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def test_every_shipped_protocol_can_be_read() -> None:
    assert [(shipped.id, shipped.acronym) for shipped in shipped_protocols()] == [
        ("ALL2820", "ALL2820 ponatinib"),
        ("LAL2116", "D-ALBA"),
    ]


def test_the_text_of_the_file_is_kept(small: str) -> None:
    assert parse_protocol(small, "trial.toml").source_text == small


def test_reading_the_kept_text_again_gives_the_same_protocol(dalba: Protocol) -> None:
    assert parse_protocol(dalba.source_text, "kept") == dalba


@pytest.mark.parametrize("name", ["dalba", "LAL2116", "d-alba"])
def test_a_shipped_protocol_is_found_by_any_of_its_names(name: str, dalba: Protocol) -> None:
    assert find_protocol(name) == dalba


def test_a_protocol_is_found_by_its_path(tmp_path: Path, small: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(small, encoding="utf-8")
    assert find_protocol(str(path)).id == "T1"


def test_a_protocol_that_is_nowhere_is_refused_with_the_shipped_ones() -> None:
    with pytest.raises(TrialError, match=r"There is no protocol file “nowhere”.*all2820, dalba"):
        find_protocol("nowhere")


def test_a_file_that_is_not_there_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(TrialError, match=r"absent\.toml cannot be read"):
        load_protocol(tmp_path / "absent.toml")


def test_a_file_that_is_not_utf8_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "latin.toml"
    path.write_bytes(b'format = 1\nid = "\xe9"\n')
    with pytest.raises(TrialError, match=r"latin\.toml, line 2: the file is not UTF-8"):
        load_protocol(path)


def test_a_byte_order_mark_is_no_error(tmp_path: Path, small: str) -> None:
    path = tmp_path / "marked.toml"
    path.write_bytes(b"\xef\xbb\xbf" + small.encode())
    assert load_protocol(path).id == "T1"


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("days = 10", "days = = 10", "not valid TOML"),
        ("format = 1", "format = 2", "format 2 is not known"),
        ('sponsor = "Nobody"', "sponsor = 3", '"sponsor" must be a text'),
        ('sponsor = "Nobody"', 'sponsor = " "', '"sponsor" must be a text that is not empty'),
        ('unit = "mg"', 'unti = "mg"', '"unit" is missing'),
        ("days = 10", "days = -1", '"days" must be a whole number from 0'),
        ("days = 10", "days = true", '"days" must be a whole number from 0'),
        ("before = 2", "before = -2", '"before" must be a whole number from 0'),
        ("day = 5", "day = 0", "there is no day 0"),
        ('acronym = "TEST"', 'acronym = "TE\\u0007ST"', "one line of at most"),
        ('acronym = "TEST"', f'acronym = "{"T" * 1_001}"', "one line of at most"),
        ('unit = "mg"', 'unit = "bananas"', '"bananas" is not known as "unit"'),
        ('collects = ["lab", "mrd"]', 'collects = ["lab"]', 'must collect "mrd" or "assessment"'),
        ('specimens = ["BLOOD"]', "", "must name its specimens"),
        (
            'response_classes = ["complete"]',
            'response_classes = ["not evaluable"]',
            "cannot count as molecular response",
        ),
        ("rise_log = 1", "rise_log = 1\nquantifiable_limit = 500", "must be less than 100"),
        ("last_day = 10", "last_day = 0", '"last_day" must be a whole number from 1'),
        ("last_day = 10", "last_day = 11", "the phase has only 10 days"),
        ("ladder = [100, 50]", "ladder = [50, 100]", "from the full dose downwards"),
        ("ladder = [100, 50]", "ladder = [100, nan]", '"ladder" must be a number'),
        ("ladder = [100, 50]", "ladder = [100, 1e-20]", "decimals"),
        ("ladder = [100, 50]", "ladder = [100, 0]", '"ladder" must be above zero'),
        ("ladder = [100, 50]", 'cap = 0\ncap_unit = "mg"', '"cap" must be above zero'),
        ("ladder = [100, 50]", "restart_dose = 0", '"restart_dose" must be above zero'),
        ("ladder = [100, 50]", "continuous_infusion = true", "must be given together"),
        ("ladder = [100, 50]", "infusion_days = 28", "must be given together"),
        ("dose = 100", "dose = 0", '"dose" must be above zero'),
        ("last_day = 10", f"last_day = 10\n{DOSE_FROM_DAY_10}", 'two doses of "pill" are planned for the same days'),
        (
            "last_day = 10",
            f"last_day = 10\nunder_age = 65\n{DOSE_FROM_DAY_10}from_age = 64",
            'two doses of "pill" are planned for the same days',
        ),
        ('drug = "pill"', 'drug = "syrup"', 'the drug "syrup" is not in this file'),
        ('anchor = "first"', 'anchor = "third"', 'the phase "third" is not in this file'),
        ('starts_phase = "second"', 'starts_phase = "third"', 'the phase "third" is not in this file'),
        ('collects = ["lab", "mrd"]', 'collects = ["labs"]', '"labs" is not known'),
        ('panels = ["blood"]', 'panels = ["urine"]', '"urine" is not known'),
        ('specimens = ["BLOOD"]', 'specimens = ["BLOOD", "BLOOD"]', "names something twice"),
        ('code = "V2"', 'code = "V1"', 'the visit "V1" is there twice'),
        ('code = "second"', 'code = "first"', 'the phase "first" is there twice'),
        ('blood = ["WBC"]', 'blood = ["LIPASE"]', '"LIPASE" is not known as "blood"'),
        ('ikzf1_rule = "ikzf1plus-nejm-2020"', 'ikzf1_rule = "ours"', '"ours" is not known as "ikzf1_rule"'),
        ('ctcae_version = "5.0"', 'ctcae_version = "5"', '"5" is not known as "ctcae_version"'),
        ("rise_log = 1", "rise_log = 0", '"rise_log" must be more than 0'),
        ('response_classes = ["complete"]', "response_classes = []", "at least one class"),
        ('comparison = ">="', 'comparison = "=>"', '"=>" is not known'),
        ("limit = 18", "", '"limit" and "comparison" must be given together'),
        ('events = ["death"]', 'events = ["birth"]', '"birth" is not known'),
        ('events = ["death"]', 'events = ["no-remission"]', '"no-remission" needs'),
        ('day_one_phase = "first"', 'day_one_phase = "zero"', 'the phase "zero" is not in this file'),
        ('primary_landmark = "V1"', 'primary_landmark = "V2"', "no visit marked as a landmark"),
        ("landmark = true", "landmark = 1", '"landmark" must be true or false'),
        (
            "rise_log = 1",
            "rise_log = 1\nsustained_time_points = 1",
            '"sustained_time_points" must be a whole number from 2',
        ),
        ('events = ["death"]', 'events = ["death"]\nconfirmed = true', "can be confirmed"),
        (
            'events = ["death"]',
            'events = ["no-remission"]\nlandmark = "V2"\nno_remission_at = "landmark"',
            '"V2" is no visit marked as a landmark',
        ),
    ],
)
def test_a_wrong_value_is_refused_with_its_reason(small: str, old: str, new: str, reason: str) -> None:
    assert reason in refused(small.replace(old, new, 1))


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("before = 2", "before = -2", "before = -2"),
        ("days = 10", "days = = 10", "days = = 10"),
        ('code = "V2"', 'code = "V1"\n', 'code = "V1"\n\nlabel'),
        ('starts_phase = "second"', 'starts_phase = "third"', 'starts_phase = "third"'),
        ("landmark = true", "landmrak = true", "landmrak = true"),
        ("hours = 24", "", "[[clock]]"),
    ],
)
def test_a_refusal_names_the_file_and_the_line(small: str, old: str, new: str, place: str) -> None:
    text = small.replace(old, new, 1)
    assert refused(text).startswith(f"trial.toml, line {line_of(text, place)}: ")


def test_an_unknown_key_is_refused_with_the_known_ones(small: str) -> None:
    reason = refused(small.replace("landmark = true", "landmrak = true"))
    assert 'unknown key "landmrak"' in reason
    assert "landmark" in reason.split("Known here:")[1]


def test_phases_that_wait_for_each_other_are_refused(small: str) -> None:
    circle = small.replace('anchor = "first"\nday = 11', 'anchor = "second"\nday = 11')
    assert 'the phase "second" begins only after "second"' in refused(circle)


def test_a_phase_started_by_two_visits_is_refused(small: str) -> None:
    text = small.replace("landmark = true", 'landmark = true\nstarts_phase = "second"')
    assert 'already started by the visit "V1"' in refused(text)


def test_a_file_without_visits_is_refused() -> None:
    start, rest = SMALL.split("[[visit]]", 1)
    text = start + "[mrd]" + rest.split("[mrd]", 1)[1]
    assert "at least one [[visit]]" in refused(text.replace('primary_landmark = "V1"\n', ""))


def test_a_number_beyond_reading_is_refused(small: str) -> None:
    assert "line" in refused(small.replace("days = 10", f"days = {'9' * 5000}", 1))


def test_a_control_gene_may_need_more_copies_than_any_other_number(small: str) -> None:
    number = re.search(r"minimum_control_copies = (\d+)", small)
    assert number is not None
    protocol = parse_protocol(small.replace(number[0], "minimum_control_copies = 240000"), "small.toml")
    assert protocol.mrd.minimum_control_copies == 240_000


def test_lists_nested_beyond_reading_are_refused() -> None:
    assert "nested" in refused("a = " + "[" * 100_000)


def test_a_repeated_visit_is_dealt_out_number_by_number(small: str) -> None:
    repeated = """
[[visit]]
code = "A{n}"
label = "After {n}"
anchor = "first"
day = 1
before = 0
after = 0
repeat = { name = "r", from = 1, to = 2, days_each = 30.4375 }

[[visit]]
code = "B{next}"
label = "Before {next}"
anchor = "first"
day = 2
before = 0
after = 0
repeat = { name = "r", from = 1, to = 2, optional_from = 2 }

[mrd]
"""
    visits = parse_protocol(small.replace("[mrd]\n", repeated), "trial.toml").visits[2:]
    assert [(v.code, v.label, v.day, v.optional) for v in visits] == [
        ("A1", "After 1", 31, False),
        ("B2", "Before 2", 2, False),
        ("A2", "After 2", 62, False),
        ("B3", "Before 3", 2, True),
    ]


@pytest.mark.parametrize(("old", "new"), [("to = 2", "to = 0"), ("to = 2", "to = 2000"), ('name = "r", ', "")])
def test_a_repeat_that_makes_no_sense_is_refused_at_its_line(small: str, old: str, new: str) -> None:
    text = small.replace("landmark = true", 'repeat = { name = "r", from = 1, to = 2 }'.replace(old, new))
    assert refused(text).startswith(f"trial.toml, line {line_of(text, 'repeat = ')}: ")


def protocol_or_refusal(text: str) -> None:
    try:
        assert parse_protocol(text, "any").source_text == text
    except TrialError as failure:
        refusal = str(failure)
    else:
        return
    assert refusal.startswith("any, line ")


@given(st.text(max_size=300))
def test_any_text_gives_a_protocol_or_a_refusal(text: str) -> None:
    protocol_or_refusal(text)


VALUES = st.sampled_from(
    [
        "1",
        "-1",
        "0",
        "nan",
        "1e999999999",
        "true",
        '""',
        '"first"',
        "[]",
        "[[]]",
        "{}",
        "{ a = 1 }",
        "1979-05-27",
        "[1, 'a']",
    ]
)


@given(st.integers(0, SMALL.count("\n") - 1), VALUES)
@settings(max_examples=300)
def test_any_value_in_the_place_of_another_gives_a_protocol_or_a_refusal(number: int, value: str) -> None:
    lines = SMALL.split("\n")
    lines[number] = f"{lines[number].split('=')[0]}= {value}"
    protocol_or_refusal("\n".join(lines))


@given(st.integers(0, len(SMALL)), st.integers(0, 40), st.text(alphabet='[]="{}\n,.#1a', max_size=5))
@settings(max_examples=300)
def test_any_damage_to_a_file_gives_a_protocol_or_a_refusal(start: int, length: int, put: str) -> None:
    protocol_or_refusal(SMALL[:start] + put + SMALL[start + length :])


def test_doses_for_neighbouring_ages_are_planned_for_the_same_days(small: str) -> None:
    text = small.replace("last_day = 10", f"last_day = 10\nunder_age = 65\n{DOSE_FROM_DAY_10}from_age = 65", 1)
    assert [dose.dose for dose in parse_protocol(text, "trial.toml").phases[0].doses] == [100, 50]
