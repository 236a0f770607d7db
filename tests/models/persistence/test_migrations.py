"""The migrations and the declared tables agree, and every revision can be applied to data."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, inspect

from models.persistence.migrate import upgrade
from models.persistence.schema import SCHEMA_VERSION, whole_schema


def test_the_migrations_lead_to_the_declared_tables() -> None:
    with create_engine("sqlite://").begin() as connection:
        upgrade(connection)
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        assert compare_metadata(context, whole_schema()) == []


def test_the_newest_migration_is_the_schema_version() -> None:
    with create_engine("sqlite://").begin() as connection:
        upgrade(connection)
        assert MigrationContext.configure(connection).get_current_revision() == SCHEMA_VERSION


def test_migrating_twice_changes_nothing(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'twice.db'}")
    for _ in range(2):
        with engine.begin() as connection:
            upgrade(connection)
    assert len(inspect(engine).get_table_names()) == len(whole_schema().tables) + 1
    engine.dispose()
