"""Names in a row, as a sentence has them."""

from collections.abc import Sequence


def enumerated(names: Sequence[str]) -> str:
    """At least one name: "IKZF1", "IKZF1 and PAX5", "IKZF1, CDKN2A and PAX5"."""
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
