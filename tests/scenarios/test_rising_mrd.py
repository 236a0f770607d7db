"""MRD rises by more than a log: the form asks for the mutation test, and Today keeps asking until it is requested."""

from models.records.molecular import Mutation
from tests.scenarios.person import Person


def test_a_rise_prompts_the_mutation_test_and_stands_on_today(nurse: Person) -> None:
    nurse.find("042-001")
    nurse.keys("Ctrl+M")
    nurse.front("mrd_dialog")
    nurse.fill(mrd_target_copies="9000", mrd_control_copies="45310")
    assert nurse.says("ABL1 kinase-domain mutation test")
    nurse.save()
    nurse.gone("mrd_dialog")

    nurse.keys("Ctrl+T")
    nurse.until(lambda: nurse.shows("today_rising"))
    (line,) = nurse.lines("today_rising")
    assert line.startswith("042-001 · ")
    assert "log above the last result" in line
    nurse.go_to("today_rising")
    nurse.keys("Return")
    nurse.front("mrd_dialog")
    nurse.keys("Esc")
    nurse.gone("mrd_dialog")

    nurse.go_to("mrdAlertButton")
    nurse.keys("Space")
    nurse.front("mutation_dialog")
    nurse.save()
    nurse.gone("mutation_dialog")
    (test,) = nurse.chart("042-001").of(Mutation)
    assert test.result is None
    nurse.keys("Ctrl+T")
    nurse.until(lambda: "An ABL1 mutation test has been asked for since." in nurse.lines("today_rising")[0])
