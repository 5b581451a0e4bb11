"""Carrying records on a stick: where to, one key to write and read back, one to take in what others wrote."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QLabel, QProgressBar, QPushButton, QSizePolicy
from shiboken6 import isValid

from fieldapp import words
from fieldapp.domain.problems import EnvironmentProblem, Problem
from fieldapp.services.bundles import Exported, Imported, bundle_files, export_bundles
from fieldapp.services.elsewhere import Elsewhere
from fieldapp.trust.safe_files import is_folder
from fieldapp.ui import theme
from fieldapp.ui.models.exchange_words import imported_words
from fieldapp.ui.places import Shell
from fieldapp.ui.session import Session
from fieldapp.ui.sticks import sticks
from fieldapp.ui.taking_in import TakingIn
from fieldapp.ui.widgets.banner import ICONS
from fieldapp.ui.widgets.card import Card
from fieldapp.ui.widgets.field_frame import FieldFrame
from fieldapp.ui.widgets.wrap_layout import WrapLayout

_LOOK_EVERY_MS = 2000


class StickCard(Card):
    """Writes to a folder and takes in from it, with progress; `exchanged` when something was written or taken in."""

    exchanged = Signal()
    _progressed = Signal(int, int)

    def __init__(self, session: Session, shell: Shell) -> None:
        _ = session._
        super().__init__(
            _("Carry on a stick"),
            _(
                "What is written can be read by the laptops of this operation alone. A stick that is lost loses nothing."
            ),
        )
        self._session, self._shell = session, shell
        self._taking: TakingIn | None = None
        self._is_stopped = self.is_busy = False
        self.target = QComboBox()
        self.target.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.target.setMinimumContentsLength(20)
        self.target.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.folder_frame = FieldFrame(_("Stick or folder"), self.target, chars=30)
        self.choose_button = QPushButton(_("Other folder  Ctrl+O"))
        theme.set_icon(self.choose_button, "folder-open")
        self.take_button = QPushButton(_("Take in what others wrote  Ctrl+I"))
        theme.set_icon(self.take_button, "download")
        self.write_button = QPushButton()
        self.write_button.setProperty("kind", "primary")
        self.bar = QProgressBar()
        self.bar.setAccessibleName(_("Progress of the stick"))
        self.stop_button = QPushButton(_("Stop"))
        self.words = QLabel()
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        self._sign = QLabel()
        self._lay_out()
        self._connect()
        self.show_state(None)
        self.look()

    def _lay_out(self) -> None:
        where = QHBoxLayout()
        where.setSpacing(theme.SPACE[2])
        where.addWidget(self.folder_frame, 1)
        buttons = WrapLayout(gap=theme.SPACE[2], line_gap=theme.SPACE[1], at_end=True)
        for button in (self.choose_button, self.take_button, self.write_button):
            buttons.addWidget(button)
        running = QHBoxLayout()
        running.setSpacing(theme.SPACE[2])
        running.addWidget(self.bar, 1)
        running.addWidget(self.stop_button)
        self.column.addLayout(where)
        said = QHBoxLayout()
        said.setSpacing(theme.SPACE[1])
        said.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        said.addWidget(self.words, 1)
        self.column.addLayout(said)
        self.column.addLayout(running)
        self.column.addLayout(buttons)
        for widget in (self.bar, self.stop_button, self._sign, self.words):
            widget.hide()

    def _connect(self) -> None:
        self.choose_button.clicked.connect(self.choose)
        self.take_button.clicked.connect(self.take_in)
        self.write_button.clicked.connect(self.write)
        self.stop_button.clicked.connect(self.stop)
        self._progressed.connect(self._on_progressed)
        self.target.activated.connect(lambda _index: self._remember(self.folder))
        self._look = QTimer(self, interval=_LOOK_EVERY_MS)
        self._look.timeout.connect(self.look)

    @property
    def folder(self) -> Path | None:
        """The stick or folder that is chosen."""
        chosen = self.target.currentData()
        return Path(chosen) if chosen else None

    def show_state(self, state: Elsewhere | None) -> None:
        """Say on the button what will be written; without other laptops there is nobody to write for."""
        language = self._session.language
        if state is None or not state.records:
            self.write_button.setText(language.gettext("Write to the stick  Ctrl+Enter"))
        else:
            self.write_button.setText(
                language.ngettext(
                    "Write {number} record to the stick  Ctrl+Enter", "Write {number} records to the stick  Ctrl+Enter",
                    state.records,
                )
            )  # fmt: skip
        if state is not None and not state.laptops and not self.is_busy:
            self._say("info", words.say(language, "nobody_to_read"))
        self.write_button.setEnabled(state is not None and state.laptops > 0 and not self.is_busy)

    def look(self) -> None:
        """List the sticks that are plugged in, and the folder that was used last; what is chosen stays chosen."""
        remembered, chosen = self._session.settings.sync_folder, self.target.currentData()
        found = [str(path) for path in sticks()]
        if remembered and remembered not in found and is_folder(Path(remembered)):
            found.append(remembered)
        _ = self._session._
        self.folder_frame.set_hint("" if found else _("No stick is plugged in. Plug one in, or choose a folder."))
        if found == [self.target.itemData(place) for place in range(self.target.count())]:
            return
        self.target.clear()
        for path in found:
            self.target.addItem(theme.icon("usb"), path, path)
        wanted = chosen if chosen in found else remembered
        if wanted in found:
            self.target.setCurrentIndex(found.index(wanted))

    def choose(self) -> None:
        """Choose a folder by hand."""
        start = str(self.folder or "")
        chosen = QFileDialog.getExistingDirectory(self, self._session._("Stick or folder"), start)
        if chosen:
            self.use(Path(chosen))

    def use(self, folder: Path) -> None:
        """Take a folder, and remember it."""
        self._remember(folder)
        self.look()
        self.target.setCurrentIndex(max(0, self.target.findData(str(folder))))

    def _remember(self, folder: Path | None) -> None:
        if folder is not None and str(folder) != self._session.settings.sync_folder:
            self._session.save_settings(sync_folder=str(folder))

    def _needs_folder(self) -> Path | None:
        if self.is_busy:
            return None
        if self.folder is None:
            self.folder_frame.set_problem(self._session._("Plug a stick in, or choose a folder."))
            self.target.setFocus()
            return None
        self.folder_frame.set_problem("")
        self._remember(self.folder)
        return self.folder

    def write(self) -> None:
        """Write what others are not known to hold, in the background; families are registered and saved meanwhile."""
        folder, desk = self._needs_folder(), self._session.desk
        if folder is None or not self.write_button.isEnabled():
            return
        self._begin(self._session._("Writing to the stick"))

        def progressed(done: int, whole: int) -> None:
            if isValid(self):
                self._progressed.emit(done, whole)

        self._session.work.query(
            lambda: export_bundles(desk, folder, progressed, lambda: self._is_stopped),
            self._on_written, self._on_failed, owner=self,
        )  # fmt: skip

    def take_in(self) -> None:
        """Take in every bundle in the folder, in the background."""
        folder = self._needs_folder()
        if folder is None:
            return
        self._begin(self._session._("Reading from the stick"))
        self._session.work.query(
            lambda: list(bundle_files([folder])), lambda files: self._on_listed(folder, files), self._on_failed,
            owner=self,
        )  # fmt: skip

    def _on_listed(self, folder: Path, files: list[Path]) -> None:
        if not files:
            self._on_failed(Problem("no_bundles", path=str(folder)))
            return
        self._taking = TakingIn(self._session, files, self)
        self._taking.progressed.connect(self._on_progressed)
        self._taking.finished.connect(self._on_taken_in)
        self._taking.start()

    def stop(self) -> None:
        """Stop after the file that is being written or read."""
        self._is_stopped = True
        self.stop_button.setEnabled(False)
        if self._taking is not None:
            self._taking.stop()

    def _begin(self, doing: str) -> None:
        self._is_stopped, self._taking = False, None
        self.bar.setRange(0, 0)
        self._run(running=True)
        self._shell.set_status(doing)
        self.stop_button.setFocus()

    def _run(self, *, running: bool) -> None:
        self.is_busy = running
        for button in (self.choose_button, self.take_button, self.write_button, self.target):
            button.setEnabled(not running)
        self.bar.setVisible(running)
        self.stop_button.setVisible(running)
        self.stop_button.setEnabled(running)
        if running:
            self._sign.hide()
            self.words.hide()

    def _on_progressed(self, done: int, whole: int) -> None:
        self.bar.setRange(0, max(1, whole))
        self.bar.setValue(done)

    def _end(self, focus: QPushButton) -> None:
        had_focus = self.stop_button.hasFocus()
        self._run(running=False)
        self._shell.set_status("")
        if had_focus:
            focus.setFocus()
        self.exchanged.emit()

    def _on_written(self, done: Exported) -> None:
        self._end(self.write_button)
        self._say(
            "ok",
            self._session.language.ngettext(
                "Written and read back: {number} change. Take the stick to the other laptops; it counts as safe once"
                " one of them confirmed it on a stick that comes back.",
                "Written and read back: {number} changes. Take the stick to the other laptops; they count as safe once"
                " one of them confirmed them on a stick that comes back.",
                done.changes,
            ),
        )

    def _on_taken_in(self, done: Imported, error: Exception | None) -> None:
        self._taking = None
        self._end(self.take_button)
        state, text = imported_words(self._session.language, done, self._session.desk.device.code)
        if error is not None:
            self._on_failed(error, before=text if done.files else "")
            return
        self._say(state, text)

    def _on_failed(self, error: Exception, before: str = "") -> None:
        if self.is_busy:
            self._end(self.write_button)
        if not isinstance(error, Problem):
            self._shell.show_problem(error)
            return
        text = words.say(self._session.language, error.code, **error.values)
        self._say(
            "danger" if isinstance(error, EnvironmentProblem) else "warn", "\n".join(filter(None, (before, text)))
        )

    def _say(self, state: str, text: str) -> None:
        theme.set_property(self.words, "state", state)
        theme.set_icon(self._sign, ICONS[state], state)
        self.words.setText(text)
        self._sign.show()
        self.words.show()

    def key_actions(self) -> tuple[tuple[str, Callable[[], None]], ...]:
        """Return the keys of this card for the place it stands in."""
        return (
            ("Ctrl+Return", self.write_button.click), ("Ctrl+Enter", self.write_button.click),
            ("Ctrl+I", self.take_button.click), ("Ctrl+O", self.choose_button.click),
        )  # fmt: skip

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Look for sticks while in sight."""
        super().showEvent(event)
        self.look()
        self._look.start()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Look for none behind another place."""
        super().hideEvent(event)
        self._look.stop()
