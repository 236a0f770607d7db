"""Light and dark: the application's palette and style sheet, both from the one declaration of colours."""

from collections.abc import Mapping
from string import Template

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from models.domain.palette import MEANINGS, SCHEMES
from models.domain.resources import RESOURCES

FONT_POINTS = 9
"""The size of body text; DejaVu Sans runs wide, so this reads like 13 pixels of most other faces."""

STYLE = "fusion"
"""Qt's own style, the same on every system. The QApplication is made with it: only to ask for it would load QStyle."""

_PROPERTY = "albatrack_scheme"

_ROLES: tuple[tuple[QPalette.ColorRole, str], ...] = (
    (QPalette.ColorRole.Window, "background"),
    (QPalette.ColorRole.WindowText, "text"),
    (QPalette.ColorRole.Base, "field"),
    (QPalette.ColorRole.AlternateBase, "hover"),
    (QPalette.ColorRole.Text, "text"),
    (QPalette.ColorRole.PlaceholderText, "muted"),
    (QPalette.ColorRole.Button, "card"),
    (QPalette.ColorRole.ButtonText, "text"),
    (QPalette.ColorRole.BrightText, "urgent"),
    (QPalette.ColorRole.ToolTipBase, "card"),
    (QPalette.ColorRole.ToolTipText, "text"),
    (QPalette.ColorRole.Highlight, "accent_fill"),
    (QPalette.ColorRole.HighlightedText, "accent_on"),
    (QPalette.ColorRole.Accent, "accent_fill"),
    (QPalette.ColorRole.Link, "accent"),
    (QPalette.ColorRole.LinkVisited, "accent"),
    (QPalette.ColorRole.Light, "border"),
    (QPalette.ColorRole.Midlight, "border"),
    (QPalette.ColorRole.Mid, "border_strong"),
    (QPalette.ColorRole.Dark, "border_strong"),
    (QPalette.ColorRole.Shadow, "shadow"),
)


def scheme_of(theme: str) -> str:
    """The scheme ("light" or "dark") that a theme setting means on this computer now."""
    if theme != "system":
        return theme
    dark = QApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
    return "dark" if dark else "light"


def current_scheme() -> str:
    """The scheme in use, "light" or "dark": figures are drawn in it."""
    app = QApplication.instance()
    return str((app and app.property(_PROPERTY)) or "light")


def colour(role: str) -> QColor:
    """A colour of the scheme in use, for widgets that paint themselves."""
    return QColor(SCHEMES[current_scheme()][role])


def apply(app: QApplication, theme: str) -> None:
    """Dress the whole application in a theme ("light", "dark" or "system"); open windows follow at once."""
    scheme = scheme_of(theme)
    if app.property(_PROPERTY) == scheme:
        return
    app.setProperty(_PROPERTY, scheme)
    app.setPalette(_palette(SCHEMES[scheme]))
    app.setStyleSheet(style_sheet(scheme))


def style_sheet(scheme: str) -> str:
    """The style sheet of a scheme: the template with every colour put in, and a rule for each meaning."""
    folder = RESOURCES / "style"
    template = Template((folder / "albatrack.qss").read_text(encoding="utf-8"))
    tokens = {**SCHEMES[scheme], "style": folder.as_posix()}
    return template.substitute(tokens) + "".join(_meaning_rules(role, SCHEMES[scheme]) for role in MEANINGS)


def use_font(app: QApplication) -> None:
    """Set the one face that window and paper share, so that every character prints as it shows."""
    from models.fonts import font_file

    for style in ("regular", "bold"):
        QFontDatabase.addApplicationFont(str(font_file(style)))
    app.setFont(QFont("DejaVu Sans", FONT_POINTS))


def _meaning_rules(role: str, colours: Mapping[str, str]) -> str:
    return (
        f'QLabel[role="{role}"] {{ color: {colours[role]}; font-weight: bold; }}\n'
        f'QFrame[tone="{role}"] '
        f"{{ color: {colours[role]}; background: {colours[role + '_tint']}; }}\n"
    )


def _palette(colours: Mapping[str, str]) -> QPalette:
    palette = QPalette()
    for role, name in _ROLES:
        palette.setColor(role, QColor(colours[name]))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours["muted"]))
    return palette
