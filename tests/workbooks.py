"""Reading a workbook that was saved: as the XML that it is made of."""

import re
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_PART = re.compile(r"(.+) \(part \d+\)")
_CELLS = frozenset({"c", "v"})
"""What stands below a row: cells, and in them numbers or the places of texts."""
_FRAME = ("docProps/", "[Content", "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml", "xl/theme/theme1.xml")
"""The parts besides the sheets that a workbook of tables has."""


def lines(path: Path, sheet: str = "Table") -> list[dict[str, Any]]:
    """The rows below their heading, as a spreadsheet shows them: escapes resolved, a text of several cells joined.

    Read from the XML: openpyxl resolves escapes in its own way.
    """
    with zipfile.ZipFile(path) as archive:
        names = [part.attrib["name"] for part in _parsed(archive, "xl/workbook.xml").iter(f"{{{_MAIN}}}sheet")]
        texts = [
            _ESCAPE.sub(_character, "".join(part.text or "" for part in text.iter(f"{{{_MAIN}}}t")))
            for text in _parsed(archive, "xl/sharedStrings.xml")
        ]
        page = _parsed(archive, f"xl/worksheets/sheet{names.index(sheet) + 1}.xml")
    heading, *rows = ([*_cells(row, texts)] for row in page.iter(f"{{{_MAIN}}}row"))
    columns = dict(heading)
    return [_line(list(columns.values()), [dict(row).get(column) for column in columns]) for row in rows]


def _parsed(archive: zipfile.ZipFile, name: str) -> ElementTree.Element:
    return ElementTree.fromstring(archive.read(name))


def _cells(row: ElementTree.Element, texts: Sequence[str]) -> Iterator[tuple[str, Any]]:
    """The letters of each column that has something, and what it has."""
    for cell in row:
        value = cell.findtext(f"{{{_MAIN}}}v")
        if value is not None:
            number = float(value) if "." in value or "E" in value else int(value)
            yield cell.attrib["r"].rstrip("0123456789"), texts[int(value)] if cell.get("t") == "s" else number


def _line(heading: Sequence[str], row: Sequence[Any]) -> dict[str, Any]:
    line: dict[str, Any] = {}
    for name, value in zip(heading, row, strict=True):
        further = _PART.fullmatch(name)
        if further is None:
            line[name] = value
        elif value is not None:
            line[further[1]] += value
    return line


def _character(found: re.Match[str]) -> str:
    return chr(int(found[1], 16))


def active_parts(path: Path) -> set[str]:
    """What a spreadsheet would run or fetch: formulas, links, and files of the workbook that are none of its tables."""
    found = set()
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            root = ElementTree.fromstring(archive.read(name))
            if name.startswith("xl/worksheets/"):
                rows = root.find("{*}sheetData")
                assert rows is not None
                inside = {part.tag.rpartition("}")[2] for row in rows for part in row.iter()}
                found |= inside - _CELLS - {"row"}
                found |= {part.tag for part in root if part.tag.rpartition("}")[2] in ("hyperlinks", "oleObjects")}
            elif name.endswith(".rels"):
                found |= {part.attrib["Target"] for part in root if "TargetMode" in part.attrib}
            elif not name.startswith(_FRAME):
                found.add(name)
    return found
