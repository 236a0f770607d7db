"""What an engine still holds of the study's keys once the study is closed."""

import gc
from types import FunctionType, ModuleType

import pytest

from models.domain.errors import TrialError
from models.persistence.engine import forget_keys, reader
from models.study import Study


def in_reach(of: object) -> list[object]:
    """Everything that an object holds, and what that holds; of a function what it closes over, and no module."""
    found: dict[int, object] = {}
    waiting = [of]
    while waiting:
        thing = waiting.pop()
        if id(thing) in found or isinstance(thing, (ModuleType, type)):
            continue
        found[id(thing)] = thing
        if isinstance(thing, FunctionType):
            waiting += [cell.cell_contents for cell in thing.__closure__ or ()]
        else:
            waiting += gc.get_referents(thing)
    return list(found.values())


def holds(of: object, secret: bytes) -> bool:
    return any(
        thing == secret or (isinstance(thing, str) and secret.hex() in thing)
        for thing in in_reach(of)
        if isinstance(thing, (bytes, str))
    )


def test_r12_a_closed_study_and_its_engines_hold_no_key(study: Study) -> None:
    folder = study._folder  # noqa: SLF001
    engines, keys = (folder.read, folder.write), folder.keys
    assert keys.identity is not None
    secrets = (keys.data, keys.identity, keys.chain)
    assert all(holds(engine, secret) for engine in engines for secret in secrets)
    assert all(holds(study, secret) for secret in secrets)
    study.close()
    assert not any(holds(thing, secret) for thing in (*engines, study) for secret in secrets)


def test_a_study_that_is_closed_reads_nothing_more(study: Study) -> None:
    study.close()
    with pytest.raises(TrialError, match=r"The study is closed\. Sign in again\."):
        study.patients()


def test_an_engine_that_was_only_disposed_opens_again(study: Study) -> None:
    engine = reader(study._folder.database, study._folder.keys)  # noqa: SLF001
    for _ in range(2):
        with engine.begin() as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM patient").scalar() == 0
        engine.dispose()
    forget_keys(engine)
