"""The slip beside the form: how it will look while the family is entered, and the real one once it is issued."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from fieldapp.i18n import Language
from fieldapp.ui import theme
from fieldapp.ui.widgets.pdf_view import PdfView
from fieldapp.ui.widgets.queue_line import QueueLine


class SlipSide(QWidget):
    """The slip's picture with a mark that says whether it is only a preview."""

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self._heading = QLabel(language.gettext("Slip"))
        self._heading.setProperty("kind", "section")
        self._mark = QLabel()
        self._mark.setProperty("kind", "mark")
        self.view = PdfView(language.gettext("The slip"))
        self._empty = QLabel(language.gettext("As soon as there is a name, the slip is shown here as it will look."))
        self._empty.setProperty("kind", "hint")
        self._empty.setWordWrap(True)
        self.queue = QueueLine(language)
        line = QHBoxLayout()
        line.addWidget(self._heading)
        line.addStretch(1)
        line.addWidget(self._mark)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.SPACE[1])
        box.addLayout(line)
        box.addWidget(self._empty)
        box.addWidget(self.view, 1)
        box.addWidget(self.queue)
        self._box = box
        self._hints: QWidget | None = None
        self.clear()

    def take_hints(self, hints: QWidget) -> None:
        """Take the hints in above the slip."""
        self._hints = hints
        self._box.insertWidget(0, hints)

    def stand(self, beside: QHBoxLayout, below: QVBoxLayout, *, wide: bool) -> None:
        """Stand beside the form, or below it where there is no room for both."""
        if wide == (beside.indexOf(self) >= 0):
            return
        if wide:
            below.removeWidget(self)
            beside.addWidget(self, 2)
            if self._hints is not None:
                self._box.insertWidget(0, self._hints)
        else:
            beside.removeWidget(self)
            below.insertWidget(below.count() - 1, self)
            if self._hints is not None:
                below.insertWidget(1, self._hints)  # right below the person they are about
        self.show()

    def clear(self) -> None:
        """Show no slip."""
        self.view.show_pdf(b"")
        self._mark.hide()
        self._empty.show()

    def show_preview(self, pdf: bytes) -> None:
        """Show how the slip will look; it is marked as nothing to hand out."""
        self._show(pdf, self._language.gettext("PREVIEW · not saved yet"), "warn")

    def show_issued(self, pdf: bytes) -> None:
        """Show a slip that was issued."""
        self._show(pdf, self._language.gettext("Issued"), "ok")

    def _show(self, pdf: bytes, words: str, state: str) -> None:
        self.view.show_pdf(pdf)
        self._mark.setText(words)
        theme.set_property(self._mark, "state", state)
        self._mark.show()
        self._empty.hide()
