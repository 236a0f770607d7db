"""Compares a picture of the window with the one that was accepted.

A page that was changed on purpose gets new pictures with `ALBATRACK_REWRITE_GOLDEN=1 make test ARGS="-k pictures"`:
look at every one of them before you keep it.
"""

import os
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

ACCEPTED = Path(__file__).parent / "accepted"
DIFFERENCES = Path(__file__).parents[3] / "build" / "pictures"
REWRITE = "ALBATRACK_REWRITE_GOLDEN"
"""Set this variable to accept what is drawn now."""

COLOURS = 256
"""Of a stored picture: enough for flat colours and the edges of letters."""
CLEARLY = 48
"""Steps of 256 by which a pixel differs that anybody would see; letters drawn by another Qt differ by less."""
MOST_DIFFERENT = 0.004
"""Share of the pixels that may differ clearly: less than one changed word."""
MOST_MEAN = 0.6
"""Mean difference over the whole picture, in steps of 256."""

Pixels = NDArray[np.uint8]


def differences(widget: QWidget, name: str, folder: Path = DIFFERENCES) -> str:
    """What differs from the accepted picture, in a sentence; "" for nothing. The pictures to compare go to `folder`."""
    drawn = pixels_of(widget.grab().toImage())
    accepted = ACCEPTED / f"{name}.png"
    if os.environ.get(REWRITE):
        accepted.parent.mkdir(exist_ok=True)
        Image.fromarray(drawn).quantize(COLOURS, dither=Image.Dither.NONE).save(accepted, optimize=True)
    if not accepted.exists():
        return f"There is no accepted picture {accepted.name}. Set {REWRITE} to accept the one drawn now."
    kept = np.asarray(Image.open(accepted).convert("RGB"))
    if kept.shape != drawn.shape:
        return f"{name} is {drawn.shape[1]} x {drawn.shape[0]} pixels, the accepted picture {kept.shape[1::-1]}"
    apart = np.abs(drawn.astype(int) - kept.astype(int)).max(axis=2)
    share, mean = float((apart > CLEARLY).mean()), float(apart.mean())
    if share <= MOST_DIFFERENT and mean <= MOST_MEAN:
        return ""
    folder.mkdir(parents=True, exist_ok=True)
    Image.fromarray(drawn).save(folder / f"{name}-drawn.png")
    Image.fromarray(marked(kept, apart)).save(folder / f"{name}-difference.png")
    return f"{name}: {share:.2%} of the pixels differ clearly, {mean:.2f} in the mean. See {folder}/{name}-*.png"


def marked(kept: Pixels, apart: NDArray[np.int_]) -> Pixels:
    """The accepted picture, faded, with what differs in red."""
    faded: Pixels = (128 + kept // 2).astype(np.uint8)
    faded[apart > CLEARLY] = (200, 0, 0)
    return faded


def pixels_of(image: QImage) -> Pixels:
    """The picture as rows of red, green and blue."""
    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), plain.bytesPerLine())
    return rows[:, : 3 * plain.width()].reshape(plain.height(), plain.width(), 3).copy()
