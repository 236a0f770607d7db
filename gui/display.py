"""Whether a window can open here. Asked before Qt is loaded, because Qt ends the process where it finds no display."""

import ctypes
import os
import sys
from collections.abc import Mapping
from pathlib import Path


def obstacle(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> str:
    """Why no window can open, as the end of a sentence; empty when one can.

    Windows and macOS always have a display. On Linux it is a Wayland or an X server, or what QT_QPA_PLATFORM names.
    """
    if not platform.startswith("linux") or environment.get("QT_QPA_PLATFORM"):
        return ""
    wayland = environment.get("WAYLAND_DISPLAY")
    # A socket named with its full path stands for itself: that is how Path joins.
    if wayland and Path(environment.get("XDG_RUNTIME_DIR", ""), wayland).exists():
        return ""
    display = environment.get("DISPLAY")
    if not display:
        return "this machine has no display"
    return "" if _x_server_answers(display) else f"the display {display} does not answer"


def _x_server_answers(display: str) -> bool:
    """Whether an X server lets this process connect, asked through the library that Qt itself uses."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return False
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(display.encode(), None)
    failed = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return not failed
