"""Accounts: making, changing and closing them, their passwords, the recovery key, the training of each person.

An account is a row in the database, which says who somebody is and which role they have, and a key in the keyring,
which lets them in. The trail comes first, then the keyring: after a crash between the two nothing was done that the
trail does not tell, an account without its key lets nobody in, a key without its account is refused, and the list of
accounts says what to do again.
"""

from contextlib import AbstractContextManager

from models.domain.characters import told
from models.domain.codelists import ROLE
from models.domain.context import Context
from models.domain.errors import TrialError
from models.domain.partial_dates import PartialDate
from models.domain.passwords import normalised
from models.domain.rights import IDENTITY_KEY_HOLDERS, Right
from models.persistence import unit_of_work
from models.persistence.fallback_sets import sets_in
from models.persistence.key_change import change_keys
from models.persistence.keys import accounts as slots
from models.persistence.keys.slots import login as kept_login
from models.persistence.keys.slots import new_name
from models.persistence.study_folder import NewAccount, StudyFolder, note_missed
from models.persistence.unit_of_work import UnitOfWork
from models.persistence.verify import Progress
from models.queries import accounts as queries
from models.queries.accounts import AccountLine, Tenure
from models.records.people import Account, Training
from models.services.about import name_said, said
from models.services.account_keys import against_password, give_key, has_key, in_keyring, known_words, refuse_weak
from models.services.confirming import confirm_password
from models.services.desk import Desk
from models.services.fallback_password import renew
from models.services.kept_heads import second_place
from models.services.recovery import BY_RECOVERY


class Accounts:
    """The accounts of an open study. Everybody may see who has one; an administrator looks after them."""

    def __init__(self, desk: Desk, folder: StudyFolder) -> None:
        """Made by the study."""
        self._desk = desk
        self._folder = folder

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

    def known_words(self) -> tuple[str, ...]:
        """What anybody at the desk knows, and no password may be made of."""
        return known_words(self._desk.read, self._desk.protocol)

    def against_password(self, login: str, name: str, password: str) -> tuple[str, ...]:
        """What stands against a new password of a person, each a sentence; empty if it may be used."""
        return against_password(self._desk.read, self._desk.protocol, login, name, password)

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
        with self._managing() as unit:
            values = {"login": login, "name": name, "role": account.role, "must_change": account.must_change}
            unit.insert("account", values)
        in_keyring(
            lambda: give_key(self._folder.path, self._folder.keys, login, account.password, account.role),
            "Reset its password.",
        )

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
        with self._managing(reason) as unit:
            if unit.correct("account", account.id, {"role": role}):
                unit.note("role changed", {"user": account.login, "from": account.role, "to": role})
        if has_key(self._folder.path, account.login):
            allowed = role in IDENTITY_KEY_HOLDERS
            in_keyring(
                lambda: slots.set_identity(self._folder.path, self._folder.keys, account.login, allowed=allowed),
                "Give it the same role again.",
            )

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
        with self._managing(reason) as unit:
            if account is not None:
                unit.correct("account", account.id, {"closed": True})
            unit.note("account closed", {"user": account.login if account else kept_login(login)})
        if has_key(self._folder.path, login):
            missed = in_keyring(
                lambda: slots.remove_slot(self._folder.path, self._folder.keys, login), "Close it again."
            )
            if missed.number:
                with self._managing() as unit:
                    note_missed(unit.connection, unit.by, [missed])

    def reset_password(self, login: str, password: str) -> None:
        """Give a person who forgot theirs a password that has to be changed at the next sign-in."""
        self._desk.user.require(Right.MANAGE_ACCOUNTS)
        account = self._open_account(login)
        self._refuse_own(account, "reset its password; change yours with the one you have")
        self._refuse_weak(account.login, account.name, password)
        with self._managing("Password reset") as unit:
            unit.correct("account", account.id, {"must_change": True})
            unit.note("password reset", {"user": account.login})
        in_keyring(
            lambda: give_key(self._folder.path, self._folder.keys, account.login, password, account.role),
            "Reset the password again.",
        )

    def lift_block(self, login: str) -> None:
        """End an account's wait after failed sign-ins."""
        self._desk.user.require(Right.MANAGE_ACCOUNTS)
        account = self._open_account(login)
        with self._managing() as unit:
            unit.note("block lifted", {"user": account.login})
        in_keyring(lambda: slots.lift_block(self._folder.path, account.login), "Lift the block again.")

    def new_recovery_key(self) -> str:
        """Make a new recovery key, shown this once; the former one opens the study no more."""
        with self._managing() as unit:
            unit.note("new recovery key")
        return in_keyring(
            lambda: slots.new_recovery_key(self._folder.path, self._folder.keys), "Have a new recovery key made again."
        )

    def change_keys(self, password: str, progress: Progress = lambda done, total: True) -> bool:
        """Give the study new keys, with the administrator's own password; see `models.persistence.key_change`.

        The study is closed afterwards, and everybody signs in again. False where `progress` said to stop.
        """
        desk = self._desk
        desk.user.require(Right.MANAGE_ACCOUNTS)
        _ = desk.writer
        confirm_password(desk, password)
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
        if comment.strip():
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
        user, path, clock = self._desk.user, self._folder.path, self._desk.clock
        if normalised(old) == normalised(new):
            raise TrialError("The new password is the old one. Choose another.")
        self._refuse_weak(user.login, user.name, new)
        writer = self._desk.writer
        confirm_password(self._desk, old)
        with unit_of_work.writing(writer, Context(user.login), clock) as unit:
            unit.note("password changed")
        in_keyring(lambda: slots.change_password(path, user.login, old, new, clock.now()), "Change it again.")
        if self._folder.must_change:
            own = self._open_account(user.login)
            with unit_of_work.writing(writer, Context(user.login, "Own password chosen"), clock) as unit:
                unit.correct("account", own.id, {"must_change": False})
            self._folder.must_change = False

    def note_access_list(self, done: str, pages: int) -> None:
        """Tell the trail that the access list was printed or saved; while reading only, see `Trail.note`."""
        if self._desk.write is None:
            self._folder.keep_event(self._desk.clock.now(), f"access list {done}", {"pages": pages})
        else:
            with unit_of_work.writing(self._desk.write, Context(self._desk.user.login), self._desk.clock) as unit:
                unit.note(f"access list {done}", {"pages": pages})

    # ---- how it is done

    def _managing(self, reason: str | None = None) -> AbstractContextManager[UnitOfWork]:
        """One transaction of an administrator; a `reason` that is asked for must not be blank."""
        if reason is not None and not told(reason):
            raise TrialError("A change of an account needs a reason: say why.")
        return self._desk.writing(Right.MANAGE_ACCOUNTS, reason or "")

    def _find(self, login: str) -> Account | None:
        wanted = kept_login(login).casefold()
        return next((a for a in queries.accounts(self._desk.read) if a.login.casefold() == wanted), None)

    def _open_account(self, login: str) -> Account:
        found = self._find(login)
        if found is None:
            raise TrialError(f"There is no account {kept_login(login)} in this study. Check the user name.")
        if found.closed:
            raise TrialError(f"The account {found.login} is closed for good. Make another one for this person.")
        return found

    def _refuse_own(self, account: Account, what: str) -> None:
        if account.login == self._desk.user.login:
            raise TrialError(f"This is your own account: another administrator may {what}.")

    def _refuse_weak(self, login: str, name: str, password: str) -> None:
        refuse_weak(self._desk.read, self._desk.protocol, login, name, password)


def _known_role(role: str) -> None:
    if role not in ROLE.terms:
        raise TrialError(f"There is no role {role}. Choose one of the list.")
