"""The sections of a protocol file that say how the cohort is counted and watched."""

from decimal import Decimal

import pytest

from models.domain.errors import TrialError
from models.protocols.loading import parse_protocol
from models.protocols.model import Analysis, Protocol

ANALYSIS = """
[analysis]
months = [6, 12]
age_bands = [60]
landmark_sample = "last"
"""
TOXICITY = """
[[monitoring]]
code = "TOX"
label = "Toxicity"
watches = "toxicity"
method = "binomial"
limit = 0.2
alpha = 0.05
patients = 20
first_look = 4
grade = 4
drugs = ["pill"]
phases = ["first"]
"""
BAYES = """
[[monitoring]]
code = "BAYES"
label = "Toxicity"
watches = "toxicity"
method = "beta-binomial"
limit = 0.2
certainty = 0.9
prior = [0.5, 1.5]
patients = 20
"""
SIMON = """
[[monitoring]]
code = "R"
label = "Response"
watches = "response"
method = "simon"
design = "optimal"
limit = 0.2
target = 0.4
alpha = 0.05
beta = 0.1
landmark = "V1"
"""


def read(small: str, section: str) -> Protocol:
    return parse_protocol(small + section, "trial.toml")


def refused(small: str, section: str) -> str:
    with pytest.raises(TrialError) as refusal:
        read(small, section)
    return str(refusal.value)


def test_a_file_without_analysis_gets_the_usual_one(small: str) -> None:
    assert read(small, "").analysis == Analysis()


def test_what_is_written_counts_and_the_rest_is_usual(small: str) -> None:
    assert read(small, ANALYSIS).analysis == Analysis((6, 12), (60,), "last")
    assert read(small, "[analysis]\nmonths = [6]\n").analysis == Analysis(months=(6,))


def test_rules_are_read_in_their_order(small: str) -> None:
    toxicity, bayes, simon = read(small, TOXICITY + BAYES + SIMON).monitoring
    assert (toxicity.grade, toxicity.drugs, toxicity.phases, toxicity.first_look) == (4, ("pill",), ("first",), 4)
    assert (bayes.certainty, bayes.prior, bayes.grade) == (Decimal("0.9"), (Decimal("0.5"), Decimal("1.5")), 3)
    assert (simon.design, simon.target, simon.landmark, simon.patients) == ("optimal", Decimal("0.4"), "V1", 0)


@pytest.mark.parametrize(
    ("section", "old", "new", "reason"),
    [
        (ANALYSIS, "[6, 12]", "[12, 6]", '"months" must go upwards'),
        (ANALYSIS, "[6, 12]", "[0, 6]", '"months" must be a list of whole numbers from 1'),
        (ANALYSIS, "[6, 12]", '["6"]', '"months" must be a list of whole numbers'),
        (ANALYSIS, "[60]", "[60, 60]", '"age_bands" must go upwards, each number once'),
        (ANALYSIS, '"last"', '"best"', '"best" is not known as "landmark_sample"'),
        (ANALYSIS, "age_bands", "age_band", 'unknown key "age_band"'),
        (TOXICITY, '"toxicity"', '"mood"', '"mood" is not known as "watches"'),
        (TOXICITY, '"binomial"', '"guess"', '"guess" is not known as "method"'),
        (TOXICITY, "limit = 0.2", "limit = 1.2", '"limit" must lie between 0 and 1'),
        (TOXICITY, "limit = 0.2", "", '"limit" is missing'),
        (TOXICITY, "alpha = 0.05\n", "", 'the method "binomial" needs "alpha"'),
        (TOXICITY, "alpha = 0.05\n", "alpha = 0.05\ncertainty = 0.9\n", 'does not use "certainty"'),
        (TOXICITY, "patients = 20\n", "", '"patients" must be at least 1'),
        (TOXICITY, "first_look = 4", "first_look = 21", 'not below "first_look"'),
        (TOXICITY, "grade = 4", "grade = 6", '"grade" must be from 1 to 5'),
        (TOXICITY, '["pill"]', '["syrup"]', 'the drug "syrup" is not in this file'),
        (TOXICITY, '["first"]', '["third"]', 'the phase "third" is not in this file'),
        (TOXICITY, "grade = 4", 'landmark = "V1"', '"response" needs "landmark"'),
        (BAYES, "[0.5, 1.5]", "[0.5]", "the two numbers of a beta distribution"),
        (BAYES, "[0.5, 1.5]", "[0, 1.5]", "the two numbers of a beta distribution"),
        (SIMON, "target = 0.4", "target = 0.25", '"target" must lie 0.15 or more above "limit"'),
        (SIMON, "beta = 0.1", "beta = 0.5", '"beta" must be 0.01 or more, and below 0.5'),
        (SIMON, "alpha = 0.05", "alpha = 0.001", '"alpha" must be 0.01 or more'),
        (SIMON, "beta = 0.1", "beta = 0.1\npatients = 20", 'leave out "patients"'),
        (SIMON, '"optimal"', '"quick"', '"quick" is not known as "design"'),
        (SIMON, '"V1"', '"V2"', '"V2" is no visit marked as a landmark'),
        (SIMON, 'landmark = "V1"', "", '"response" needs "landmark"'),
        (SIMON, '"response"', '"toxicity"', "design watches response"),
        (SIMON, 'landmark = "V1"', 'landmark = "V1"\ngrade = 3', '"grade" belongs to a rule that watches "toxicity"'),
        (SIMON, 'code = "R"', "", '"code" is missing'),
    ],
)
def test_a_wrong_value_is_refused_with_its_reason(small: str, section: str, old: str, new: str, reason: str) -> None:
    assert old in section
    assert reason in refused(small, section.replace(old, new, 1))


def test_a_rule_that_is_there_twice_is_refused(small: str) -> None:
    assert 'the monitoring rule "R" is there twice' in refused(small, SIMON + SIMON)


def test_a_refusal_names_the_file_and_the_line(small: str) -> None:
    text = small + SIMON.replace("target = 0.4", "target = 0.25")
    line = text[: text.index("target = 0.25")].count("\n") + 1
    assert refused(text, "").startswith(f"trial.toml, line {line}: ")


def test_dalba_states_rates_at_the_months_of_the_reports_and_watches_two_rules(dalba: Protocol) -> None:
    assert dalba.analysis.months == (12, 18, 24, 48)
    assert [(rule.watches, rule.method) for rule in dalba.monitoring] == [
        ("toxicity", "beta-binomial"),
        ("response", "simon"),
    ]


def test_what_no_report_states_about_counting_is_a_setting(dalba: Protocol) -> None:
    names = {setting.name for setting in dalba.settings}
    assert {"Sample of a time point", "Sustained molecular response", "Age bands", "Stopping rules"} <= names
    assert "Duration of molecular response" in names
