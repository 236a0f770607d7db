"""The errors a user can act on. Anything else that is raised is a fault of the program."""


class TrialError(Exception):
    """Something the user can put right: what is wrong, where, and what to do, in one or two plain sentences.

    The window shows the text as it is; the command line prints it on stderr and ends with a non-zero status.
    """


class DamagedError(TrialError):
    """A file of the study is damaged or gone. Where there is a backup, it can be restored."""


def plain(fault: OSError) -> str:
    """What the system says of a file, to stand within a sentence: without its number and the name of the file."""
    return (fault.strerror or str(fault)).lower()
