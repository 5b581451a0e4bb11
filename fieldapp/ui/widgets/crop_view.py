"""Which part of a photo is kept: a frame of 3:4 that is moved and sized by keys and by the mouse."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QWidget

_STEP, _ZOOM = 0.03, 0.06
_SMALLEST = 0.2
_RATIO = 3 / 4


class CropView(QWidget):
    """Shows a photo dimmed around the frame. `x`, `y` are the middle and `part` the height of it, as shares."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._image = QImage()
        self.x_share, self.y_share, self.part = 0.5, 0.5, 1.0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(420, 320)
        self.setAccessibleName(name)

    def show_photo(self, image: QImage) -> None:
        """Show a photo with the largest frame in its middle."""
        self._image = image
        self.x_share, self.y_share, self.part = 0.5, 0.5, 1.0
        self.update()

    def frame(self) -> QRectF:
        """Return the frame in shares of the photo."""
        wide, high = float(self._image.width() or 1), float(self._image.height() or 1)
        tall = min(high, wide / _RATIO) * self.part
        width, height = tall * _RATIO / wide, tall / high
        left = min(max(self.x_share - width / 2, 0.0), 1.0 - width)
        top = min(max(self.y_share - height / 2, 0.0), 1.0 - height)
        return QRectF(left, top, width, height)

    def _place(self) -> QRectF:
        size = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        return QRectF(
            (self.width() - size.width()) / 2, (self.height() - size.height()) / 2, size.width(), size.height()
        )

    def _move(self, by_x: float, by_y: float) -> None:
        frame = self.frame()
        middle = frame.center() + QPointF(by_x, by_y)
        self.x_share = min(max(middle.x(), frame.width() / 2), 1.0 - frame.width() / 2)
        self.y_share = min(max(middle.y(), frame.height() / 2), 1.0 - frame.height() / 2)
        self.update()

    def _zoom(self, by: float) -> None:
        self.part = min(max(self.part + by, _SMALLEST), 1.0)
        self._move(0.0, 0.0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = {
            Qt.Key.Key_Left: (-_STEP, 0.0), Qt.Key.Key_Right: (_STEP, 0.0),
            Qt.Key.Key_Up: (0.0, -_STEP), Qt.Key.Key_Down: (0.0, _STEP),
        }  # fmt: skip
        key = Qt.Key(event.key())
        if key in moves:
            self._move(*moves[key])
        elif event.text() == "+":
            self._zoom(-_ZOOM)
        elif event.text() == "-":
            self._zoom(_ZOOM)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._zoom(-_ZOOM if event.angleDelta().y() > 0 else _ZOOM)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = self._place()
        if place.width() and place.height():
            at = event.position() - place.topLeft()
            frame = self.frame().center()
            self._move(at.x() / place.width() - frame.x(), at.y() / place.height() - frame.y())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        place, frame = self._place(), self.frame()
        painter.drawImage(place, self._image)
        kept = QRectF(
            place.x() + frame.x() * place.width(), place.y() + frame.y() * place.height(),
            frame.width() * place.width(), frame.height() * place.height(),
        )  # fmt: skip
        painter.setOpacity(0.55)
        for part in _around(place, kept):
            painter.fillRect(part, QColor("black"))
        painter.setOpacity(1.0)
        painter.setPen(QPen(self.palette().highlight(), 3))
        painter.drawRect(kept)


def _around(whole: QRectF, kept: QRectF) -> tuple[QRectF, ...]:
    return (
        QRectF(whole.left(), whole.top(), whole.width(), kept.top() - whole.top()),
        QRectF(whole.left(), kept.bottom(), whole.width(), whole.bottom() - kept.bottom()),
        QRectF(whole.left(), kept.top(), kept.left() - whole.left(), kept.height()),
        QRectF(kept.right(), kept.top(), whole.right() - kept.right(), kept.height()),
    )
