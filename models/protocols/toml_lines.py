"""Which line of a TOML text a key stands on: the standard parser does not say, and a refusal needs it."""

import re

Path = tuple[str | int, ...]
"""Where a value is: keys, and numbers counted from 0 for entries of a list of tables: ("visit", 3, "code")."""

_HEADER = re.compile(r"\s*(\[\[?)\s*([^\[\]#]+?)\s*\]\]?")
_KEY = re.compile(r"""\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")
_LONG_QUOTE = re.compile(r'"""|\'\'\'')


class TomlLines:
    """The lines of one text, by path.

    Read line by line: table headers and the keys that start a line. Keys inside an inline table are found at the line
    of the inline table. The text may be anything; where it is no TOML the answers only need to be lines that exist.
    """

    def __init__(self, text: str) -> None:
        """Scan the text once."""
        self._lines: dict[Path, int] = {}
        self._counts: dict[Path, int] = {}
        self.last = max(1, text.count("\n") + (not text.endswith("\n")))
        self._scan(text)

    def line(self, path: Path) -> int:
        """The line of that path, counted from 1; where it is not written, of the nearest table around it."""
        while path:
            if path in self._lines:
                return self._lines[path]
            path = path[:-1]
        return 1

    def _scan(self, text: str) -> None:
        table: Path = ()
        quote = ""
        for number, line in enumerate(text.split("\n"), 1):
            if not quote:
                header = _HEADER.match(line)
                key = _KEY.match(line)
                if header:
                    table = self._enter(_parts(header[2]), repeated=header[1] == "[[")
                    self._lines.setdefault(table, number)
                elif key:
                    self._lines.setdefault((*table, *_parts(key[1])), number)
            quote = _open_quote(line, quote)

    def _enter(self, names: list[str], *, repeated: bool) -> Path:
        """The path of a table header; a name already counted as a list of tables means its latest entry."""
        path: Path = ()
        for position, name in enumerate(names):
            path = (*path, name)
            if repeated and position == len(names) - 1:
                self._counts[path] = self._counts.get(path, 0) + 1
            if path in self._counts:
                path = (*path, self._counts[path] - 1)
        return path


def _parts(dotted: str) -> list[str]:
    return [part.strip().strip("\"'") for part in dotted.split(".")]


def _open_quote(line: str, quote: str) -> str:
    """The long quote still open at the end of the line, given the one open at its start; "" for none."""
    for mark in _LONG_QUOTE.findall(line):
        if not quote:
            quote = mark
        elif mark == quote:
            quote = ""
    return quote
