"""Who may do what: the roles of a site and the rights each has (21 CFR 11.10(d, g); ICH E6(R3) 4.3.8)."""

from enum import Enum
from typing import NamedTuple

from models.domain.codelists import ROLE
from models.domain.errors import TrialError


class Right(Enum):
    """Something a person may be allowed to do; the value completes "your account may not ..."."""

    READ_RECORD = "read patients' records"
    READ_IDENTITY = "read who the patients are"
    ENTER = "enter or correct data"
    CONFIGURE = "change the study's settings"
    ASK = "ask and follow questions"
    ANSWER = "answer questions"
    CLOSE_QUERY = "close questions"
    VERIFY = "mark data as verified against the source"
    SIGN = "sign visits"
    LOCK = "lock or unlock records"
    REDACT = "remove texts from the audit trail"
    PRINT = "print or export"
    MANAGE_ACCOUNTS = "manage accounts and keys"
    BACK_UP = "make backups"
    RESTORE = "restore backups"


_SITE = {Right.READ_RECORD, Right.READ_IDENTITY, Right.ENTER, Right.CONFIGURE, Right.ASK, Right.ANSWER, Right.PRINT}

_RIGHTS: dict[str, frozenset[Right]] = {
    "coordinator": frozenset(_SITE | {Right.BACK_UP}),
    "investigator": frozenset(_SITE | {Right.BACK_UP, Right.SIGN, Right.LOCK, Right.REDACT}),
    "monitor": frozenset({Right.READ_RECORD, Right.ASK, Right.CLOSE_QUERY, Right.VERIFY, Right.PRINT}),
    "administrator": frozenset({Right.MANAGE_ACCOUNTS, Right.BACK_UP, Right.RESTORE}),
}
"""Least privilege: whoever manages accounts sees no patient, whoever verifies data changes none, and a text that must
not stay in the audit trail is removed by who answers for the record, not by everybody who enters data."""

WITHOUT_ENTRIES = frozenset({Right.PRINT, Right.REDACT, Right.MANAGE_ACCOUNTS, Right.BACK_UP, Right.RESTORE})
"""What enters or corrects nothing: it goes on in a frozen study, and on a disk that is nearly full."""

IDENTITY_KEY_HOLDERS = frozenset({"coordinator", "investigator", "administrator"})
"""Roles whose accounts can unlock patients' identities. An administrator hands that key on to new accounts and is
refused by `Right.READ_IDENTITY`; a monitor's account cannot unlock them at all."""


class User(NamedTuple):
    """Who has signed in: the login that the record keeps, the printed name, the role."""

    login: str
    name: str
    role: str

    @property
    def role_words(self) -> str:
        """The role as it is shown."""
        return ROLE.label(self.role)

    def may(self, right: Right) -> bool:
        """Whether the role has that right; an unknown role has none."""
        return right in _RIGHTS.get(self.role, frozenset())

    def require(self, right: Right) -> None:
        """Raise TrialError where the role has not that right."""
        if not self.may(right):
            able = ", ".join(ROLE.label(role).lower() for role, rights in _RIGHTS.items() if right in rights)
            raise TrialError(
                f"{self.name} is signed in as {self.role_words.lower()} and may not {right.value}. "
                f"Ask one of these to do it: {able}."
            )
