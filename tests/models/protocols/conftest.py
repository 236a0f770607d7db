"""The shipped protocols, and a small one to break in one place at a time."""

import pytest

from models.domain.resources import RESOURCES
from models.protocols.loading import load_protocol
from models.protocols.model import Protocol
from tests.models.protocols.small_protocol import SMALL


@pytest.fixture
def small() -> str:
    return SMALL


@pytest.fixture(scope="session")
def dalba() -> Protocol:
    return load_protocol(RESOURCES / "protocols" / "dalba.toml")


@pytest.fixture(scope="session")
def all2820() -> Protocol:
    return load_protocol(RESOURCES / "protocols" / "all2820.toml")
