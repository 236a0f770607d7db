"""The search for faults finds them."""

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gui.text import ElidedLabel, label, named
from tests.gui.pictures.faults import faint, faults


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.setStyleSheet("QWidget { background: #ffffff; color: #1b2430; }")
    made.resize(300, 200)
    return made


def shown(window: QWidget, part: QWidget, width: int, height: int = 30) -> QWidget:
    part.setParent(window)
    part.setGeometry(0, 0, width, height)
    window.show()
    return window


@pytest.mark.parametrize("kind", [QLabel, QPushButton])
def test_cut_text_is_found(window: QWidget, kind: type[QLabel] | type[QPushButton]) -> None:
    found = list(faults(shown(window, kind("Bone marrow aspirate"), 50)))
    assert len(found) == 1
    assert "Bone marrow aspirate" in found[0]


def test_lines_cut_at_the_bottom_are_found(window: QWidget) -> None:
    found = list(faults(shown(window, label("Bone marrow aspirate of the first day", wrap=True), 60, 20)))
    assert "pixels of height" in found[0]


def test_text_that_fits_or_is_shortened_on_purpose_is_no_fault(window: QWidget) -> None:
    shown(window, ElidedLabel("Bone marrow aspirate"), 50)
    assert list(faults(shown(window, QLabel("Bone"), 200))) == []


def test_a_page_wider_than_its_window_is_found(window: QWidget) -> None:
    area = named(QScrollArea(), "frame_page")
    inside = QWidget()
    inside.setMinimumWidth(500)
    area.setWidget(inside)
    area.setWidgetResizable(True)
    QVBoxLayout(window).addWidget(area)
    window.show()
    assert next(iter(faults(window))).startswith("frame_page is ")


def test_faint_letters_are_found_and_dark_ones_are_not(window: QWidget) -> None:
    part = QLabel("Bone marrow")
    assert list(faint(shown(window, part, 200))) == []
    part.setStyleSheet("color: #b4bfcb")
    assert "has a contrast of 1.9: #b4bfcb on #ffffff" in next(faint(window))
