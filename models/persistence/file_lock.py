"""The locks that keep two programs apart: the operating system's own, which end with the program that holds them."""

from pathlib import Path

from filelock import FileLock, Timeout

__all__ = ["FileLock", "Timeout", "lock_at"]


def lock_at(path: Path, wait: float = 0) -> FileLock:
    """The lock that this file stands for, not yet taken; `wait` is how many seconds taking it may last.

    Never the stand-in of a file system without locks, a file that is there or not: a crash would leave it behind, and
    the study would be in use for ever. There, taking it raises OSError (ENOSYS). It belongs to the program and not to
    a thread: the window signs in on a worker thread and lets go on its own.
    """
    return FileLock(path, timeout=wait, mode=0o600, thread_local=False, fallback_to_soft=False)
