"""Pictures and PDFs of papers: chosen as a file or dropped onto the window, read like any other scan."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from fieldapp.domain.problems import Problem
from fieldapp.services.pictures import can_read_zones, papers_in_picture
from fieldapp.ui.places import Shell
from fieldapp.ui.scans import Scan, ScanSource
from fieldapp.ui.session import Session


class PictureDrop(QObject):
    """Takes files that are dropped onto a widget, and asks for one."""

    def __init__(self, session: Session, shell: Shell, widget: QWidget) -> None:
        super().__init__(widget)
        self._session, self._shell, self._widget = session, shell, widget
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take the first file of what is dropped."""
        if isinstance(event, QDragEnterEvent) and any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()
            return True
        if isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
            if files:
                event.acceptProposedAction()
                self.read(Path(files[0]))
                return True
        return False

    def choose(self) -> None:
        """Ask for a picture or a PDF, and read it."""
        title = self._session._("Read a picture or PDF")
        kinds = self._session._("Pictures and PDFs ({kinds})", kinds="*.png *.jpg *.jpeg *.pdf")
        path, _kind = QFileDialog.getOpenFileName(self._widget, title, "", kinds)
        if path:
            self.read(Path(path))

    def read(self, path: Path) -> None:
        """Read a file; what is in it arrives as a scan, and what is not is said."""
        self._session.work.query(
            partial(papers_in_picture, path), partial(self._on_read, path), self._shell.show_problem, owner=self
        )

    def _on_read(self, path: Path, found: tuple[list[str | bytes], bool]) -> None:
        papers, by_shape = found
        if papers:
            self._session.scans.arrived.emit(Scan(papers[0], ScanSource.FILE, by_shape, tuple(papers[1:])))
        else:
            code = "no_code_in_picture" if can_read_zones() else "no_code_in_picture_and_no_ocr"
            self._shell.show_problem(Problem(code, name=path.name))
