"""Getting a portrait: from the camera or a file, cut by the staff member, made small on a worker's thread."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from fieldapp.services.pictures import Crop, NotAPhoto, make_portrait, photo_of_file
from fieldapp.ui import theme
from fieldapp.ui.places import Shell
from fieldapp.ui.session import Session
from fieldapp.ui.widgets.crop_view import CropView
from fieldapp.ui.widgets.portrait_field import PortraitField

_SHOWN_AT_MOST = 1600


class CropDialog(QDialog):
    """Shows a photo with the frame that is kept. Emits `chosen` with the crop."""

    chosen = Signal(object)

    def __init__(self, session: Session, parent: QWidget, image: QImage) -> None:
        super().__init__(parent)
        _ = session._
        self.setWindowTitle(_("Which part of the photo"))
        self.view = CropView(_("The photo with the frame that is kept"))
        self.view.show_photo(image)
        hint = QLabel(_("Arrows move the frame, + and - size it; so does the mouse."))
        hint.setProperty("kind", "secondary")
        self.keep_button = QPushButton(_("Keep this part  Enter"))
        self.keep_button.setProperty("kind", "primary")
        self.cancel_button = QPushButton(_("Cancel  Esc"))
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.keep_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.SPACE[3]] * 4)
        column.setSpacing(theme.SPACE[2])
        column.addWidget(hint)
        column.addWidget(self.view, 1)
        column.addLayout(buttons)
        self.keep_button.clicked.connect(self.keep)
        self.cancel_button.clicked.connect(self.reject)
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            QShortcut(QKeySequence(key), self, self.keep)
        self.view.setFocus()

    def keep(self) -> None:
        """Keep what is in the frame."""
        self.chosen.emit(Crop(self.view.x_share, self.view.y_share, self.view.part))
        self.accept()


class PortraitTaking:
    """Gets portraits for the fields of one screen (`PortraitField.taker`)."""

    def __init__(self, session: Session, shell: Shell, parent: QWidget) -> None:
        self._session, self._shell, self._parent = session, shell, parent
        self.dialog: QDialog | None = None

    def __call__(self, field: PortraitField, way: str) -> None:
        """Ask for a photo with the camera or as a file."""
        if way == "camera":
            from fieldapp.ui.screens.camera_dialog import CameraDialog  # noqa: PLC0415 - QtMultimedia is slow to load

            camera = CameraDialog(self._session, self._parent, for_face=True)
            camera.taken.connect(partial(self.crop, field))
            self._open(camera)
            camera.start()
            return
        title, kinds = self._session._("Photo"), self._session._("Photos ({kinds})", kinds="*.jpg *.jpeg *.png")
        path, _kind = QFileDialog.getOpenFileName(self._parent, title, "", kinds)
        if path:
            self.take_file(field, Path(path))

    def take_file(self, field: PortraitField, path: Path) -> None:
        """Take a photo out of a file."""
        self._session.work.query(
            lambda: photo_of_file(path), partial(self.crop, field), self._shell.show_problem, owner=field
        )

    def crop(self, field: PortraitField, photo: bytes) -> None:
        """Ask which part of a photo is kept."""
        image = QImage.fromData(photo)
        if image.isNull():
            self._shell.show_problem(NotAPhoto())
            return
        if max(image.width(), image.height()) > _SHOWN_AT_MOST:
            image = image.scaled(
                _SHOWN_AT_MOST, _SHOWN_AT_MOST, Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )  # fmt: skip
        dialog = CropDialog(self._session, self._parent, image)
        dialog.chosen.connect(lambda crop: self._make(field, photo, crop))
        self._open(dialog)

    def _open(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog = dialog
        dialog.destroyed.connect(self._forget)
        dialog.open()

    def _forget(self) -> None:
        self.dialog = None

    def _make(self, field: PortraitField, photo: bytes, crop: Crop) -> None:
        self._session.work.query(
            lambda: make_portrait(photo, crop),
            lambda portrait: field.set_portrait(portrait, by_hand=True),
            self._shell.show_problem,
            owner=field,
        )
