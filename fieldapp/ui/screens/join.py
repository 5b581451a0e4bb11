"""A new laptop joins an operation: it says where it stands, shows its request as a code, and takes the reply in."""

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout

from fieldapp import words
from fieldapp.domain.problems import InvalidEntry, Problem
from fieldapp.i18n import Language
from fieldapp.services.enrol import (
    REPLY,
    Request,
    fingerprint,
    join,
    pending_request,
    request_code,
    request_enrolment,
    save_request,
)
from fieldapp.ui import theme
from fieldapp.ui.screens.set_up_steps import PlaceStep
from fieldapp.ui.sticks import sticks
from fieldapp.ui.surroundings import Surroundings
from fieldapp.ui.widgets.qr_view import QrView
from fieldapp.ui.widgets.start_page import StartPage
from fieldapp.ui.work import Work


class JoinScreen(QStackedWidget):
    """Emits `joined` when the register is made, `left` to set up an operation of one's own instead."""

    joined = Signal()
    left = Signal()

    def __init__(self, language: Language, work: Work, surroundings: Surroundings, device_code: str) -> None:
        super().__init__()
        self.setProperty("kind", "page")
        self._language, self._work, self._around = language, work, surroundings
        self.place = PlaceStep(language, device_code, alone=True)
        self.place.primary_button.setText(language.gettext("Make the request"))
        self.place.went_on.connect(self._ask)
        self.place.went_back.connect(self.left)
        self.addWidget(self.place)
        self.reply: ReplyPage | None = None
        pending = pending_request(surroundings.folder)
        if pending is not None:
            self._show_request(pending)
        else:
            QTimer.singleShot(0, self.place, self.place.take_focus)

    def _ask(self) -> None:
        given, around = self.place.answers(), self._around
        self.place.show_problems(())
        self.place.set_busy(True)
        self._work.change(
            lambda: request_enrolment(
                around.folder, None, given["device_code"], given["post"], given["shelter"], clock=around.clock,
                random_bytes=around.random_bytes,
            ),
            self._show_request, self._on_refused, changes="", owner=self,
        )  # fmt: skip

    def _on_refused(self, error: Exception) -> None:
        self.place.set_busy(False)
        if isinstance(error, InvalidEntry):
            self.place.show_problems(error.problems)  # type: ignore[arg-type]
        else:
            self.place.say(_said(self._language, error))

    def _show_request(self, request: Request) -> None:
        self.place.set_busy(False)
        self.reply = ReplyPage(self._language, self._work, self._around, request)
        self.reply.joined.connect(self.joined)
        self.reply.went_back.connect(self._back)
        self.addWidget(self.reply)
        self.setCurrentWidget(self.reply)
        QTimer.singleShot(0, self.reply, self.reply.primary_button.setFocus)

    def _back(self) -> None:
        page, self.reply = self.reply, None
        self.setCurrentWidget(self.place)
        if page is not None:
            self.removeWidget(page)
            page.deleteLater()
        self.place.take_focus()


class ReplyPage(StartPage):
    """The request as a code with its digits; below, where the administrator's reply is taken from."""

    joined = Signal()

    def __init__(self, language: Language, work: Work, surroundings: Surroundings, request: Request) -> None:
        _ = language.gettext
        super().__init__(
            language,
            _("Ask the administrator"),
            _(
                "On the administrator's laptop: Settings, Laptops. Scan this code there, or take the request there in a"
                " file, and compare the digits. Then bring the stick here."
            ),
            primary=_("Join from the stick"),
            back=_("Back  Esc"),
        )
        self._work, self._around, self._request = work, surroundings, request
        self.code = QrView(_("Code of the request"))
        self.code.show_code(request_code(request))
        digits = QLabel(fingerprint(request))
        digits.setProperty("kind", "number")
        digits.setAccessibleName(_("Digits to compare"))
        device = QLabel(_("Laptop {code}", code=request.code))
        device.setProperty("kind", "section")
        self.save_button = QPushButton(_("Save to a file"))
        theme.set_icon(self.save_button, "save")
        self.save_button.clicked.connect(self.choose_target)
        right = QVBoxLayout()
        right.setSpacing(theme.SPACE[2])
        for widget in (device, digits, self.save_button):
            right.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeading)
        right.addStretch()
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE[3])
        row.addWidget(self.code)
        row.addLayout(right, 1)
        self.body.addLayout(row)
        self.went_on.connect(self.choose_source)

    def choose_target(self) -> None:
        """Write the request to a file."""
        chosen, _kind = QFileDialog.getSaveFileName(
            self, self.save_button.text(), f"{self._request.code}.request", ""
        )  # fmt: skip
        if chosen:
            request, path = self._request, Path(chosen)
            said = self.language.gettext("Request written to {file}. Take it to an administrator's laptop.", file=path)
            self._work.change(
                lambda: save_request(request, path), lambda _done: self.say(said, "ok"), self._on_failed, changes="",
                owner=self,
            )  # fmt: skip

    def choose_source(self) -> None:
        """Join from the stick that has the reply, or from a folder that is chosen."""
        found = next((path for path in sticks() if (path / REPLY).is_file()), None)
        if found is None:
            chosen = QFileDialog.getExistingDirectory(self, self.language.gettext("Stick or folder"))
            found = Path(chosen) if chosen else None
        if found is not None:
            self.join_from(found)

    def join_from(self, source: Path) -> None:
        """Make the register from the reply in a folder; nothing is left if it fails, and it can be tried again."""
        folder, clock = self._around.folder, self._around.clock
        self.set_busy(True, self.language.gettext("Making the register from the records on the stick..."))
        self._work.change(
            lambda: join(folder, source, clock=clock), lambda _added: self.joined.emit(), self._on_failed, changes="",
            owner=self,
        )  # fmt: skip

    def _on_failed(self, error: Exception) -> None:
        self.set_busy(False)
        self.say(_said(self.language, error))


def _said(language: Language, error: Exception) -> str:
    code, values = (error.code, error.values) if isinstance(error, Problem) else ("problem", {})
    return words.say(language, code, **values)
