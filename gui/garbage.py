"""Python's garbage is collected on the interface thread only.

What refers to itself in a circle (a page that is gone, an exception that holds a half-made window) is deleted by
whichever thread happens to allocate next. A worker thread would delete widgets and timers that belong to the interface
thread, in the middle of its drawing: that ends the program.
"""

import gc

_GENERATIONS = (2, 1, 0)


class Garbage:
    """Holds the automatic collection back while any worker thread runs; `collect` does its work meanwhile."""

    def __init__(self) -> None:
        """Nothing holds it back."""
        self._threads = 0
        self._was_on = True

    def hold(self) -> None:
        """A worker thread begins. Call it on the interface thread, and `let_go` as often."""
        if not self._threads:
            self._was_on = gc.isenabled()
            gc.disable()
        self._threads += 1

    def let_go(self) -> None:
        """A worker thread has ended."""
        self._threads -= 1
        if not self._threads and self._was_on:
            gc.enable()

    def collect(self) -> None:
        """Collect what the automatic collection would have by now. Call it on the interface thread."""
        counts, thresholds = gc.get_count(), gc.get_threshold()
        due = next((each for each in _GENERATIONS if counts[each] > thresholds[each]), None)
        if due is not None:
            gc.collect(due)


GARBAGE = Garbage()
"""The one of the process: there is one collection, whatever runs the threads."""
