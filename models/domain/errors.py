"""The errors a user can act on. Anything else that is raised is a fault of the program."""


class TrialError(Exception):
    """Something the user can put right: what is wrong, where, and what to do, in one or two plain sentences.

    The window shows the text as it is; the command line prints it on stderr and ends with a non-zero status.
    """


class DamagedError(TrialError):
    """A file of the study is damaged or gone. Where there is a backup, it can be restored."""
