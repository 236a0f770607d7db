"""What Alembic runs to apply a migration: on the connection it is handed, never on one of its own."""

from typing import Any, Literal

from alembic import context

from models.persistence.column_types import EncodedColumn
from models.persistence.schema import whole_schema


def _render(kind: str, item: Any, _context: Any) -> str | Literal[False]:  # noqa: ANN401 - Alembic's hook
    # A migration must still mean the same when the program's types have moved on: plain types only.
    return "sa.String()" if kind == "type" and isinstance(item, EncodedColumn) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=whole_schema(),
    render_as_batch=True,
    render_item=_render,
)
with context.begin_transaction():
    context.run_migrations()
