"""A crash must leave no image of the memory behind: it would hold the keys and whatever was on the screen."""

import sys
from contextlib import suppress


def leave_no_image() -> None:
    """Have the system write none, whatever its own setting is (POSIX, RLIMIT_CORE).

    Windows writes no whole memory of a program unless the computer was set up to.
    """
    if sys.platform != "win32":
        import resource

        with suppress(OSError, ValueError):  # a program that may not lower the limit has to start all the same
            _, most = resource.getrlimit(resource.RLIMIT_CORE)
            resource.setrlimit(resource.RLIMIT_CORE, (0, most))
