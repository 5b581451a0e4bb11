"""What is open changes at once when the theme or the size of the text changes."""

from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from fieldapp.settings import Settings
from fieldapp.ui import style, theme, tokens


def _colour_of_icon(button: QPushButton) -> str:
    picture = button.icon().pixmap(button.iconSize()).toImage()
    counts: dict[str, int] = {}
    for x in range(picture.width()):
        for y in range(picture.height()):
            pixel = picture.pixelColor(x, y)
            if pixel.alpha() > 200:
                counts[pixel.name().upper()] = counts.get(pixel.name().upper(), 0) + 1
    return max(counts, key=lambda name: counts[name])


def test_icons_follow_the_theme(qtbot: QtBot, qapp: QApplication) -> None:
    button = QPushButton("Save")
    qtbot.addWidget(button)
    theme.set_icon(button, "save")
    assert _colour_of_icon(button) == tokens.PALETTES["light"].text
    theme.apply(qapp, Settings(theme="dark"))
    assert _colour_of_icon(button) == tokens.PALETTES["dark"].text


def test_an_icon_has_the_colour_of_its_button(qtbot: QtBot) -> None:
    button = QPushButton("Save")
    qtbot.addWidget(button)
    theme.set_icon(button, "save")
    theme.set_property(button, "kind", "primary")
    assert _colour_of_icon(button) == tokens.PALETTES["light"].on_accent


def test_the_bundled_font_is_used_whatever_the_system_has(qtbot: QtBot) -> None:
    label = QLabel("Ñandú")
    qtbot.addWidget(label)
    label.ensurePolished()
    assert QFontInfo(label.font()).family() == "Noto Sans"
    number = QLabel("PSB-A7-00042-K")
    qtbot.addWidget(number)
    theme.set_property(number, "kind", "number")
    number.ensurePolished()
    assert QFontInfo(number.font()).family() == "Noto Sans Mono"


def test_fields_and_buttons_have_the_heights_of_the_look(qtbot: QtBot, qapp: QApplication) -> None:
    field, button, primary = QLineEdit(), QPushButton("Back"), QPushButton("Save")
    theme.set_property(primary, "kind", "primary")
    for widget in (field, button, primary):
        qtbot.addWidget(widget)
        widget.show()
    assert (field.sizeHint().height(), button.sizeHint().height(), primary.sizeHint().height()) == (40, 40, 48)
    theme.set_property(field, "state", "error")
    assert field.sizeHint().height() == 40
    theme.apply(qapp, Settings(text_percent=200))
    assert (field.sizeHint().height(), button.sizeHint().height(), primary.sizeHint().height()) == (80, 80, 96)


def test_a_name_that_is_no_theme_is_the_light_one(qapp: QApplication) -> None:
    theme.apply(qapp, Settings(theme="sepia"))
    assert theme.current() == "light"


def test_every_icon_of_the_program_can_be_drawn(qapp: QApplication) -> None:
    names = [path.stem for path in (style.folder().parent / "icons").glob("*.svg")]
    assert len(names) > 40
    for name in names:
        picture = theme.pixmap(name, "text", 20).toImage()
        assert any(picture.pixelColor(x, y).alpha() for x in range(20) for y in range(20)), name
