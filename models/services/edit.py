"""What a form hands over to be saved."""

from collections.abc import Mapping
from typing import Any, NamedTuple


class Edit(NamedTuple):
    """A record to enter (`id` 0) or to correct, with the children that are saved together with it.

    `values` names every field that shall change; a first entry leaves out what is empty. `draft` is the key of the form
    that this edit comes from: its draft goes in the same transaction. A `withdrawn` edit flags a stored child as gone,
    for the reason of the whole save.
    """

    kind: str
    values: Mapping[str, Any]
    id: int = 0
    children: tuple["Edit", ...] = ()
    draft: str = ""
    withdrawn: bool = False
