"""Opening a large study until its list of today is known, encrypted, against the same with a plain copy of its file."""

from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Engine, create_engine, event

from benchmarks.measure import Figure, paired, ratio
from benchmarks.studies import CLOCK, copy_in_clear
from models.persistence.identity_seal import Sealing
from models.persistence.study_folder import StudyFolder, open_folder
from models.study import DEMO_PASSWORD, Study

ROUNDS = 1
"""After one that warms both up: a round reads ten thousand patients twice, which evens out by itself."""
_LOGIN = "coordinator"


def figure(study_file: Path) -> Figure:
    """Both sides are opened, read by the same code, and closed, in turn. Nothing else ever makes a plain copy."""
    with TemporaryDirectory(dir=study_file.parent) as scratch:
        plain_file = Path(scratch, "plain.db")
        folder = open_folder(study_file, _LOGIN, DEMO_PASSWORD, CLOCK, read_only=True)
        copy_in_clear(folder, plain_file)

        def plain() -> None:
            engine = _plain_engine(plain_file, folder)
            held = StudyFolder(folder.path, folder.user, folder.keys, engine, None, None)
            Study(held, CLOCK).worklist()
            engine.dispose()

        try:
            return ratio("encrypted-open", *paired(lambda: _encrypted(study_file), plain, ROUNDS))
        finally:
            folder.close()


def _encrypted(study_file: Path) -> None:
    with Study.open(study_file, _LOGIN, DEMO_PASSWORD, clock=CLOCK, read_only=True) as study:
        study.worklist()


def _plain_engine(file: Path, folder: StudyFolder) -> Engine:
    """The same SQLite without a key, as our readers are set up."""
    from sqlcipher3 import dbapi2

    engine = create_engine(f"sqlite:///{file}", module=dbapi2)
    sealing = Sealing(folder.keys.identity)

    def ready(connection: dbapi2.Connection, record: object) -> None:
        record.info["sealing"] = sealing  # type: ignore[attr-defined] # the pool's own record
        connection.create_function("unseal", 2, sealing.open)

    event.listen(engine, "connect", ready)
    return engine
