"""The dialogs that make, change and close an account."""

from PySide6.QtWidgets import QWidget

from gui.jobs import Progress
from gui.pages.accounts.account_dialog import AccountDialog, Words, Work
from gui.widgets.account_fields import AccountFields
from gui.widgets.editors.choice_editor import ChoiceEditor
from gui.widgets.editors.text_editor import TextEditor
from gui.widgets.password_pair import PasswordPair
from gui.workspace import Workspace
from models.domain.codelists import ROLE
from models.domain.fields import LONGEST_NAME
from models.study_types import AccountLine

_SAY_WHY = "Say why: the reason stays in the audit trail."
_WHICH_ROLE = "Choose a role of the list."


class CreateDialog(AccountDialog):
    """A new person."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        """All lines are empty; the role is the first of the list."""
        super().__init__(
            workspace,
            "newAccount",
            Words(
                "New account",
                "An account is for one person, and its user name is never given to anybody else. Tell the person this "
                "password yourself; it has to be changed at the first sign-in.",
                "Make the account",
                "Account made",
            ),
            parent,
        )
        self.role = roles("newAccount_role", next(iter(ROLE.terms)))
        self.fields = AccountFields("newAccount_")
        self.ask("R&ole", self.role)
        self.body.addWidget(self.fields)
        self.remember("User name", self.fields.user)
        self.remember("Printed name", self.fields.printed)
        self.fields.user.setFocus()

    def problem(self) -> str:
        """What the study holds against it."""
        if missing := _missing(self.role, _WHICH_ROLE):
            return missing
        accounts = self.workspace.study.accounts
        return self.fields.problem(accounts.known_words(), [line.login for line in accounts.lines()])

    def work(self) -> Work:
        """Make it."""
        accounts = self.workspace.study.accounts
        account = self.fields.account(str(self.role.value()), must_change=True)

        def create(_progress: Progress) -> None:
            accounts.create(account)

        return create


class RoleDialog(AccountDialog):
    """Another role for an account."""

    def __init__(self, workspace: Workspace, line: AccountLine, parent: QWidget | None = None) -> None:
        """Shows the role it has."""
        super().__init__(
            workspace,
            "changeRole",
            Words(
                f"Another role for {line.name}",
                "It holds from the next sign-in on. What the person did until now stays under the former role.",
                "Change the role",
                "Role changed",
            ),
            parent,
        )
        self._line = line
        self.role = roles("changeRole_role", line.role)
        self.ask("R&ole", self.role)
        self.reason = self.ask_reason("Other duties", "Moved to another part", "Entered wrongly")
        self.role.setFocus()

    def problem(self) -> str:
        """Whether anything would change, and why."""
        if missing := _missing(self.role, _WHICH_ROLE):
            return missing
        if self.role.value() == self._line.role and not self._line.trouble:
            self.role.setFocus()
            return f"{self._line.name} has this role already. Choose another one."
        return _missing(self.reason)

    def work(self) -> Work:
        """Change it."""
        accounts, login = self.workspace.study.accounts, self._line.login
        role, reason = str(self.role.value()), str(self.reason.value())

        def change(_progress: Progress) -> None:
            accounts.change_role(login, role, reason)

        return change


class NameDialog(AccountDialog):
    """A correction of the printed name."""

    def __init__(self, workspace: Workspace, line: AccountLine, parent: QWidget | None = None) -> None:
        """Shows the name it has."""
        super().__init__(
            workspace,
            "correctName",
            Words(
                f"The printed name of {line.login}",
                "It stands on paper and in signatures. An account is never handed on to another person.",
                "Correct the name",
                "Name corrected",
            ),
            parent,
        )
        self._line = line
        self.printed = TextEditor()
        self.printed.name_parts("correctName_name", "Printed name")
        self.printed.line.setMaxLength(LONGEST_NAME)
        self.printed.set_value(line.name)
        self.ask("Printed na&me", self.printed)
        self.reason = self.ask_reason("Typing error", "Name changed")
        self.printed.setFocus()

    def problem(self) -> str:
        """Whether anything would change, and why."""
        if self.printed.typed().strip() in ("", self._line.name):
            self.printed.setFocus()
            return "Type the name as it should be printed."
        return _missing(self.reason)

    def work(self) -> Work:
        """Correct it."""
        accounts, login = self.workspace.study.accounts, self._line.login
        name, reason = " ".join(self.printed.typed().split()), str(self.reason.value())

        def rename(_progress: Progress) -> None:
            accounts.rename(login, name, reason)

        return rename


class CloseDialog(AccountDialog):
    """The end of an account."""

    def __init__(self, workspace: Workspace, login: str, name: str, parent: QWidget | None = None) -> None:
        """About the account of that login, or about a key that belongs to no account."""
        super().__init__(
            workspace,
            "closeAccount",
            Words(
                f"Close the account of {name}",
                "It signs in no more, for good; what the person did stays in the record. Whoever may have kept a copy "
                "of the study's files still opens that copy: then also give the study new keys.",
                "Close the account",
                "Account closed",
            ),
            parent,
        )
        self._login = login
        self.reason = self.ask_reason("Left the site", "Other duties", "Made by mistake")
        self.reason.setFocus()

    def problem(self) -> str:
        """Why is asked for."""
        return _missing(self.reason)

    def work(self) -> Work:
        """Close it."""
        accounts, login, reason = self.workspace.study.accounts, self._login, str(self.reason.value())

        def close(_progress: Progress) -> None:
            accounts.close(login, reason)

        return close


class ResetDialog(AccountDialog):
    """A password for a person who forgot theirs."""

    def __init__(self, workspace: Workspace, line: AccountLine, parent: QWidget | None = None) -> None:
        """For that account."""
        super().__init__(
            workspace,
            "resetPassword",
            Words(
                f"A new password for {line.name}",
                "Make sure that it is this person who asks. Tell the password yourself; it has to be changed at the "
                "next sign-in.",
                "Reset the password",
                "Password reset",
            ),
            parent,
        )
        self._line = line
        self.pair = PasswordPair("resetPassword_")
        self.body.addWidget(self.pair)
        self.pair.first.setFocus()

    def problem(self) -> str:
        """What the study holds against the password."""
        accounts, line = self.workspace.study.accounts, self._line
        return self.pair.problem(accounts.against_password(line.login, line.name, self.pair.password))

    def work(self) -> Work:
        """Reset it."""
        accounts, login, password = self.workspace.study.accounts, self._line.login, self.pair.password

        def reset(_progress: Progress) -> None:
            accounts.reset_password(login, password)

        return reset


def roles(name: str, chosen: str) -> ChoiceEditor:
    """A list of the roles."""
    editor = ChoiceEditor(tuple(ROLE.terms.items()))
    editor.name_parts(name, "Role")
    editor.set_value(chosen)
    return editor


def _missing(choice: ChoiceEditor, sentence: str = _SAY_WHY) -> str:
    if choice.value():
        return ""
    choice.setFocus()
    return sentence
