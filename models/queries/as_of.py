"""The study as it stood at a position of the audit trail: the same tables, filled from the trail instead.

The trail keeps every row whole, before and after each change, so any former state can be read with the same queries: a
connection that holds temporary tables of the same names reads those. They lie in memory, never in a file.
"""

from typing import Any

from sqlalchemy import Engine, Table, event

from models.persistence.audit import trailed
from models.persistence.engine import reader
from models.persistence.study_folder import StudyFolder


def engine_as_of(folder: StudyFolder, position: int) -> Engine:
    """An engine that reads every record as it was after that row of the trail. Dispose of it after use."""
    engine = reader(folder.database, folder.keys)

    def fill(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own connection
        connection.execute("PRAGMA query_only=OFF")
        for source in trailed():
            for statement in _former(source, position):
                connection.execute(statement)
        connection.execute("PRAGMA query_only=ON")

    event.listen(engine, "connect", fill)
    return engine


def _former(source: Table, position: int) -> tuple[str, ...]:
    owned = "patient_id" in source.columns
    number = "record_id" if "id" in source.columns else "NULL"
    columns = [
        number if c.name == "id" else c.name if c.name == "patient_id" else f"json_extract(new, '$.{c.name}')"
        for c in source.columns
    ]
    named = ", ".join(f'{value} AS "{c.name}"' for value, c in zip(columns, source.columns, strict=True))
    newest = (
        f"SELECT record_id, patient_id, new, max(seq) FROM audit WHERE kind = '{source.name}' "
        f"AND act IN ('insert', 'update') AND seq <= {int(position)} GROUP BY record_id"
    )
    made = f'CREATE TEMP TABLE "{source.name}" AS SELECT {named} FROM ({newest})'
    return (made, f'CREATE INDEX temp."of_{source.name}" ON "{source.name}" (patient_id)') if owned else (made,)
