"""How a number was counted: the name of the rule, its wording, and where it comes from."""

from typing import NamedTuple


class Method(NamedTuple):
    """The rule behind a number. `wording` is what stands beside the number, on screen, on paper and in files."""

    name: str
    wording: str
    source: str = ""
