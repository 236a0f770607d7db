import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.domain.errors import TrialError
from models.persistence.keys.attempts import MOMENTS_KEPT
from models.persistence.keys.keyring_file import read_keyring
from models.persistence.keys.keyring_text import keyring_bytes, parse_keyring
from models.persistence.keys.keys import Keys

PATH = Path("keyring.json")


@pytest.fixture
def content(keys: Keys, tmp_path: Path) -> bytes:
    return (tmp_path / "keyring.json").read_bytes()


def test_a_keyring_is_the_same_after_writing_and_reading(keys: Keys, tmp_path: Path) -> None:
    ring = read_keyring(tmp_path)
    assert parse_keyring(keyring_bytes(ring), PATH) == ring


def test_the_file_names_accounts_and_nothing_that_identifies(content: bytes) -> None:
    assert set(json.loads(content)) == {
        "format", "study", "synthetic", "cost", "slots", "recovery", "attempts", "unknown", "seal",
    }  # fmt: skip


def test_a_newer_format_is_refused_with_its_number(content: bytes) -> None:
    with pytest.raises(TrialError, match=r"newer AlbaTrack \(keyring format 2, this one knows 1\)"):
        parse_keyring(content.replace(b'"format": 1', b'"format": 2'), PATH)


@pytest.mark.parametrize(
    ("where", "value"),
    [
        ("slots", None),
        ("format", "1"),
        ("format", True),
        ("synthetic", 0),
        ("seal", "no"),
        ("study", 7),
        ("slots.0.user", ""),
        ("slots.0.user", "somebody without attempts"),
        ("slots.0.salt", "00"),
        ("slots.0.public_key", "00"),
        ("cost.memory_bytes", 2**60),
        ("cost.memory_bytes", 0),
        ("cost.threads", 1),
        ("attempts.rossi", None),
        ("unknown.failures", -1),
        ("unknown.blocked_until", "2026-10-02T09:00:00"),
    ],
)
def test_a_keyring_that_is_not_ours_in_any_part_is_damaged(where: str, value: object, content: bytes) -> None:
    read = json.loads(content)
    *path, last = where.split(".")
    part = read
    for step in path:
        part = part[int(step) if step.isdigit() else step]
    part[last] = value
    with pytest.raises(TrialError, match="is damaged"):
        parse_keyring(json.dumps(read).encode(), PATH)


def test_of_the_failures_that_somebody_wrote_into_the_file_no_more_are_believed_than_are_ever_kept(
    content: bytes,
) -> None:
    read = json.loads(content)
    read["attempts"]["rossi"] |= {"pending": ["2026-10-02T09:00:00+02:00"] * 100_000, "pending_count": 100_000}
    assert len(parse_keyring(json.dumps(read).encode(), PATH).slot_of("rossi").attempts.pending) == MOMENTS_KEPT


def test_two_slots_of_one_name_are_damage(content: bytes) -> None:
    read = json.loads(content)
    read["slots"] *= 2
    with pytest.raises(TrialError, match="is damaged"):
        parse_keyring(json.dumps(read).encode(), PATH)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cut=st.integers(0, 10**6))
def test_a_keyring_cut_off_anywhere_is_damaged(cut: int, content: bytes) -> None:
    with pytest.raises(TrialError, match="is damaged"):
        parse_keyring(content[: cut % (len(content) - 2)], PATH)


JSON = st.recursive(st.none() | st.integers() | st.text(), lambda inner: st.dictionaries(st.text(), inner))


@given(st.binary() | JSON.map(lambda value: json.dumps(value).encode()))
def test_any_other_content_is_damaged(content: bytes) -> None:
    with pytest.raises(TrialError, match="is damaged"):
        parse_keyring(content, PATH)


def test_nesting_without_end_is_damaged() -> None:
    with pytest.raises(TrialError, match="is damaged"):
        parse_keyring(b"[" * 200_000, PATH)
