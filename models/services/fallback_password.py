"""What opens the fallback set. It opens what is known of every patient, so it is kept sealed with the identity key.

It is made at the first use, and made anew with new keys of the study or when somebody asks for it. What it was before
is shown nowhere; the sets made until then open with it still, and the study keeps which ones these are.
"""

import secrets
from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import Engine

from models.persistence.identity_seal import of_connection
from models.persistence.unit_of_work import UnitOfWork
from models.queries.history import FALLBACK_FORMER, FALLBACK_PASSWORD
from models.services import settings

_SEALED_AS = "study_fact.fallback_password"
_CONSONANTS, _VOWELS = "bdfghkmnprstvz", "aeiou"
_GROUPS = 6  # of two syllables: 73 bits


def known_password(engine: Engine) -> str | None:
    """The password; "" where there is none yet, None where the account that is signed in cannot unlock it."""
    with engine.begin() as connection:
        seal = of_connection(connection.info)
    known = settings.read_all(engine).get(FALLBACK_PASSWORD, "")
    return seal.open(known, _SEALED_AS) if seal.holds_key else None


def former_sets(engine: Engine) -> frozenset[str]:
    """The names of the sets that open with a password from before the present one."""
    return frozenset(settings.read_all(engine).get(FALLBACK_FORMER, "").split())


def renew(unit: UnitOfWork, sets: Iterable[Path]) -> str:
    """Make a new password; `sets` are those that there are until now.

    An account without the identity key can only take the former one away, and gets "": the next one with it makes one.
    """
    seal = of_connection(unit.connection.info)
    if not seal.holds_key:
        settings.put(unit, FALLBACK_PASSWORD, "")
        return ""
    password = "-".join(
        "".join(secrets.choice(letters) for letters in (_CONSONANTS, _VOWELS) * 2) for _ in range(_GROUPS)
    )
    settings.put(unit, FALLBACK_PASSWORD, seal.seal(password, _SEALED_AS) or "")
    if names := sorted(paper.name for paper in sets):
        settings.put(unit, FALLBACK_FORMER, " ".join(names))
    return password
