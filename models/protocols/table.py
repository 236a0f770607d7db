"""A table of a protocol file, read key by key: each value is checked, each refusal names file, line and reason."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from models.domain.errors import TrialError

if TYPE_CHECKING:
    from models.protocols.toml_lines import Path, TomlLines

_LARGEST = 100_000
_MOST_DIGITS = 12
_LONGEST = 1_000
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


class Source:
    """The file being read: its name and its lines, for refusals."""

    def __init__(self, name: str, text: str) -> None:
        """`name` is what the user calls the file."""
        self.name = name
        self._text = text

    @cached_property
    def lines(self) -> "TomlLines":
        """Which key stands where. Most files are refused nothing, and never looked through for it."""
        from models.protocols.toml_lines import TomlLines

        return TomlLines(self._text)

    def refusal(self, path: "Path", reason: str) -> TrialError:
        """The error to raise about the value at `path`."""
        return self.refusal_at(self.lines.line(path), reason)

    def refusal_at(self, line: int, reason: str) -> TrialError:
        """The error to raise about a line."""
        return TrialError(f"{self.name}, line {line}: {reason}")


class Table:
    """One table. Read every key that may be there, then call `finish`, which refuses the keys nobody asked for."""

    def __init__(self, source: Source, path: "Path", values: dict[str, Any]) -> None:
        """`path` is where the table stands in the file."""
        self.source = source
        self.path = path
        self._values = values
        self._asked: set[str] = set()

    def refusal(self, key: str, reason: str) -> TrialError:
        """The error to raise about the value of `key`; about the table itself where `key` is ""."""
        return self.source.refusal((*self.path, key) if key else self.path, reason)

    def finish(self) -> None:
        """Refuse unknown keys: a misspelt key would otherwise silently mean its default."""
        for key in self._values:
            if key not in self._asked:
                known = ", ".join(sorted(self._asked))
                raise self.refusal(key, f'unknown key "{key}". Known here: {known}.')

    def has(self, key: str) -> bool:
        """Whether an optional key is written."""
        self._asked.add(key)
        return key in self._values

    def text(self, key: str, default: str | None = None) -> str:
        """A text that is not empty; missing without a default is refused."""
        value = self._value(key, default)
        if value is default and not self.has(key):
            return str(value)
        if not isinstance(value, str) or not value.strip():
            raise self.refusal(key, f'"{key}" must be a text that is not empty.')
        if len(value) > _LONGEST or _CONTROL.search(value):
            raise self.refusal(key, f'"{key}" must be one line of at most {_LONGEST} characters.')
        return value

    def integer(self, key: str, default: int | None = None, *, least: int = 0, most: int = _LARGEST) -> int:
        """A whole number from `least` to `most`."""
        value = self._value(key, default)
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise self.refusal(key, f'"{key}" must be a whole number from {least} to {most}.')
        return value

    def decimal(self, key: str, default: Decimal | None = None) -> Decimal:
        """An exact number, 0 or more."""
        return self._exact(key, self._value(key, default))

    def decimals(self, key: str) -> tuple[Decimal, ...]:
        """A list of exact numbers, empty where the key is missing."""
        return tuple(self._exact(key, value) for value in self._list(key))

    def integers(self, key: str, default: tuple[int, ...], *, least: int = 0) -> tuple[int, ...]:
        """A list of whole numbers from `least` up, ascending; the default where the key is missing."""
        if not self.has(key):
            return default
        values = self._list(key)
        if any(isinstance(v, bool) or not isinstance(v, int) or not least <= v <= _LARGEST for v in values):
            raise self.refusal(key, f'"{key}" must be a list of whole numbers from {least} to {_LARGEST}.')
        if values != sorted(set(values)):
            raise self.refusal(key, f'"{key}" must go upwards, each number once.')
        return tuple(values)

    def flag(self, key: str, *, default: bool = False) -> bool:
        """True or false."""
        value = self._value(key, default)
        if not isinstance(value, bool):
            raise self.refusal(key, f'"{key}" must be true or false.')
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, empty where the key is missing."""
        values = self._list(key)
        for value in values:
            if not isinstance(value, str) or not value.strip():
                raise self.refusal(key, f'"{key}" must be a list of texts.')
        if len(set(values)) != len(values):
            raise self.refusal(key, f'"{key}" names something twice.')
        return tuple(values)

    def one_of(self, key: str, known: "KnownCodes", default: str | None = None) -> str:
        """A text that is one of the known codes."""
        value = self.text(key, default)
        if self.has(key):
            self._check_known(key, value, known)
        return value

    def some_of(self, key: str, known: "KnownCodes") -> tuple[str, ...]:
        """A list of known codes."""
        values = self.texts(key)
        for value in values:
            self._check_known(key, value, known)
        return values

    def table(self, key: str) -> "Table":
        """A table inside this one; missing is refused."""
        value = self._value(key, None)
        if not isinstance(value, dict):
            raise self.refusal(key, f'"{key}" must be a table: [{key}].')
        return Table(self.source, (*self.path, key), value)

    def tables(self, key: str) -> list["Table"]:
        """The entries of a list of tables, none where the key is missing."""
        entries = self._list(key)
        for entry in entries:
            if not isinstance(entry, dict):
                raise self.refusal(key, f'"{key}" must be a list of tables: [[{key}]].')
        return [Table(self.source, (*self.path, key, number), entry) for number, entry in enumerate(entries)]

    def keys(self) -> Iterator[str]:
        """The keys as written, for a table whose keys are names given by the author."""
        return iter(self._values)

    def _value(self, key: str, default: object) -> object:
        self._asked.add(key)
        if key in self._values:
            return self._values[key]
        if default is None:
            raise self.refusal("", f'"{key}" is missing.')
        return default

    def _list(self, key: str) -> list[Any]:
        value = self._value(key, [])
        if not isinstance(value, list):
            raise self.refusal(key, f'"{key}" must be a list.')
        return value

    def _exact(self, key: str, value: object) -> Decimal:
        if isinstance(value, int) and not isinstance(value, bool) and abs(value) <= _LARGEST:
            value = Decimal(value)
        if not isinstance(value, Decimal) or not value.is_finite() or not 0 <= value <= _LARGEST:
            raise self.refusal(key, f'"{key}" must be a number from 0 to {_LARGEST}.')
        exponent = value.as_tuple().exponent
        if not isinstance(exponent, int) or abs(exponent) > _MOST_DIGITS:
            raise self.refusal(key, f'"{key}" must be a number with at most {_MOST_DIGITS} decimals.')
        return value

    def _check_known(self, key: str, value: str, known: "KnownCodes") -> None:
        if value not in known:
            raise self.refusal(key, f'"{value}" is not known as "{key}". Known: {", ".join(known) or "none"}.')


KnownCodes = dict[str, str] | tuple[str, ...]
