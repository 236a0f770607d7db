import socket
from pathlib import Path

import pytest

from gui.display import obstacle


def test_without_any_display_the_reason_is_named() -> None:
    assert obstacle({}, "linux") == "this machine has no display"


def test_windows_and_macos_always_have_one() -> None:
    assert obstacle({}, "win32") == ""
    assert obstacle({}, "darwin") == ""


def test_a_platform_chosen_by_hand_is_taken() -> None:
    assert obstacle({"QT_QPA_PLATFORM": "offscreen"}, "linux") == ""


def test_a_wayland_server_is_a_display_only_while_its_socket_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # the whole path of a socket may have no more than about a hundred characters
    environment = {"WAYLAND_DISPLAY": "wayland-0", "XDG_RUNTIME_DIR": str(tmp_path)}
    assert obstacle(environment, "linux") == "this machine has no display"
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("wayland-0")
        assert obstacle(environment, "linux") == ""


def test_an_x_server_that_does_not_answer_is_no_display() -> None:
    assert obstacle({"DISPLAY": ":4711"}, "linux") == "the display :4711 does not answer"
