"""The photo of a person: seen small, taken by the camera or from a file, and removed again."""

from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from fieldapp.i18n import Language
from fieldapp.ui import theme

THUMB = (72, 96)


class TakesPortraits(Protocol):
    """Whoever can get a portrait for a field: asks, crops, and calls `set_portrait` of the field when it is there."""

    def __call__(self, field: "PortraitField", way: str) -> None: ...


class PortraitField(QWidget):
    """Holds a portrait (JPEG), empty for none. `taker` is asked with `camera` or `file`."""

    changed = Signal()

    def __init__(self, language: Language) -> None:
        super().__init__()
        _ = language.gettext
        self._language = language
        self.portrait = b""
        self.taker: TakesPortraits | None = None
        self.picture = QLabel()
        self.picture.setFixedSize(*THUMB)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setProperty("kind", "hint")
        self.picture.setWordWrap(True)
        self.camera_button = QPushButton(_("Camera"))
        self.file_button = QPushButton(_("From a file"))
        self.remove_button = QPushButton(_("Remove"))
        for button, way in ((self.camera_button, "camera"), (self.file_button, "file")):
            button.clicked.connect(lambda _checked=False, way=way: self._ask(way))
        self.remove_button.clicked.connect(lambda: self.set_portrait(b"", by_hand=True))
        buttons = QVBoxLayout()
        buttons.setSpacing(theme.SPACE[0])
        first = QHBoxLayout()
        first.addWidget(self.camera_button)
        first.addWidget(self.file_button)
        first.addWidget(self.remove_button)
        first.addStretch(1)
        buttons.addLayout(first)
        buttons.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE[2])
        row.addWidget(self.picture)
        row.addLayout(buttons, 1)
        self.setFocusProxy(self.camera_button)
        self.set_portrait(b"")

    def _ask(self, way: str) -> None:
        if self.taker is not None:
            self.taker(self, way)

    def set_portrait(self, portrait: bytes, *, by_hand: bool = False) -> None:
        """Show a portrait; `by_hand` says that somebody has changed it."""
        _ = self._language.gettext
        self.portrait = portrait
        pixmap = QPixmap()
        if portrait and pixmap.loadFromData(portrait):
            self.picture.setPixmap(
                pixmap.scaled(*THUMB, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
            )
            self.picture.setAccessibleName(_("The photo of this person"))
        else:
            self.picture.setText(_("No photo"))
            self.picture.setAccessibleName(_("No photo"))
        self.remove_button.setEnabled(bool(portrait))
        if by_hand:
            self.changed.emit()

    def show_problem(self, _state: str) -> None:
        """A photo shows no border; the words below say what is wrong."""
