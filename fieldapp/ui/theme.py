"""How the window looks: the style sheet of a theme over Qt's Fusion, the bundled fonts, and icons in the theme's colours.

`apply` may be called again at any time; what is open changes at once.
"""

from functools import cache

from PySide6.QtCore import QByteArray, QDir, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QIcon,
    QPainter,
    QPalette,
    QPixmap,
)
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPushButton, QWidget

from fieldapp import paths
from fieldapp.settings import Settings
from fieldapp.ui import style, tokens

SPACE = tokens.SPACE
"""Space in pixels, in steps of 4: use `SPACE[0]` (4) between a field and its hint up to `SPACE[5]` (32)."""

STYLE_ARGUMENTS = ("-style", "Fusion")
"""What Qt is started with. Named there, the style is made by Qt alone; `setStyle` would make Python know all of it."""

_FONTS = (
    "NotoSans-Regular",
    "NotoSans-Bold",
    "NotoSansMono-Regular",
    "NotoSansMono-Bold",
    "NotoSansArabic-Regular",
)
_ICON_GAP = 5
_BUTTON_COLOURS = {"primary": "on_accent", "quiet": "accent", "danger": "danger"}


def apply(app: QApplication, settings: Settings) -> None:
    """Give the whole program a theme and a text size. A name that is not known is the light theme."""
    theme = settings.theme if settings.theme in tokens.PALETTES else "light"
    if app.property("fieldapp_theme") is None:
        _load_fonts()
        QDir.setSearchPaths("style", [str(style.folder())])
    app.setProperty("fieldapp_theme", theme)
    app.setProperty("fieldapp_percent", settings.text_percent)
    font = QFont("Noto Sans")
    font.setPixelSize(tokens.sized(tokens.SIZES["body"], settings.text_percent))
    app.setFont(font)
    app.setPalette(_palette(tokens.palette(theme)))
    app.setStyleSheet(style.sheet(theme, settings.text_percent))
    for widget in app.allWidgets():
        _refresh_icon(widget)


def _load_fonts() -> None:
    for name in _FONTS:
        QFontDatabase.addApplicationFont(str(paths.resources() / "fonts" / f"{name}.ttf"))


def _palette(colours: tokens.Palette) -> QPalette:
    roles = QPalette.ColorRole
    palette = QPalette()
    for role, colour in (
        (roles.Window, colours.page),
        (roles.WindowText, colours.text),
        (roles.Base, colours.surface),
        (roles.AlternateBase, colours.surface),
        (roles.Text, colours.text),
        (roles.Button, colours.surface),
        (roles.ButtonText, colours.text),
        (roles.PlaceholderText, colours.secondary),
        (roles.ToolTipBase, colours.surface),
        (roles.ToolTipText, colours.text),
        (roles.Highlight, colours.accent),
        (roles.HighlightedText, colours.on_accent),
        (roles.Link, colours.accent),
        (roles.Accent, colours.accent),
    ):
        palette.setColor(role, QColor(colour))
    return palette


def current() -> str:
    """Return the name of the theme in use."""
    app = QApplication.instance()
    return str(app.property("fieldapp_theme") or "light") if app else "light"


def percent() -> int:
    """Return the text size in use, 100-200."""
    app = QApplication.instance()
    return int(app.property("fieldapp_percent") or tokens.SMALLEST_PERCENT) if app else tokens.SMALLEST_PERCENT


def colour(role: str) -> QColor:
    """Return a colour of the theme in use by its token, for what is painted (charts, the focus ring)."""
    return QColor(getattr(tokens.palette(current()), role))


def size(name: str) -> int:
    """Return a size of `tokens.SIZES` in pixels at the text size in use, for example `size("row")`."""
    return tokens.sized(tokens.SIZES[name], percent())


def set_property(widget: QWidget, name: str, value: object) -> None:
    """Set a property the style sheet selects by (`kind`, `state`), and draw the widget anew if it changed."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    # What was never shown is polished when it is, and asking for its style costs a start 7 ms.
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        widget.style().unpolish(widget)
        widget.style().polish(widget)
        widget.update()
    if name == "kind":
        _refresh_icon(widget)


def icon(name: str, role: str = "text", *, gap: int = 0) -> QIcon:
    """Return an icon in a colour of the theme in use. For buttons and labels prefer `set_icon`, which follows it.

    `gap` adds empty pixels (for an icon 20 high) at the right, a negative one at the left.
    """
    colours = tokens.palette(current())
    found = QIcon()
    for pixels in (20, 40):
        for mode, colour_name in (
            (QIcon.Mode.Normal, getattr(colours, role)),
            (QIcon.Mode.Disabled, colours.secondary),
        ):
            found.addPixmap(_pixmap(name, colour_name, pixels, gap * pixels // 20), mode)
    return found


def pixmap(name: str, role: str, pixels: int) -> QPixmap:
    """Return an icon as a picture so many pixels high, in a colour of the theme in use."""
    return _pixmap(name, getattr(tokens.palette(current()), role), pixels)


@cache
def _pixmap(name: str, colour_name: str, pixels: int, gap: int = 0) -> QPixmap:
    source = style.icon_source(name).replace("currentColor", colour_name)
    picture = QPixmap(pixels + abs(gap), pixels)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(source.encode())).render(painter, QRectF(max(0, -gap), 0, pixels, pixels))
    painter.end()
    return picture


def set_icon(widget: QAbstractButton | QLabel, name: str, role: str = "", pixels: int = 20) -> None:
    """Give a button or a label an icon that follows the theme and the text size; its colour fits the button's kind."""
    widget.setProperty("icon_name", name)
    widget.setProperty("icon_role", role)
    widget.setProperty("icon_pixels", pixels)
    _refresh_icon(widget)


def _refresh_icon(widget: QWidget) -> None:
    name = widget.property("icon_name")
    if not name:
        return
    role = widget.property("icon_role") or _BUTTON_COLOURS.get(str(widget.property("kind")), "text")
    pixels = tokens.sized(int(widget.property("icon_pixels")), percent())
    if isinstance(widget, QAbstractButton):
        # Qt leaves next to no room between a button's icon and its word, so the picture carries some.
        gap = _ICON_GAP if isinstance(widget, QPushButton) and widget.text() else 0
        is_mirrored = widget.layoutDirection() is Qt.LayoutDirection.RightToLeft
        widget.setIcon(icon(name, role, gap=-gap if is_mirrored else gap))
        widget.setIconSize(QSize(pixels + gap * pixels // 20, pixels))
    elif isinstance(widget, QLabel):
        widget.setPixmap(pixmap(name, role, pixels))
        widget.setFixedSize(pixels, pixels)
