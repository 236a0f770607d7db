import json

import pytest

from models.exchange.json_text import json_text

NESTED = {"a": [1, 2.5, None], "b": {"c": {"d": [True, "perché \u2028"]}, "e": {}}, "f": []}


@pytest.mark.parametrize("depth", range(6))
def test_whatever_the_depth_it_reads_back_as_it_was(depth: int) -> None:
    assert json.loads(json_text(NESTED, depth)) == NESTED


def test_down_to_the_depth_it_looks_as_python_indents_it() -> None:
    assert json_text(NESTED, 9) == json.dumps(NESTED, indent=2, ensure_ascii=False)


def test_what_lies_deeper_is_one_line() -> None:
    assert json_text({"rows": {"x": {"n": 1, "of": 2}}}, 2) == '{\n  "rows": {\n    "x": {"n": 1, "of": 2}\n  }\n}'


def test_signs_beyond_ascii_are_spelled_out_where_asked() -> None:
    assert json_text({"à": "é"}, 1, ascii_only=True) == '{\n  "\\u00e0": "\\u00e9"\n}'
