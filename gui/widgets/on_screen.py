"""Where a panel opens that belongs to something on the screen: beside it, and wholly in sight."""

from PySide6.QtCore import QPoint, QRect, QSize


def in_sight(corner: QPoint, size: QSize, room: QRect) -> QPoint:
    """The upper left of a panel of that size: at `corner`, or moved so far that all of it is within `room`."""
    left = min(corner.x(), room.right() + 1 - size.width())
    top = min(corner.y(), room.bottom() + 1 - size.height())
    return QPoint(max(left, room.left()), max(top, room.top()))
