"""Data as JSON text, indented as far as somebody reads it and no further."""

from collections.abc import Callable
from json import JSONEncoder


def json_text(value: object, depth: int, *, ascii_only: bool = False) -> str:
    """The value indented down to `depth`; what lies deeper is one line each.

    Python's encoder is slow where it indents, and several times quicker where it is left whole values.
    """
    return _indented(value, depth, "\n", JSONEncoder(ensure_ascii=ascii_only).encode)


def _indented(value: object, depth: int, line: str, encode: Callable[[object], str]) -> str:
    """`line` is a line end with the indent of the value."""
    if depth == 0 or not value or not isinstance(value, dict | list):
        return encode(value)
    inner = f"{line}  "
    if isinstance(value, dict):
        begin, end = "{", "}"
        parts = [f"{encode(name)}: {_indented(part, depth - 1, inner, encode)}" for name, part in value.items()]
    else:
        begin, end = "[", "]"
        parts = [_indented(part, depth - 1, inner, encode) for part in value]
    between = f",{inner}"
    return f"{begin}{inner}{between.join(parts)}{line}{end}"
