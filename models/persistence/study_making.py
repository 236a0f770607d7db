"""Making the folder of a new study. A half-made one never stays."""

import os
import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from sqlalchemy.exc import DatabaseError

from models.domain.clock import Clock
from models.domain.context import Context
from models.domain.errors import TrialError, plain
from models.domain.rights import IDENTITY_KEY_HOLDERS
from models.persistence.audit import watch
from models.persistence.durable import sync_folder
from models.persistence.engine import writer
from models.persistence.keys import sign_in
from models.persistence.keys.sealing import Cost
from models.persistence.layout import BACKUPS, DATABASE, DOCUMENTS
from models.persistence.migrate import upgrade
from models.persistence.study_folder import NewAccount
from models.persistence.unit_of_work import UnitOfWork, writing


def create_folder(
    path: Path,
    accounts: Sequence[NewAccount],
    fill: Callable[[UnitOfWork], None],
    clock: Clock,
    cost: Cost,
    *,
    synthetic: bool,
) -> str:
    """Make a new study at `path` with its first accounts; returns the recovery key, which is kept nowhere.

    `fill` puts the first facts into it, in the same transaction as the accounts.

    Raises TrialError where something is there already or the folder cannot be written. A half-made study never stays.
    """
    if path.exists():
        raise TrialError(f"{path} exists already. Choose another name, or open it instead.")
    if not path.parent.is_dir():
        raise TrialError(f"The folder {path.parent} does not exist. Make it first, or choose another.")
    try:
        making = Path(tempfile.mkdtemp(prefix=f".{path.name}-", dir=path.parent))
    except OSError as fault:
        raise TrialError(f"No study could be written at {path}: {_plain(fault)}. Choose another folder.") from fault
    try:
        recovery_key = _fill(making, accounts, fill, clock, cost, synthetic=synthetic)
        os.replace(making, path)
        sync_folder(path.parent)
    except (OSError, DatabaseError) as fault:
        raise TrialError(f"No study could be written at {path}: {_plain(fault)}. Choose another folder.") from fault
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return recovery_key


def _fill(
    folder: Path,
    accounts: Sequence[NewAccount],
    fill: Callable[[UnitOfWork], None],
    clock: Clock,
    cost: Cost,
    *,
    synthetic: bool,
) -> str:
    for name in (DOCUMENTS, BACKUPS):
        (folder / name).mkdir(mode=0o700)
    first = accounts[0].login
    ways_in = [
        sign_in.NewAccount(account.login, account.password, identity=account.role in IDENTITY_KEY_HOLDERS)
        for account in accounts
    ]
    keys, recovery_key = sign_in.create_keyring(folder, ways_in, cost=cost, synthetic=synthetic)
    (folder / DATABASE).touch(mode=0o600)
    engine = writer(folder / DATABASE, keys, first)
    try:
        with engine.begin() as connection:
            upgrade(connection)
            watch(connection)
        with writing(engine, Context(first), clock) as unit:
            unit.note("study made")
            for account in accounts:
                values = {"login": account.login, "name": account.name, "role": account.role}
                unit.insert("account", {**values, "must_change": account.must_change})
            fill(unit)
    finally:
        engine.dispose()
    return recovery_key


def _plain(fault: BaseException) -> str:
    return plain(fault) if isinstance(fault, OSError) else str(getattr(fault, "orig", fault))
