"""Results that somebody is waiting for: samples sent without a result, and mutation tests asked for without one."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from models.domain.partial_dates import PartialDate, Special
from models.records.molecular import MrdResult, Mutation
from models.records.visits import Sample

if TYPE_CHECKING:
    from models.chart.patient_chart import PatientChart
    from models.domain.molecular.alerts import Alert

LATE_RESULT_DAYS = 14
"""Days after which an awaited result is marked late; a habit of the desk, not a rule of the trial."""


class Awaited(NamedTuple):
    """One result that has not come. `kind` and `id` name the record that says so: a sample, or a mutation test.

    `purpose` is a code of `codelists.PURPOSE`; `sent` is the day of sending or, where that is not known, of collection.
    """

    kind: str
    id: int
    purpose: str
    specimen: str | None
    collected: PartialDate | None
    sent: PartialDate | None
    laboratory: str | None
    visit: str | None
    comment: str | None
    sending_known: bool = False

    @property
    def sent_words(self) -> str:
        """What `sent` is the day of."""
        return "sent" if self.sending_known else "taken"


def awaited(
    samples: Sequence[Sample], results: Sequence[MrdResult], mutations: Sequence[Mutation]
) -> tuple[Awaited, ...]:
    """What is waited for, in the order of the records.

    An MRD sample, and one for a mutation test, is answered by a result of the same day and specimen; a mutation test by
    its result. A test whose sample is waited for is waited for once, and what was not done is not waited for.
    """
    measured = {("MRD", r.collected, r.specimen) for r in results}
    there = measured | {("MUTATION", m.collected, m.specimen) for m in mutations if m.result is not None}
    waiting = [
        s
        for s in samples
        if s.received is None
        and (s.purpose, s.collected, s.specimen) not in there
        and not _not_done(s.collected)
        and not _not_done(s.sent)
    ]
    found = [
        Awaited(
            kind="sample",
            id=s.id,
            purpose=s.purpose,
            specimen=s.specimen,
            collected=s.collected,
            sent=s.sent or s.collected,
            laboratory=s.laboratory,
            visit=s.visit,
            comment=s.comment,
            sending_known=s.sent is not None,
        )
        for s in waiting
    ]
    return (*found, *_tests(mutations, {s.collected for s in waiting if s.purpose == "MUTATION"}))


def _tests(mutations: Sequence[Mutation], sent: set[PartialDate | None]) -> Iterator[Awaited]:
    for test in mutations:
        if test.result is None and test.collected not in sent and not _not_done(test.collected):
            place, day = test.laboratory, test.collected
            yield Awaited("mutation", test.id, "MUTATION", test.specimen, day, day, place, None, test.comment)


def _not_done(day: PartialDate | None) -> bool:
    return day is not None and day.special is Special.NOT_DONE


def mutation_test_since(chart: "PatientChart", alert: "Alert") -> str:
    """That a mutation test was taken, or asked for, on the day of an alert or later; "" where none was.

    A sentence, in the words that window and paper share. A test of which nobody can tell whether it was before counts:
    it is not asked for again.
    """
    since = PartialDate.from_date(alert.when)
    later = [test for test in chart.mutations if not test.collected.before(since)]
    if any(test.result for test in later):
        return "An ABL1 mutation test was taken since."
    sent = (sample.sent or sample.collected for sample in chart.of(Sample) if sample.purpose == "MUTATION")
    if later and all(_not_done(test.collected) for test in later):
        return "An ABL1 mutation test is recorded as not done."
    if later or any(day and not day.before(since) for day in sent):
        return "An ABL1 mutation test has been asked for since."
    return ""
