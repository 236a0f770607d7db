"""The migrations and the declared tables agree, and every revision is applied to data without losing any."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from nacl.secret import Aead
from sqlalchemy import Column, Engine, MetaData, String, inspect

from models.domain.clock import FixedClock
from models.domain.errors import TrialError
from models.domain.partial_dates import PartialDate
from models.persistence import migrate
from models.persistence.acting import acting
from models.persistence.audit import unwatch, watch
from models.persistence.backup_manifest import Backup, backups_in
from models.persistence.engine import reader, writer
from models.persistence.keys.keys import new_keys
from models.persistence.keys.sign_in import unlock
from models.persistence.layout import BACKUPS, DATABASE, DOCUMENTS
from models.persistence.migrate import upgrade
from models.persistence.restore import put_back, restore_beside
from models.persistence.schema import SCHEMA_VERSION, whole_schema
from models.persistence.schema_version import bring_up_to_date
from models.persistence.unit_of_work import writing
from models.protocols.loading import find_protocol
from models.records.disease import Disease
from models.records.molecular import MrdResult
from models.services.rescue import Rescue
from models.study import Edit, Study
from tests.study_fixtures import BY, PASSWORD, open_as, stored_version

SCHEMAS = Path(__file__).parent / "schemas"


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Engine]:
    """A database without tables."""
    path = tmp_path / "empty.db"
    path.touch()
    engine = writer(path, new_keys(), "migration")
    yield engine
    engine.dispose()


def test_the_migrations_lead_to_the_declared_tables(empty: Engine) -> None:
    with empty.begin() as connection:
        upgrade(connection)
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        assert compare_metadata(context, whole_schema()) == []


def test_the_newest_migration_is_the_schema_version(empty: Engine) -> None:
    with empty.begin() as connection:
        upgrade(connection)
        assert MigrationContext.configure(connection).get_current_revision() == SCHEMA_VERSION


def test_migrating_twice_changes_nothing(empty: Engine) -> None:
    for _ in range(2):
        with empty.begin() as connection:
            upgrade(connection)
    assert len(inspect(empty).get_table_names()) == len(whole_schema().tables) + 1


def test_a_new_migration_brings_what_the_declarations_have_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "migrations"
    shutil.copytree(Path(migrate.__file__).parent / "migrations", folder, ignore=shutil.ignore_patterns("__pycache__"))
    declared = MetaData(naming_convention=whole_schema().naming_convention)
    for table in whole_schema().sorted_tables:
        table.to_metadata(declared)
    declared.tables["patient"].append_column(Column("blood_group", String))
    monkeypatch.setattr("models.persistence.schema.whole_schema", lambda: declared)
    monkeypatch.setattr("models.persistence.migrate._MIGRATIONS", folder)
    migrate.new_migration("the blood group")
    [written] = folder.glob(f"versions/{int(SCHEMA_VERSION) + 1:04d}_the_blood_group.py")
    assert "batch_op.add_column(sa.Column('blood_group', sa.String(), nullable=True))" in written.read_text()


def test_every_schema_before_this_one_has_a_study_to_migrate() -> None:
    older = [f"{number:04d}" for number in range(1, int(SCHEMA_VERSION))]
    assert sorted(path.stem for path in SCHEMAS.glob("*.sql")) == older


def study_of(version: str, empty_study_file: Path, tmp_path: Path, clock: FixedClock) -> Path:
    """A closed study as that schema held it."""
    folder = Path(shutil.copytree(empty_study_file, tmp_path / "study.albatrack"))
    keys = unlock(folder, BY.actor, PASSWORD, clock.now()).keys
    (folder / DATABASE).write_bytes(b"")
    script = (SCHEMAS / f"{version}.sql").read_text(encoding="utf-8")
    engine = writer(folder / DATABASE, keys, BY.actor, foreign_keys=False)
    with engine.connect() as connection, acting(connection, BY, clock.now()):
        driver: Any = connection.connection.driver_connection
        driver.executescript(script.replace("PROTOCOL_TEXT", find_protocol("dalba").source_text.replace("'", "''")))
    engine.dispose()
    return folder


@pytest.fixture
def first_schema(empty_study_file: Path, tmp_path: Path, clock: FixedClock) -> Path:
    """A closed study as the first schema held it, with corrections, an identity and a draft."""
    return study_of("0001", empty_study_file, tmp_path, clock)


@pytest.fixture
def migrated(first_schema: Path, clock: FixedClock) -> Path:
    """The same after the migration; the first schema knew no accounts, so the coordinator's is made."""
    keys = unlock(first_schema, BY.actor, PASSWORD, clock.now()).keys
    bring_up_to_date(first_schema / DATABASE, keys, BY.actor, clock)
    engine = writer(first_schema / DATABASE, keys, BY.actor)
    with writing(engine, BY, clock) as unit:
        unit.insert("account", {"login": BY.actor, "name": BY.actor, "role": "coordinator"})
    engine.dispose()
    return first_schema


def test_a_migrated_study_holds_everything_it_held(migrated: Path, clock: FixedClock) -> None:
    with open_as(migrated, clock) as study:
        chart = study.chart(study.find("042-001"))
        assert (chart.patient.age, chart.patient.enrolled) == (58, PartialDate(2026, 1, 5))
        assert study.chart(study.find("S042-002")).patient.screened == PartialDate(2026, 2)
        [result] = chart.of(MrdResult)
        copies = (result.target_copies, result.control_copies)
        assert [copy and copy.typed for copy in copies] == ["90", "45.310"]
        [identity] = study.identities()
        assert (identity.family_name, identity.hospital_number) == ("Müller-Δ", 'H 1"2')
        assert study.draft("mrd/1/0") == {"target_copies": "4,"}
        assert study.info.site_name == "Haematology North"


def test_corrections_made_before_the_trail_are_in_it(migrated: Path, clock: FixedClock) -> None:
    with open_as(migrated, clock) as study:
        [age] = study.corrections("patient", 1)
        assert (age.field, age.old, age.new, age.reason) == ("age", 57, 58, "Typing error")
        [name] = study.corrections("identity", 1)
        assert (name.old, name.new) == ("Muller", "Müller-Δ")
        [gone] = study.corrections("history", 1)
        assert (gone.field, gone.new) == ("voided", "Wrong patient")


def test_a_migrated_study_agrees_with_its_trail(migrated: Path, clock: FixedClock) -> None:
    with open_as(migrated, clock) as study:
        assert study.trail.verify().problems == ()


def test_a_migration_that_fails_leaves_the_study_as_it_was(
    first_schema: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (first_schema / DATABASE).read_bytes()
    keys = unlock(first_schema, BY.actor, PASSWORD, clock.now()).keys

    def fail(_connection: object) -> None:
        raise RuntimeError("power cut")

    with monkeypatch.context() as broken:
        broken.setattr("models.persistence.schema_version.reconcile", fail)
        with pytest.raises(RuntimeError):
            bring_up_to_date(first_schema / DATABASE, keys, BY.actor, clock)
    assert (first_schema / DATABASE).read_bytes() == before
    assert not list(first_schema.glob("*.upgrading"))
    bring_up_to_date(first_schema / DATABASE, keys, BY.actor, clock)


def forge_an_age(connection: Any) -> None:
    """A migration that goes wrong: a value is another one, and no trigger saw it."""
    unwatch(connection)
    connection.exec_driver_sql("UPDATE patient SET age = 17 WHERE id = 1")
    watch(connection)


def lose_a_row(connection: Any) -> None:
    unwatch(connection)
    connection.exec_driver_sql("DELETE FROM document WHERE id = 1")
    watch(connection)


@pytest.mark.parametrize(
    ("damage", "why"),
    [(forge_an_age, "the database, patient 1: "), (lose_a_row, r"document had \d+ rows and would have \d+")],
)
def test_a_copy_that_a_migration_spoilt_never_takes_the_place_of_the_study(
    second_schema: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch, damage: Callable[[Any], None], why: str
) -> None:
    before = (second_schema / DATABASE).read_bytes()
    keys = unlock(second_schema, BY.actor, PASSWORD, clock.now()).keys
    with monkeypatch.context() as broken:
        broken.setattr("models.persistence.schema_version.reconcile", damage)
        with pytest.raises(TrialError, match=rf"because of its copy: {why}.*Nothing in the study was changed"):
            bring_up_to_date(second_schema / DATABASE, keys, BY.actor, clock)
    assert (second_schema / DATABASE).read_bytes() == before
    assert not list(second_schema.glob("*.upgrading"))


def test_an_older_study_is_not_migrated_by_reading_it(first_schema: Path, clock: FixedClock) -> None:
    with pytest.raises(Exception, match="older AlbaTrack"):
        Study.open(first_schema, BY.actor, PASSWORD, clock=clock, read_only=True)


def backup_before_migration(folder: Path, clock: FixedClock) -> Backup:
    """The backup that bringing a study up to date leaves behind, in the record format of before."""
    keys = unlock(folder, BY.actor, PASSWORD, clock.now()).keys
    bring_up_to_date(folder / DATABASE, keys, BY.actor, clock)
    [made] = backups_in(folder / BACKUPS, keys)
    return made


def test_a_backup_of_an_older_format_says_that_it_is_restored_and_not_opened(
    second_schema: Path, clock: FixedClock
) -> None:
    made = backup_before_migration(second_schema, clock)
    with pytest.raises(TrialError, match=r"nothing may bring a backup up to date\. Restore it beside the study"):
        Study.open(made.path, BY.actor, PASSWORD, clock=clock, read_only=True)


def test_a_backup_of_an_older_format_restored_beside_is_brought_up_to_date_when_it_is_opened(
    second_schema: Path, clock: FixedClock
) -> None:
    made = backup_before_migration(second_schema, clock)
    keys = unlock(second_schema, BY.actor, PASSWORD, clock.now()).keys
    restored = second_schema.with_name("restored.albatrack")
    restore_beside(made, restored, second_schema, keys, BY.actor, clock.now())
    assert stored_version(restored / DATABASE, keys) == "0002"
    with open_as(restored, clock) as study:
        assert study.chart(study.find("042-001")).patient.age == 58
        assert study.trail.verify().problems == ()
        assert "restored beside" in [line.act for line in study.trail.lines()]
    assert stored_version(restored / DATABASE, keys) == SCHEMA_VERSION


def test_a_backup_of_the_first_format_which_had_no_trail_is_restored_too(first_schema: Path, clock: FixedClock) -> None:
    made = backup_before_migration(first_schema, clock)
    keys = unlock(first_schema, BY.actor, PASSWORD, clock.now()).keys
    restored = first_schema.with_name("restored.albatrack")
    restore_beside(made, restored, first_schema, keys, BY.actor, clock.now())
    assert stored_version(restored / DATABASE, keys) == "0001"


def test_a_backup_of_the_first_format_is_never_put_in_the_place_of_the_study(
    first_schema: Path, clock: FixedClock
) -> None:
    made = backup_before_migration(first_schema, clock)
    keys = unlock(first_schema, BY.actor, PASSWORD, clock.now()).keys
    with pytest.raises(TrialError, match="only the recovery key restores it"):
        Rescue.unlock(first_schema, BY.actor, PASSWORD, clock=clock)
    before = (first_schema / DATABASE).read_bytes()
    with pytest.raises(TrialError, match=r"had no audit trail.*Restore it beside the study"):
        put_back(made, first_schema, keys, BY.actor, clock.now())
    assert (first_schema / DATABASE).read_bytes() == before


def test_a_backup_of_the_second_format_is_put_in_the_place_of_the_study(second_schema: Path, clock: FixedClock) -> None:
    made = backup_before_migration(second_schema, clock)
    keys = unlock(second_schema, BY.actor, PASSWORD, clock.now()).keys
    (second_schema / DATABASE).write_bytes(b"")
    put_back(made, second_schema, keys, BY.actor, clock.now())
    with open_as(second_schema, clock) as study:
        assert study.problems == ()
        assert study.chart(study.find("042-001")).patient.age == 58
        assert study.trail.verify().problems == ()
        assert "backup put back" in [line.act for line in study.trail.lines()]


PDF = b"%PDF-1.7\nAn MRD report of a made-up patient\n%%EOF"


@pytest.fixture
def second_schema(empty_study_file: Path, tmp_path: Path, clock: FixedClock) -> Path:
    """A closed study as the second schema held it: with accounts, a trail, and a document that is encrypted beside."""
    folder = study_of("0002", empty_study_file, tmp_path, clock)
    name = "0123456789abcdef0123456789abcdef"
    (folder / DOCUMENTS / name).write_bytes(bytes(Aead(bytes(range(32))).encrypt(PDF, name.encode())))
    return folder


def test_a_study_of_the_second_schema_holds_everything_it_held(second_schema: Path, clock: FixedClock) -> None:
    with open_as(second_schema, clock) as study:
        chart = study.chart(study.find("042-001"))
        assert (chart.patient.age, chart.identity and chart.identity.family_name) == (58, "Müller-Δ")
        [age] = study.corrections("patient", 1)
        assert (age.old, age.new) == (57, 58)
        [document] = study.documents.list(chart.patient.id)
        assert (document.title, document.file_name, document.record) == ("MRD report", "Mueller Ada.pdf", 1)
        assert study.documents.read(document.id) == PDF
        assert study.draft("mrd/1/0") == {"target_copies": "4,"}
        assert study.trail.verify().problems == ()


def test_what_an_older_document_shows_is_not_told_and_it_is_closed_to_a_monitor(
    second_schema: Path, clock: FixedClock
) -> None:
    with open_as(second_schema, clock, "M. Neri") as study:
        [document] = study.documents.list(1)
        assert (document.shows_identity, document.file_name) == (None, "")
        assert document.closed.startswith("Nobody has said yet whether this paper shows who the patient is")
        with pytest.raises(TrialError, match="Nobody has said yet"):
            study.documents.read(document.id)


@pytest.mark.parametrize("shows", [True, False])
def test_what_an_older_document_shows_can_be_told(second_schema: Path, clock: FixedClock, shows: bool) -> None:
    with open_as(second_schema, clock) as study:
        study.documents.mark(1, shows_identity=shows, reason="Looked at the paper")
        [document] = study.documents.list(1)
        assert document.shows_identity is shows
        assert study.documents.read(1) == PDF
        assert study.trail.verify().problems == ()
    with open_as(second_schema, clock, "M. Neri") as study:
        assert (study.documents.list(1)[0].closed == "") is not shows


@pytest.fixture
def third_schema(empty_study_file: Path, tmp_path: Path, clock: FixedClock) -> Path:
    """A closed study as the third schema held it: with a death that was withdrawn, and counted all the same."""
    return study_of("0003", empty_study_file, tmp_path, clock)


def test_a_death_withdrawn_in_the_third_schema_stays_withdrawn_and_can_be_entered_anew(
    third_schema: Path, clock: FixedClock
) -> None:
    with open_as(third_schema, clock) as study:
        patient = study.find("042-001")
        [gone] = study.withdrawn(patient, "death")
        assert (gone.record.values()["date"], gone.reason) == (PartialDate(2026, 3, 20), "Wrong patient")
        study.save(patient, [Edit("death", {"date": PartialDate(2026, 9, 3)})], BY)
        assert study.chart(patient).status == "DEAD"
        assert study.trail.verify().problems == ()


def test_a_second_disease_beside_one_that_stands_is_refused_after_the_migration_too(
    third_schema: Path, clock: FixedClock
) -> None:
    with open_as(third_schema, clock) as study:
        patient = study.find("042-001")
        [known] = study.chart(patient).of(Disease)
        with pytest.raises(TrialError, match="has one already"):
            study.save(patient, [Edit("disease", {"transcript": "p190"})], BY)
        assert study.chart(patient).of(Disease) == (known,)


def test_a_migrated_study_has_the_indexes_of_a_new_one(
    third_schema: Path, empty_study_file: Path, clock: FixedClock
) -> None:
    def indexes(folder: Path) -> set[tuple[str, str]]:
        keys = unlock(folder, BY.actor, PASSWORD, clock.now()).keys
        engine = reader(folder / DATABASE, keys)
        with engine.begin() as connection:
            found = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql <> ''")
            made = {(name, " ".join(sql.split())) for name, sql in found}
        engine.dispose()
        return made

    open_as(third_schema, clock).close()
    assert indexes(third_schema) == indexes(empty_study_file)
