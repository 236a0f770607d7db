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


def sign_in(options: Namespace, *, read_only: bool = False) -> "Study":
    """Open the study `options.file` for `options.user`.

    The demo study, whose password everybody may know, opens for its coordinator where nobody is named.
    """
    from models.study import DEMO_PASSWORD, Study, is_synthetic

    user, password = options.user, os.environ.get(PASSWORD)
    if not user and not password and is_synthetic(options.file):
        user, password = "coordinator", DEMO_PASSWORD
    if not user:
        raise TrialError("Say who you are: --user NAME. The password is asked for, or taken from ALBATRACK_PASSWORD.")
    if password is None:
        if not sys.stdin.isatty():
            raise TrialError(f"There is nobody to ask for the password. Put it into {PASSWORD} and try again.")
        password = getpass.getpass(f"Password of {user}: ")
    study = Study.open(options.file, user, password, read_only=read_only)
    if study.must_change_password:
        study.close()
        raise TrialError("Choose a password of your own first: sign in once in the window, which asks for it.")
    return study
