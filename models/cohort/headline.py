"""The cohort in one line, above everything that is shown or printed of it."""

from models.cohort.cohort import Cohort
from models.cohort.table import Form, written_value
from models.domain.notation import Desk


def headline(cohort: Cohort, desk: Desk) -> str:
    """What the cohort is in short: "63 enrolled · 62 reached remission · median follow-up 18.2 months (...)"."""
    enrolled = [member for member in cohort.members if member.enrolled]
    if not enrolled:
        return "nobody is enrolled yet"
    reached = sum(member.remission is not None for member in enrolled)
    parts = [f"{len(enrolled)} enrolled", f"{reached} reached remission"]
    whole = next((one for one in cohort.endpoints.values() if one.endpoint.population == "enrolled"), None)
    median = whole.everybody.follow_up.median[0] if whole else None
    if median is not None:
        parts.append(f"median follow-up {written_value(median, Form.MONTHS, desk)} months (reverse Kaplan-Meier)")
    return " · ".join(parts)
