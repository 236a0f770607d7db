import json

from models.exchange.chart_json import chart_json
from models.figures.data import overview_content
from models.records.outcome import Death
from tests.builders import a_patient, a_treated_patient

WHY = ("rule", "rule_version", "inputs", "reason")


def test_it_is_json_and_names_class_milestones_and_next_visit() -> None:
    data = json.loads(json.dumps(chart_json(a_treated_patient().chart())))
    assert {name: said for name, said in data["response"].items() if name not in WHY} == {
        "class": "complete",
        "since": "2026-06-29",
        "since_day": 172,
        "specimen": "BONE MARROW",
        "positive_elsewhere": [],
    }
    assert "First molecular response" in [m["label"] for m in data["milestones"]]
    assert data["next_visits"][0]["code"] == "C5D1"


def test_what_was_derived_carries_rule_version_inputs_and_reason() -> None:
    data = chart_json(a_treated_patient().mrd(262, 900, 40_000).chart())
    points, (alert,) = data["overview"]["points"], data["alerts"]
    derived = [data["response"], data["ikzf1"], alert, *data["milestones"], *data["next_visits"], *points]
    for told in (*derived, *(point["european"] for point in points)):
        assert all(told[name] for name in WHY), told
    assert {"name": "This result", "value": "positive, 2.25 %"} in alert["inputs"]
    assert alert["kind"]["reason"] == alert["reason"]


def test_a_point_carries_its_sensitivity_and_its_changes() -> None:
    chart = a_patient().phase("induction", 1).mrd(-6, 4000, 40_000).mrd(22, 40, 40_000).mrd(45, 4, 40_000).chart()
    point = chart_json(chart)["overview"]["points"][-1]
    said = [point[name] for name in ("sensitivity_percent", "log_change_since_last", "log_change_since_lowest")]
    assert said == ["0.002500", "-1.00 log10", "-1.00 log10"]


def test_a_day_that_is_only_recorded_has_nothing_to_explain() -> None:
    builder = a_patient()
    builder.add(Death(date=builder.on(40)))
    milestone = chart_json(builder.chart())["milestones"][-1]
    assert (milestone["code"], [milestone[name] for name in WHY]) == ("death", [None] * len(WHY))


def test_it_holds_every_point_that_is_drawn() -> None:
    chart = a_treated_patient().chart()
    drawn = [p.record_id for p in overview_content(chart).points]
    assert [p["record_id"] for p in chart_json(chart)["overview"]["points"]] == drawn


def test_a_visit_due_before_the_first_phase_is_told_with_its_reason() -> None:
    (visit,) = chart_json(a_patient().chart())["next_visits"]
    assert (visit["code"], visit["state"], visit["opens"]) == ("BL", "open", None)
    assert "Due before Steroid pre-phase begins." in visit["reason"]
