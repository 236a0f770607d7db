"""Accounts: making, changing and closing them, their passwords, the recovery key, the training of each person.

An account is a row in the database, which says who somebody is and which role they have, and a key in the keyring,
which lets them in. The trail comes first, then the keyring: after a crash between the two nothing was done that the
trail does not tell, an account without its key lets nobody in, a key without its account is refused, and the list of
accounts says what to do again.
"""

from contextlib import AbstractContextManager
from datetime import datetime

from models.domain.characters import told
from models.domain.codelists import ROLE
from models.domain.context import Context
from models.domain.errors import TrialError
from models.domain.partial_dates import PartialDate
from models.domain.passwords import normalised
from models.domain.progress import Progress, unwatched
from models.domain.rights import IDENTITY_KEY_HOLDERS, Right
from models.persistence import unit_of_work
from models.persistence.fallback_sets import sets_in
from models.persistence.key_change import change_keys
from models.persistence.keyring_watch import strangers_to, warning
from models.persistence.keys.accounts import (
    Change,
    lift_block,
    with_identity,
    with_password,
    with_recovery_key,
    without_account,
)
from models.persistence.keys.keyring_file import read_keyring
from models.persistence.keys.recovery_key import new_recovery_key
from models.persistence.keys.sign_in import missed_by
from models.persistence.keys.slots import Keyring, new_name
from models.persistence.keys.slots import login as kept_login
from models.persistence.study_folder import NewAccount, StudyFolder, note_missed
from models.persistence.unit_of_work import UnitOfWork
from models.queries import accounts as queries
from models.queries.accounts import AccountLine, Tenure
from models.records.people import Account, Training
from models.services.about import name_said, said
from models.services.account_keys import (
    BY_RECOVERY,
    KeyringChange,
    against_password,
    changing_keyring,
    has_key,
    known_words,
    let_in,
    refuse_weak,
    told_already,
)
from models.services.confirming import confirm_password
from models.services.desk import Desk
from models.services.fallback_password import renew
from models.services.kept_heads import second_place


class Accounts:
    """The accounts of an open study. Everybody may see who has one; an administrator looks after them."""

    def __init__(self, desk: Desk, folder: StudyFolder) -> None:
        """Made by the study."""
        self._any_desk = desk
        self._folder = folder

    @property
    def _desk(self) -> Desk:
        """What a verb begins with that is not for choosing a password of one's own; see `Topics`."""
        self._folder.require_own_password()
        return self._any_desk

    # ---- reading

    def lines(self) -> tuple[AccountLine, ...]:
        """Every account that ever was, in the order in which they were made."""
        return queries.lines(self._desk.read, self._folder.path, self._desk.clock.now())

    def strangers(self) -> tuple[str, ...]:
        """Names in the keyring that no account has, after a restore or a crash. `close` takes their keys away."""
        return queries.strangers(self._desk.read, self._folder.path)

    def tenures(self) -> tuple[Tenure, ...]:
        """Who had which role from when to when."""
        return queries.tenures(self._desk.read)

    def trainings(self) -> tuple[Training, ...]:
        """What everybody was trained in, in the order of the days."""
        return queries.trainings(self._desk.read)

    def recovery_key_waiting(self) -> datetime | None:
        """When a new recovery key was shown that nobody has taken into use or given up; None where there is none."""
        return queries.recovery_key_waiting(self._desk.read, self._folder.path)

    def known_words(self) -> tuple[str, ...]:
        """What anybody at the desk knows, and no password may be made of."""
        return known_words(self._any_desk.read, self._any_desk.protocol)

    def against_password(self, login: str, name: str, password: str) -> tuple[str, ...]:
        """What stands against a new password of a person, each a sentence; empty if it may be used."""
        return against_password(self._any_desk.read, self._any_desk.protocol, login, name, password)

    # ---- what an administrator does

    def create(self, account: NewAccount) -> None:
        """Make a person's account.

        Raises TrialError where the user name was ever given to anybody, or the password may not be used.
        """
        self._desk.user.require(Right.MANAGE_ACCOUNTS)
        login, name = new_name(account.login), name_said(account.name, "The printed name")
        if login.casefold() in {BY_RECOVERY, *(known.login.casefold() for known in queries.accounts(self._desk.read))}:
            raise TrialError(
                f"The user name {login} is or was somebody's already, and is never given again. Choose another one."
            )
        _known_role(account.role)
        self._refuse_weak(login, name, account.password)
        values = {"login": login, "name": name, "role": account.role, "must_change": account.must_change}
        change = self._letting_in(login, account.password, account.role)
        with self._changing_keyring(change, "Reset its password.") as (unit, _):
            unit.insert("account", values)

    def rename(self, login: str, name: str, reason: str) -> None:
        """Correct the name that stands on paper and in signatures: after a marriage, or a typing error."""
        self._desk.user.require(Right.MANAGE_ACCOUNTS)
        account, name = self._open_account(login), name_said(name, "The printed name")
        with self._managing(reason) as unit:
            unit.correct("account", account.id, {"name": name})

    def change_role(self, login: str, role: str, reason: str) -> None:
        """Give an account another role, from its next sign-in on; with it, or without it, the key to identities."""
        self._desk.user.require(Right.MANAGE_ACCOUNTS)
        account = self._open_account(login)
        self._refuse_own(account, "change its role")
        _known_role(role)

        def change(ring: Keyring) -> Keyring:
            if ring.find(account.login) is None:
                return ring
            return with_identity(ring, self._folder.keys, account.login, allowed=role in IDENTITY_KEY_HOLDERS)

        with self._changing_keyring(change, "Give it the same role again.", reason) as (unit, _):
            if unit.correct("account", account.id, {"role": role}):
                unit.note("role changed", {"user": account.login, "from": account.role, "to": role})

    def close(self, login: str, reason: str) -> None:
        """Close an account for good and take its key away. Who kept a copy of the keyring makes new keys advisable.

        Nobody closes the own account, so that there is always an administrator.
        """
        self._desk.user.require(Right.MANAGE_ACCOUNTS)
        account = self._find(login)
        if account is None and not has_key(self._folder.path, login):
            raise TrialError(f"There is no account {kept_login(login)} in this study. Check the user name.")
        if account is not None:
            self._refuse_own(account, "close it")
            if account.closed and not has_key(self._folder.path, login):
                raise TrialError(f"The account {account.login} is closed already.")

        def change(ring: Keyring) -> Keyring:
            return without_account(ring, login) if ring.find(login) else ring

        with self._changing_keyring(change, "Close it again.", reason) as (unit, before):
            if account is not None:
                unit.correct("account", account.id, {"closed": True})
            unit.note("account closed", {"user": account.login if account else kept_login(login)})
            if slot := before.find(login):
                note_missed(unit.connection, Context(unit.by.actor), [missed_by(slot)])

    def reset_password(self, login: str, password: str) -> None:
        """Give a person who forgot theirs a password that has to be changed at the next sign-in."""
        self._desk.user.require(Right.MANAGE_ACCOUNTS)
        account = self._open_account(login)
        self._refuse_own(account, "reset its password; change yours with the one you have")
        self._refuse_weak(account.login, account.name, password)
        change = self._letting_in(account.login, password, account.role)
        with self._changing_keyring(change, "Reset the password again.", "Password reset") as (unit, _):
            unit.correct("account", account.id, {"must_change": True})
            unit.note("password reset", {"user": account.login})

    def lift_block(self, login: str) -> None:
        """End an account's wait after failed sign-ins."""
        self._desk.user.require(Right.MANAGE_ACCOUNTS)
        account = self._open_account(login)
        with self._managing() as unit:
            unit.note("block lifted", {"user": account.login})
        with told_already("Lift the block again."):
            lift_block(self._folder.path, account.login)

    def show_recovery_key(self) -> str:
        """Make a new recovery key, to be shown this once. Until `take_recovery_key` the former one opens the study."""
        with self._managing() as unit:
            unit.note(queries.RECOVERY_KEY_SHOWN, queries.former_recovery_key(read_keyring(self._folder.path)))
        return new_recovery_key()

    def take_recovery_key(self, key: str) -> None:
        """Take a key into use that is in the safe now; the former one opens the study no more."""
        self._desk.user.require(Right.MANAGE_ACCOUNTS)
        again = "Take it into use again."
        with self._changing_keyring(lambda ring: with_recovery_key(ring, self._folder.keys, key), again) as (unit, _):
            unit.note("new recovery key")

    def give_up_recovery_key(self) -> None:
        """Have the former key go on: whoever was shown a new one has destroyed what was written of it."""
        with self._managing() as unit:
            unit.note(queries.RECOVERY_KEY_GIVEN_UP)

    def note_recovery_sheet(self, done: str, pages: int) -> None:
        """Tell the trail that the sheet of a recovery key was printed or saved."""
        with self._managing() as unit:
            unit.note(f"recovery sheet {done}", {"pages": pages})

    def change_keys(self, password: str, progress: Progress = unwatched) -> bool:
        """Give the study new keys, with the administrator's own password; see `models.persistence.key_change`.

        The study is closed afterwards, and everybody signs in again. False where `progress` said to stop.
        """
        desk = self._desk
        desk.user.require(Right.MANAGE_ACCOUNTS)
        _ = desk.writer
        confirm_password(desk, password)
        if strange := strangers_to(self._folder.read, self._folder.path):
            raise TrialError(warning(strange))  # else new keys would let in whoever it lets in
        place = second_place(self._folder)
        return change_keys(self._folder, desk.clock, progress, (place,) if place else (), self._renew_fallback_password)

    def _renew_fallback_password(self, unit: UnitOfWork) -> None:
        """Whoever may have the old keys may have read the password of the fallback set with them."""
        renew(unit, sets_in(self._folder.backups))

    # ---- training

    def add_training(self, login: str, subject: str, given: PartialDate, comment: str = "") -> None:
        """Record that a person was trained (21 CFR 11.10(i))."""
        self._desk.user.require(Right.MANAGE_ACCOUNTS)
        account = self._find(login)
        if account is None:
            raise TrialError(f"There is no account {kept_login(login)} in this study. Check the user name.")
        if given.earliest is None or given.earliest > self._desk.clock.today():
            raise TrialError("A training is entered when it was given: say on which day, not later than today.")
        values = {"login": account.login, "subject": name_said(subject, "The subject"), "given": given}
        if told(comment):
            values["comment"] = said(comment, "", "The remark")
        with self._managing() as unit:
            unit.insert("training", values)

    def withdraw_training(self, training: int, reason: str) -> None:
        """Flag a training that was entered by mistake."""
        with self._managing(reason) as unit:
            unit.withdraw("training", training)

    # ---- everybody

    def change_own_password(self, old: str, new: str) -> None:
        """Choose a password of one's own, with the one that holds until now.

        Raises TrialError where the old one is wrong (counted as a failed sign-in) or the new one may not be used.
        """
        desk, folder = self._any_desk, self._folder
        user, clock = desk.user, desk.clock
        if normalised(old) == normalised(new):
            raise TrialError("The new password is the old one. Choose another.")
        self._refuse_weak(user.login, user.name, new)
        writer = desk.writer
        confirm_password(desk, old)

        def transaction() -> AbstractContextManager[UnitOfWork]:
            return unit_of_work.writing(writer, Context(user.login), clock)

        def change(ring: Keyring) -> Keyring:
            return with_password(ring, folder.keys, user.login, new, identity=folder.keys.identity is not None)

        with changing_keyring(folder.path, folder.keys, change, transaction, "Change it again.") as (unit, _):
            unit.note("password changed")
        if self._folder.must_change:
            own = self._open_account(user.login)
            with unit_of_work.writing(writer, Context(user.login, "Own password chosen"), clock) as unit:
                unit.correct("account", own.id, {"must_change": False})
            self._folder.must_change = False

    def note_access_list(self, done: str, pages: int) -> None:
        """Tell the trail that the access list was printed or saved; while reading only, see `Trail.note`."""
        self._folder.tell_trail(self._desk.clock, f"access list {done}", {"pages": pages})

    # ---- how it is done

    def _changing_keyring(
        self, change: Change, again: str, reason: str | None = None
    ) -> AbstractContextManager[KeyringChange]:
        """One transaction of an administrator that also changes the keyring."""
        folder = self._folder
        return changing_keyring(folder.path, folder.keys, change, lambda: self._managing(reason), again)

    def _letting_in(self, login: str, password: str, role: str) -> Change:
        return lambda ring: let_in(ring, self._folder.keys, login, password, role)

    def _managing(self, reason: str | None = None) -> AbstractContextManager[UnitOfWork]:
        """One transaction of an administrator; a `reason` that is asked for must not be blank."""
        if reason is not None and not told(reason):
            raise TrialError("A change of an account needs a reason: say why.")
        return self._desk.writing(Right.MANAGE_ACCOUNTS, reason or "")

    def _find(self, login: str) -> Account | None:
        wanted = kept_login(login).casefold()
        return next((a for a in queries.accounts(self._any_desk.read) if a.login.casefold() == wanted), None)

    def _open_account(self, login: str) -> Account:
        found = self._find(login)
        if found is None:
            raise TrialError(f"There is no account {kept_login(login)} in this study. Check the user name.")
        if found.closed:
            raise TrialError(f"The account {found.login} is closed for good. Make another one for this person.")
        return found

    def _refuse_own(self, account: Account, what: str) -> None:
        if account.login == self._any_desk.user.login:
            raise TrialError(f"This is your own account: another administrator may {what}.")

    def _refuse_weak(self, login: str, name: str, password: str) -> None:
        refuse_weak(self._any_desk.read, self._any_desk.protocol, login, name, password)


def _known_role(role: str) -> None:
    if role not in ROLE.terms:
        raise TrialError(f"There is no role {role}. Choose one of the list.")
