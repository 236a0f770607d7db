from hypothesis import given
from hypothesis import strategies as st

from models.protocols.toml_lines import TomlLines

TEXT = '''\
id = "a"
[mrd]
rule_set = "x"

[[visit]]
code = "A"
note = """
[[visit]]
code = "not this one"
"""
[[visit]]
code = "B"
repeat = { name = "cycle", from = 1 }
[[phase]]
[[phase.dose]]
drug = "p"
[[phase]]
[[phase.dose]]
[[phase.dose]]
drug = "q"
'''


def test_a_key_of_the_root_is_on_its_line() -> None:
    assert TomlLines(TEXT).line(("id",)) == 1


def test_a_key_of_a_table_is_on_its_line() -> None:
    assert TomlLines(TEXT).line(("mrd", "rule_set")) == 3


def test_a_header_inside_a_long_text_is_no_entry() -> None:
    assert TomlLines(TEXT).line(("visit", 1, "code")) == 12


def test_a_key_that_is_not_written_is_answered_with_its_table() -> None:
    assert TomlLines(TEXT).line(("visit", 1, "anchor")) == 11


def test_a_key_of_an_inline_table_is_on_the_line_of_the_inline_table() -> None:
    assert TomlLines(TEXT).line(("visit", 1, "repeat", "to")) == 13


def test_a_table_in_a_list_belongs_to_the_latest_entry_around_it() -> None:
    assert TomlLines(TEXT).line(("phase", 1, "dose", 1, "drug")) == 20


def test_a_path_that_is_nowhere_is_answered_with_the_first_line() -> None:
    assert TomlLines(TEXT).line(("nothing", 4)) == 1


@given(st.text(alphabet="[]=\"'a.\n #{},1", max_size=200))
def test_every_answer_for_any_text_is_a_line_of_it(text: str) -> None:
    lines = TomlLines(text)
    assert 1 <= lines.line(("a", 0, "a")) <= len(text.split("\n"))
    assert 1 <= lines.last <= len(text.split("\n"))
