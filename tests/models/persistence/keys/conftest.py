"""A keyring of one account, rossi, at the least cost, in the folder of the test."""

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from models.persistence.keys.keys import Keys
from models.persistence.keys.sealing import LEAST_COST
from models.persistence.keys.sign_in import NewAccount, create_keyring

NOW = datetime(2026, 10, 2, 9, 0, tzinfo=timezone(timedelta(hours=2)))
PASSWORD = "four dry stones"


@pytest.fixture
def made(tmp_path: Path) -> tuple[Keys, str]:
    return create_keyring(tmp_path, [NewAccount("rossi", PASSWORD)], cost=LEAST_COST)


@pytest.fixture
def keys(made: tuple[Keys, str]) -> Keys:
    return made[0]


@pytest.fixture
def recovery_key(made: tuple[Keys, str]) -> str:
    return made[1]
