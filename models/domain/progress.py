"""How far long work is: what it tells, and whether it is to go on."""

from collections.abc import Callable

Progress = Callable[[int, int], bool]
"""Called by the work as (done, total); total 0 where it is not known. Answers whether to go on: on false the work ends,
leaving nothing half done, and what it returns is not looked at."""


def unwatched(_done: int, _total: int) -> bool:
    """Work that nobody watches goes on to its end."""
    return True
