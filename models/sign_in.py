"""Signing in at the command line: the password comes from the environment or the keyboard, never from an argument."""

import getpass
import os
import sys
from argparse import Namespace
from typing import TYPE_CHECKING

from models.domain.errors import TrialError

if TYPE_CHECKING:
    from models.study import Study

PASSWORD = "ALBATRACK_PASSWORD"


def sign_in(options: Namespace, *, identities: bool = False) -> "Study":
    """Open the study `options.file` for `options.user`.

    `options.read_only` says whether for reading only, beside a program that writes; it is None with a command that
    cannot do without writing. What a command gives out names nobody: the key to identities is let go of, except with
    `identities`, for a command that seals something with it. The demo study, whose password everybody may know, opens
    for its coordinator where nobody is named.
    """
    from models.study import DEMO_PASSWORD, ReadOnlyError, Study, is_synthetic

    user, password = options.user, os.environ.get(PASSWORD)
    synthetic = is_synthetic(options.file)  # nobody types a password for what is no study
    if synthetic and not user and not password:
        user, password = "coordinator", DEMO_PASSWORD
    if not user:
        raise TrialError("Say who you are: --user NAME. The password is asked for, or taken from ALBATRACK_PASSWORD.")
    try:
        study = Study.open(
            options.file, user, password or _asked(user), read_only=bool(options.read_only), identities=identities
        )
    except ReadOnlyError as problem:
        if options.read_only is None:
            raise
        raise ReadOnlyError(f"{problem} At the command line: --read-only.") from problem
    if study.must_change_password:
        study.close()
        raise TrialError("Choose a password of your own first: sign in once in the window, which asks for it.")
    return study


def _asked(user: str) -> str:
    """The password as typed. No account has an empty one: it is not tried, which would count as a failed sign-in."""
    if sys.stdin is None or not sys.stdin.isatty():
        raise TrialError(f"There is nobody to ask for the password. Put it into {PASSWORD} and try again.")
    try:
        typed = getpass.getpass(f"Password of {user}: ")
    except (EOFError, OSError) as fault:
        raise TrialError("No password was given.") from fault
    if not typed:
        raise TrialError("No password was given.")
    return typed
