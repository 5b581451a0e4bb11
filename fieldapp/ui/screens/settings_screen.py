"""Settings of the screen: language, theme, size of the text. Each change holds at once."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QVBoxLayout, QWidget

from fieldapp.ui import theme, tokens
from fieldapp.ui.session import Session
from fieldapp.ui.widgets.card import Card
from fieldapp.ui.widgets.language_switch import LanguageSwitch
from fieldapp.ui.widgets.option_list import OptionList

_STEP = 10


class ScreenSettings(QWidget):
    """Two cards: words, and looks."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        _ = session._
        self.languages = LanguageSwitch(session.language.code)
        self.languages.chosen.connect(lambda code: session.save_settings(language=code))
        self.themes = OptionList(
            _("Colours"),
            (
                ("light", _("Light"), _("For daylight and bright rooms")),
                ("dark", _("Dark"), _("For the night and tired eyes")),
                ("contrast", _("High contrast"), _("Black, white and yellow")),
            ),
            session.settings.theme,
        )
        self.themes.chosen.connect(lambda name: session.save_settings(theme=name))
        self.text_size = QSlider(Qt.Orientation.Horizontal)
        self.text_size.setRange(tokens.SMALLEST_PERCENT // _STEP, tokens.LARGEST_PERCENT // _STEP)
        self.text_size.setPageStep(1)
        self.text_size.setValue(session.settings.text_percent // _STEP)
        self.text_size.setAccessibleName(_("Size of the text"))
        self.text_size.setTracking(False)
        self.text_size.valueChanged.connect(self._on_size)
        self._size_words = QLabel(f"{session.settings.text_percent} %")
        words = Card(
            _("Language of the screen"),
            _("Slips have their own language, under Paper."),
        )
        words.column.addWidget(self.languages, 0, Qt.AlignmentFlag.AlignLeading)
        looks = Card(_("Looks"))
        looks.column.addWidget(self.themes)
        looks.column.addSpacing(theme.SPACE[2])
        looks.column.addWidget(QLabel(_("Size of the text")))
        row = QHBoxLayout()
        row.setContentsMargins(theme.SPACE[0], 0, 0, 0)
        row.setSpacing(theme.SPACE[3])
        row.addWidget(self.text_size, 1)
        row.addWidget(self._size_words)
        looks.column.addLayout(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.SPACE[3], 0, 0)
        column.setSpacing(theme.SPACE[3])
        column.addWidget(words)
        column.addWidget(looks)
        column.addStretch()

    def _on_size(self, tens: int) -> None:
        self._size_words.setText(f"{tens * _STEP} %")
        self._session.save_settings(text_percent=tens * _STEP)
