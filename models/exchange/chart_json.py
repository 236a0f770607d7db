"""One patient's chart as plain data, for `chart --json`: the overview, with what each derived value rests on."""

import dataclasses
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from models.chart.patient_chart import PatientChart
from models.chart.why import why_milestone, why_response, why_visit
from models.domain.codelists import PATIENT_STATUS
from models.domain.derived import Derived
from models.domain.notation import Desk
from models.domain.partial_dates import PartialDate
from models.domain.quantities import Quantity
from models.domain.sentence import write_sentence
from models.figures.data import overview_content, upcoming


def chart_json(chart: PatientChart) -> dict[str, Any]:
    """The overview as data: what is drawn, and what stands beside the drawing.

    Dates are ISO 8601, exact numbers are strings, a field without a value is null. What the rules derived carries
    `rule`, `rule_version`, `inputs` and `reason`; all are null for a day that is only recorded.
    """
    course = chart.course
    standing = course.standing
    return {
        "patient": chart.label,
        "protocol": {"id": chart.protocol.id, "version": chart.protocol.version},
        "synthetic": bool(chart.patient.synthetic),
        "sex": chart.patient.sex,
        "age": chart.patient.age,
        "status": PATIENT_STATUS.label(chart.status),
        "transcript": chart.disease.transcript if chart.disease else None,
        "ikzf1": {**_json(chart.ikzf1), **_why(chart.ikzf1)},
        "response": {
            "class": standing.headline.value if standing else None,
            "since": _json(standing.since) if standing else None,
            "since_day": standing.since_day if standing else None,
            "specimen": standing.specimen if standing else None,
            "positive_elsewhere": [{"specimen": e.specimen, "since": _json(e.since)} for e in course.elsewhere],
            **_why(why_response(chart)),
        },
        "overview": _overview(chart),
        "milestones": [{**_json(m), "date": m.date.iso, **_why(why_milestone(chart, m))} for m in chart.milestones],
        "alerts": [{**_json(alert), **_why(alert.kind)} for alert in chart.alerts],
        "next_visits": [
            {
                "code": v.code,
                "label": v.label,
                "state": v.state.value,
                "opens": _json(v.opens),
                "closes": _json(v.closes),
                **_why(why_visit(chart, v)),
            }
            for v in upcoming(chart.visits)
        ],
        "awaited": [{"purpose": s.purpose, "specimen": s.specimen, "sent": _json(s.sent)} for s in chart.awaited],
        "flags": [flag.message for flag in chart.flags],
    }


def _overview(chart: PatientChart) -> dict[str, Any]:
    """The drawing's content; each point with its class explained, and with what is worked out but not drawn."""
    content: dict[str, Any] = _json(overview_content(chart))
    points = {int(point.sample.key): point for series in chart.course.series for point in series.points}
    for told in content["points"]:
        point = points[told["record_id"]]
        last, lowest = point.since_last, point.since_nadir
        told |= {
            "sensitivity_percent": _json(point.result.sensitivity_percent),
            "log_change_since_last": _json(last.shown if last else None),
            "log_change_since_lowest": _json(lowest.shown if lowest else None),
            **_why(point.result.protocol_class),
            "european": _why(point.result.european_class),
        }
    return content


def _why(derived: Derived[Any] | None) -> dict[str, Any]:
    """What a derived value rests on."""
    if derived is None:
        return dict.fromkeys(("rule", "rule_version", "inputs", "reason"))
    return {
        "rule": derived.rule.id,
        "rule_version": derived.rule.version,
        "inputs": [{"name": name, "value": write_sentence(said, Desk.ENGLISH)} for name, said in derived.inputs],
        "reason": write_sentence(derived.reason, Desk.ENGLISH),
    }


def _json(value: object) -> Any:  # noqa: ANN401 - JSON holds anything
    """A value as JSON has it, field by field: dates in ISO 8601, exact numbers as strings."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        if isinstance(value, PartialDate):
            return value.iso
        if isinstance(value, Quantity):
            return str(value)
        return {f.name: _json(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Derived):
        rule, reason = value.rule, write_sentence(value.reason, Desk.ENGLISH)
        return {"value": _json(value.value), "rule": rule.id, "version": rule.version, "reason": reason}
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return {name: _json(held) for name, held in value._asdict().items()}
    if isinstance(value, (tuple, list)):
        return [_json(item) for item in value]
    return value
