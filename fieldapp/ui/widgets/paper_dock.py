"""Where the strip of a paper stands: over the form, so that it stays in sight while the fields scroll below it.

Where it would take too much of the height, the strip leaves out what stands in the fields and beside them as well.
"""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from fieldapp.ui.widgets.paper_strip import PaperStrip

_MOST_OF_HEIGHT = 0.45
"""The share of the height that a strip with all its words may take."""


class PaperDock(QWidget):
    """Shows the strip of the person whose fields have the keyboard; while it is elsewhere in the form, none."""

    def __init__(self, form: QWidget) -> None:
        super().__init__()
        self._form = form
        self._fields: dict[PaperStrip, QWidget] = {}
        self._holders: dict[PaperStrip, QWidget] = {}
        self._current: PaperStrip | None = None
        self._is_wanted = True
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus_changed)
        self.hide()

    def take(self, strip: PaperStrip, fields: QWidget) -> None:
        """Take in the strip of the person with these fields."""
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(strip)
        self._box.addWidget(holder)
        self._fields[strip], self._holders[strip] = fields, holder
        strip.spoke.connect(lambda: self._on_spoke(strip))

    def want(self, *, wanted: bool) -> None:
        """Say whether the form is in sight."""
        self._is_wanted = wanted
        self._show_current()

    def fit(self) -> None:
        """Show as much of the strip as the height has room for."""
        if self._current is not None:
            self._current.set_brief(brief=False)
            self._settle()

    def event(self, event: QEvent) -> bool:
        """Hear when words want another size: they get theirs only once they are in sight."""
        was_taken = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:
            self._settle()
        return was_taken

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Try all the words again at a new width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()

    def _settle(self) -> None:
        """Take the height that the strip needs, and leave words out where that is too much."""
        strip = self._current
        if strip is None or self.isHidden():
            return
        most = int((self.height() + self._form.height()) * _MOST_OF_HEIGHT)
        if self._height_of(strip) > most:
            strip.set_brief(brief=True)
        self.setFixedHeight(self._height_of(strip))

    def _height_of(self, strip: PaperStrip) -> int:
        layout = strip.layout()
        assert layout is not None
        layout.activate()
        return layout.totalHeightForWidth(self.width())

    def _on_spoke(self, strip: PaperStrip) -> None:
        if not strip.isHidden():
            self._current = strip
        elif self._current is strip:
            self._current = None
        self._show_current()

    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is None or not self._form.isAncestorOf(new):
            return
        current = next((strip for strip, fields in self._fields.items() if fields.isAncestorOf(new)), None)
        if current is not self._current:
            self._current = current
            self._show_current()

    def _show_current(self) -> None:
        shown = self._current if self._current is not None and not self._current.isHidden() else None
        for strip, holder in self._holders.items():
            holder.setVisible(strip is shown)
        self.setVisible(shown is not None and self._is_wanted)
        self.fit()
