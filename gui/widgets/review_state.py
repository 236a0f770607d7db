"""What monitor and site have said about the values of a patient, for the small signs beside them."""

from collections.abc import Iterable

from gui.widgets.review_sign import Sign
from models.domain.date_notation import write_moment
from models.domain.notation import Desk
from models.study import Right, Study
from models.study_types import Mark, QueryState, QueryView, VerificationView


class PatientReview:
    """The queries about a patient that are not closed and, for whoever verifies, what of the record was verified."""

    def __init__(self, queries: Iterable[QueryView], verification: VerificationView | None, desk: Desk) -> None:
        """`verification` is None for whoever does not verify; `desk` is how moments are written."""
        self.queries = tuple(queries)
        self.verification = verification
        self._desk = desk
        self._about: dict[tuple[str, int, str], list[QueryView]] = {}
        for query in self.queries:
            self._about.setdefault((query.kind, query.record, query.field), []).append(query)

    def signs(self, kind: str, record: int, field: str = "") -> tuple[Sign, ...]:
        """What stands beside a value or, without a field, beside a record as a whole."""
        found = [_query_sign(query) for query in self._about.get((kind, record, field), ())]
        if self.verification is not None:
            found.append(_verified_sign(self.verification.of(kind, record, field), self._desk))
        return tuple(found)

    def standing_mark(self, kind: str, record: int, field: str = "") -> Mark | None:
        """The mark that says that the value is verified, None where it is not or has changed since."""
        mark = self.verification.of(kind, record, field) if self.verification else None
        return mark if mark is not None and mark.stands else None


def read_review(study: Study, patient: int, desk: Desk) -> PatientReview:
    """Read it; a record of the study belongs to no patient (0), and nobody asks about it."""
    if not patient or not study.user.may(Right.READ_RECORD):
        return PatientReview((), None, desk)
    verification = study.review.verification(patient) if study.user.may(Right.VERIFY) else None
    return PatientReview(study.review.queries(patient, unclosed=True, notation=desk), verification, desk)


def age_words(days: int) -> str:
    """How old a query is: "today", "1 day", "12 days"."""
    if not days:
        return "today"
    return "1 day" if days == 1 else f"{days} days"


def _query_sign(query: QueryView) -> Sign:
    if query.state is QueryState.ANSWERED:
        return Sign("answered", f"Query answered by {query.last.by}: {query.last.words}")
    since = "today" if not query.age_days else f"{age_words(query.age_days)} ago"
    asked = f"Query to the {query.assigned_words.lower()}, asked {since} by {query.asked.by}"
    return Sign("query", f"{asked}: {query.last.words or query.asked.words}")


def _verified_sign(mark: Mark | None, desk: Desk) -> Sign:
    if mark is None:
        return Sign("unverified", "Not verified against the source")
    when = f"{write_moment(mark.at, desk)} by {mark.by}"
    if mark.stands:
        return Sign("verified", f"Verified against the source {when}")
    return Sign("changed", f"Changed since it was verified {when}: {mark.fell}")
