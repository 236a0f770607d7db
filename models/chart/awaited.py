"""Results that somebody is waiting for: samples sent without a result, and mutation tests asked for without one."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from models.domain.partial_dates import PartialDate
from models.records.molecular import MrdResult, Mutation
from models.records.visits import Sample


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


def awaited(
    samples: Sequence[Sample], results: Sequence[MrdResult], mutations: Sequence[Mutation]
) -> tuple[Awaited, ...]:
    """What is waited for, in the order of the records.

    An MRD sample is answered by a result of the same day and specimen; a mutation test by its result. A test whose
    sample is listed too is waited for once.
    """
    measured = {(r.collected, r.specimen) for r in results}
    found = [
        Awaited(
            "sample", s.id, s.purpose, s.specimen, s.collected, s.sent or s.collected, s.laboratory, s.visit, s.comment
        )
        for s in samples
        if s.received is None and not (s.purpose == "MRD" and (s.collected, s.specimen) in measured)
    ]
    return (*found, *_tests(mutations, {s.collected for s in samples if s.purpose == "MUTATION"}))


def _tests(mutations: Sequence[Mutation], sent: set[PartialDate | None]) -> Iterator[Awaited]:
    for test in mutations:
        if test.result is None and test.collected not in sent:
            place, day = test.laboratory, test.collected
            yield Awaited("mutation", test.id, "MUTATION", test.specimen, day, day, place, None, test.comment)
