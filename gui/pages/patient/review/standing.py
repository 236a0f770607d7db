"""What stands under a visit or a patient: signatures that hold or are void, and locks, in words. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.domain.capitals import upper_first
from models.domain.date_notation import write_moment
from models.domain.notation import Desk
from models.study_types import LockView, SignatureView, void_words


@dataclass(frozen=True, slots=True)
class Standing:
    """A few words for a table, their tone, sentences that say all of it, and whether it is locked."""

    words: str = ""
    tone: str = ""
    sentences: tuple[str, ...] = ()
    locked: bool = False


NOTHING = Standing()


def standing(signatures: Sequence[SignatureView], locks: Sequence[LockView], visit: int | None, desk: Desk) -> Standing:
    """What stands under a visit (the id of its record), or with None under the whole record of the patient."""
    own = [one for one in signatures if one.visit == visit]
    lock = next((lock for lock in locks if lock.visit == visit), None)
    parts = _signed(own)
    sentences = [signed_words(one, desk) for one in own]
    if lock:
        parts.append("locked")
        sentences.append(f"Locked by {lock.by} on {write_moment(lock.at, desk)}: {lock.why}.")
    words = ", ".join(parts)
    void = bool(own) and not any(one.valid for one in own)
    tone = "urgent" if void else "good" if own else "neutral" if lock else ""
    return Standing(upper_first(words), tone, tuple(sentences), lock is not None)


def signed_words(signature: SignatureView, desk: Desk) -> str:
    """One signature as a sentence: who, in which role, when, meaning what; and since when and why it is void."""
    said = (
        f"Signed by {signature.name} ({signature.role.lower()}) on {write_moment(signature.at, desk)}: "
        f"“{signature.meaning}”."
    )
    return said if signature.valid else f"{said} {void_words(signature, desk)}"


def _signed(own: Sequence[SignatureView]) -> list[str]:
    if any(one.valid for one in own):
        return ["signed"]
    return ["signature void"] if own else []
