"""Bringing a study's file to this version's schema. Alembic is loaded only when there is something to do."""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection

if TYPE_CHECKING:
    from alembic.config import Config

_MIGRATIONS = Path(__file__).parent / "migrations"


def upgrade(connection: Connection) -> None:
    """Apply every migration that the database has not seen, inside the caller's transaction."""
    from alembic import command

    command.upgrade(_config(connection), "head")


def new_migration(message: str) -> None:
    """Write the next migration file from the difference between the declared tables and the migrations so far.

    These are applied to a study's database of its own kind: they call functions that only its connections have.
    """
    from tempfile import TemporaryDirectory

    from alembic import command

    from models.persistence.engine import writer
    from models.persistence.keys.keys import new_keys

    with TemporaryDirectory() as folder:
        empty = Path(folder) / "empty.db"
        empty.touch()
        engine = writer(empty, new_keys(), "migration")
        try:
            with engine.begin() as connection:
                command.upgrade(_config(connection), "head")
                following = f"{len(list((_MIGRATIONS / 'versions').glob('[0-9]*.py'))) + 1:04d}"
                command.revision(_config(connection), message, autogenerate=True, rev_id=following)
        finally:
            engine.dispose()


def _config(connection: Connection) -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes["connection"] = connection
    return config
