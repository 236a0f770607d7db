"""The architecture page names files that exist, and says nothing of parts that do not."""

import re
from pathlib import Path

PROJECT = Path(__file__).parent.parent
PAGE = (PROJECT / "docs" / "architecture.md").read_text(encoding="utf-8")


def test_every_file_that_the_page_walks_through_is_there() -> None:
    named = re.findall(r"`((?:models|gui)/[\w/]+\.py)`", PAGE)
    assert len(named) > 10
    assert [name for name in named if not (PROJECT / name).is_file()] == []


def test_every_part_of_the_models_is_on_the_page() -> None:
    parts = {path.name for path in (PROJECT / "models").iterdir() if (path / "__init__.py").is_file()}
    assert {part for part in parts if f"{part}/" not in PAGE} == set()
