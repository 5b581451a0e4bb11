"""The camera over the place: it reads a paper that is held before it, or takes a photo of a face."""

import time

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from fieldapp.ui import theme
from fieldapp.ui.frames import encoded, papers_of
from fieldapp.ui.scans import Scan, ScanSource
from fieldapp.ui.session import Session
from fieldapp.ui.widgets.camera_view import CameraView
from fieldapp.words import say

_ZONE_EVERY_S = 1.0
"""Letters take half a second to read, codes a few milliseconds; so the zone is looked for now and then."""


class CameraDialog(QDialog):
    """A live picture with what to do. Emits `read` with a Scan, or, for a face, `taken` with a photo (PNG)."""

    read = Signal(object)
    taken = Signal(bytes)

    def __init__(self, session: Session, parent: QWidget, *, for_face: bool = False) -> None:
        super().__init__(parent)
        self._session, self._for_face = session, for_face
        _ = session._
        self._is_reading = False
        self._last_zone = 0.0
        self.setWindowTitle(_("Photo") if for_face else _("Read with the camera"))
        self.view = CameraView(self.windowTitle())
        self.hint = QLabel(
            _("Look into the camera, then Enter.") if for_face
            else _("Hold the slip or the back of the card before the camera. It is read by itself.")
        )  # fmt: skip
        self.hint.setWordWrap(True)
        self.cameras = QComboBox()
        self.cameras.setAccessibleName(_("Camera"))
        self.again_button = QPushButton(_("Look for a camera again"))
        self.take_button = QPushButton(_("Take the photo  Enter"))
        self.take_button.setProperty("kind", "primary")
        self.take_button.setVisible(for_face)
        self.take_button.setEnabled(False)
        self.close_button = QPushButton(_("Cancel  Esc"))
        self._lay_out()
        self.view.frame_came.connect(self._on_frame)
        self.view.failed.connect(self._on_failed)
        self.view.devices_changed.connect(self._list_cameras)
        self.cameras.activated.connect(self._on_chosen)
        self.again_button.clicked.connect(self.start)
        self.take_button.clicked.connect(self.take)
        self.close_button.clicked.connect(self.reject)
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            QShortcut(QKeySequence(key), self, self.take)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self.cameras, 1)
        buttons.addWidget(self.again_button)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        buttons.addWidget(self.take_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.SPACE[3]] * 4)
        column.setSpacing(theme.SPACE[2])
        column.addWidget(self.hint)
        column.addWidget(self.view, 1)
        column.addLayout(buttons)

    def start(self) -> None:
        """Start the camera that was used last, or say that there is none."""
        self._list_cameras()
        self.view.show()
        self.view.start(self._session.settings.camera)

    def take(self) -> None:
        """Take the photo that is seen."""
        if self._for_face and not self.view.image.isNull():
            self.taken.emit(encoded(self.view.image))
            self.accept()

    def _list_cameras(self) -> None:
        names = [device.description() for device in CameraView.devices()]
        self.cameras.clear()
        self.cameras.addItems(names)
        self.cameras.setCurrentText(self._session.settings.camera)
        self.cameras.setVisible(len(names) > 1)

    def _on_chosen(self) -> None:
        self._session.save_settings(camera=self.cameras.currentText())
        self.view.start(self.cameras.currentText())

    def _on_failed(self, code: str) -> None:
        self.take_button.setEnabled(False)
        self.hint.setText(say(self._session.language, code))
        self.view.hide()  # there is nothing to see
        self.adjustSize()

    def _on_frame(self, image: QImage) -> None:
        if self._for_face:
            self.take_button.setEnabled(True)
            return
        if self._is_reading:
            return  # this frame is dropped: the next one shows the same paper
        self._is_reading = True
        now = time.monotonic()
        with_zone = now - self._last_zone > _ZONE_EVERY_S
        if with_zone:
            self._last_zone = now
        frame = QImage(image)
        self._session.work.query(
            lambda: papers_of(frame, with_zone=with_zone), self._on_read, self._on_not_read, owner=self
        )

    def _on_not_read(self, _error: Exception) -> None:
        self._is_reading = False

    def _on_read(self, found: tuple[list[str | bytes], bool]) -> None:
        self._is_reading = False
        papers, by_shape = found
        if papers and self.isVisible():
            # Closed first: what is read goes to the place below, and a question that is open would keep it away.
            self.accept()
            self.read.emit(Scan(papers[0], ScanSource.CAMERA, by_shape, tuple(papers[1:])))


def read_with_camera(session: Session, parent: QWidget) -> CameraDialog:
    """Open the camera to read a paper; what it reads arrives like any other scan."""
    dialog = CameraDialog(session, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.read.connect(session.scans.arrived)
    dialog.open()
    dialog.start()
    return dialog
