"""The live picture of a camera. Loaded when a camera is first opened: QtMultimedia takes its time."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QImage, QPixmap
from PySide6.QtMultimedia import QCamera, QCameraDevice, QMediaCaptureSession, QMediaDevices, QVideoFrame, QVideoSink
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

_LEAST = (480, 360)


class CameraView(QWidget):
    """Shows frames as they come. Emits each as `frame_came` (QImage), and `failed` with a code of `words`.

    Frames come into `sink`, from a camera or from whatever else plays into it.
    """

    frame_came = Signal(object)
    failed = Signal(str)
    devices_changed = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.sink = QVideoSink(self)
        self.image = QImage()
        self._session = QMediaCaptureSession(self)
        self._session.setVideoSink(self.sink)
        self._camera: QCamera | None = None
        self._media = QMediaDevices(self)
        self._label = QLabel()
        self._label.setAccessibleName(name)
        self._label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._label.setMinimumSize(*_LEAST)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._label, 1)
        self.sink.videoFrameChanged.connect(self._on_frame)
        self._media.videoInputsChanged.connect(self._on_devices)

    @staticmethod
    def devices() -> list[QCameraDevice]:
        """Return the cameras there are."""
        return list(QMediaDevices.videoInputs())

    def start(self, name: str = "") -> None:
        """Start the camera of this name, or the usual one; without any, `failed` says so."""
        self.stop()
        found = self.devices()
        if not found:
            self.failed.emit("no_camera")
            return
        device = next((one for one in found if one.description() == name), QMediaDevices.defaultVideoInput())
        self._camera = QCamera(device, self)
        self._camera.errorOccurred.connect(lambda *_error: self.failed.emit("camera_failed"))
        self._session.setCamera(self._camera)
        self._camera.start()

    def stop(self) -> None:
        """Let the camera go."""
        if self._camera is not None:
            camera, self._camera = self._camera, None
            camera.stop()
            camera.deleteLater()

    def _on_frame(self, frame: QVideoFrame) -> None:
        # The last frame of a stream is empty.
        image = frame.toImage() if frame.isValid() else QImage()
        if image.isNull():
            return
        self.image = image
        shown = image.scaled(
            self._label.size(), Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.FastTransformation
        )
        self._label.setPixmap(QPixmap.fromImage(shown))
        self.frame_came.emit(image)

    def _on_devices(self) -> None:
        self.devices_changed.emit()
        if self._camera is not None and self._camera.cameraDevice() not in self.devices():
            self.stop()
            self._label.clear()
            self.failed.emit("camera_gone")

    def hideEvent(self, event: QHideEvent) -> None:
        """A camera that nobody looks at is off."""
        super().hideEvent(event)
        self.stop()
