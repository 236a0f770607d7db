"""What a choice field offers: its own codelist, or for an open one what protocol and study know."""

from sqlalchemy import Connection

from models.domain import codelists
from models.domain.fields import Field
from models.protocols.model import Protocol
from models.queries.charts import laboratories
from models.records.visits import UNSCHEDULED


def of_field(connection: Connection, protocol: Protocol, field: Field) -> tuple[tuple[str, str], ...]:
    """Codes and words, in the order in which they are shown."""
    codelist = field.codelist
    if codelist is None:
        return ()
    if not codelist.open:
        return tuple(codelist.terms.items())
    if codelist is codelists.DRUG:
        return tuple((d.code, d.name) for d in protocol.drugs)
    if codelist is codelists.PHASE:
        return tuple((p.code, p.label) for p in protocol.phases)
    if codelist is codelists.VISIT:
        return (*((v.code, v.label) for v in protocol.visits), (UNSCHEDULED, "Unscheduled visit"))
    if codelist is codelists.CRITERION:
        return tuple((c.code, c.text) for c in protocol.criteria)
    if codelist is codelists.LAB_TEST:
        from models.domain.toxicity.laboratory_tests import TESTS

        return tuple((t.code, t.label) for t in TESTS)
    if codelist is codelists.LABORATORY:
        return tuple((name, name) for name in laboratories(connection))
    return ()
