"""The cohort in one line, above everything that is shown or printed of it."""

from models.cohort.cohort import Cohort
from models.cohort.table import Form, written_value
from models.domain.notation import Desk
from models.protocols.model import Endpoint


def headline(cohort: Cohort, desk: Desk) -> str:
    """What the cohort is in short: "63 enrolled · 62 reached remission · median follow-up 18.2 months (...)".

    Patients are followed for as long as they are known alive: the follow-up is that of overall survival, and is left
    out where the protocol does not have it.
    """
    enrolled = [member for member in cohort.members if member.enrolled]
    if not enrolled:
        return "nobody is enrolled yet"
    reached = sum(member.remitted for member in enrolled)
    parts = [f"{len(enrolled)} enrolled", f"{reached} reached remission"]
    overall = next((each.code for each in cohort.protocol.endpoints if _is_overall_survival(each)), None)
    median = cohort.endpoints[overall].everybody.follow_up.median.value if overall else None
    if median is not None:
        parts.append(f"median follow-up {written_value(median, Form.MONTHS, desk)} months (reverse Kaplan-Meier)")
    return " · ".join(parts)


def _is_overall_survival(endpoint: Endpoint) -> bool:
    return endpoint.population == "enrolled" and endpoint.events == ("death",)
