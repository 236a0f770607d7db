"""The sentence that stays until it is settled."""

import pytest
from pytestqt.qtbot import QtBot

from gui.widgets.banner import Banner


@pytest.fixture
def banner(qtbot: QtBot) -> Banner:
    made = Banner("message")
    qtbot.addWidget(made)
    return made


def test_it_is_not_there_before_it_has_something_to_say(banner: Banner) -> None:
    assert banner.isHidden()


def test_it_says_the_sentence_to_eyes_and_to_screen_readers(banner: Banner) -> None:
    banner.show_text("The file is in use.", "due")
    assert banner.text.text() == banner.accessibleDescription() == "The file is in use."
    assert banner.button.isHidden()


def test_its_button_is_named_by_what_it_does(banner: Banner, qtbot: QtBot) -> None:
    banner.show_text("The file is gone.", "urgent", "Take it off the list")
    assert banner.button.accessibleName() == "Take it off the list"
    with qtbot.waitSignal(banner.pressed):
        banner.button.click()
