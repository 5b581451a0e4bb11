"""Register: the form, its draft, and the way from Ctrl+Enter to a slip on paper.

The record is durable before its slip is made; a printer that is gone costs paper, never a record.
"""

import logging
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from fieldapp.domain.ids import uuid7
from fieldapp.domain.problems import InvalidEntry
from fieldapp.domain.record import FieldProblem, GroupEntry, Role
from fieldapp.services.drafts import Draft, discard_draft, drafts, save_draft
from fieldapp.services.register import Registered, check_entry, register_group
from fieldapp.services.slips import IssuedSlip, issue_slip, preview_slip, slip_pdf
from fieldapp.ui import theme
from fieldapp.ui.models.draft_content import ArrivalDraft, GroupDraft, from_map, to_map
from fieldapp.ui.models.draft_entry import read_draft
from fieldapp.ui.places import Place, Shell
from fieldapp.ui.printing import print_pdf
from fieldapp.ui.screens.register_form import RegisterForm
from fieldapp.ui.session import Session
from fieldapp.ui.widgets.pdf_view import PdfView

log = logging.getLogger(__name__)
_DRAFT_AFTER_MS = 400
_PREVIEW_AFTER_MS = 900


class RegisterPlace(Place):
    """The place where families are registered."""

    def __init__(self, session: Session, shell: Shell) -> None:
        super().__init__(session, shell)
        desk = session.desk
        with_protection = desk.actor.role is Role.PROTECTION_OFFICER
        self.form = RegisterForm(session.language, desk.today, desk.device.post, with_protection=with_protection)
        self.preview = PdfView(session._("Slip"))
        self._draft_id: UUID | None = None
        self._last = ArrivalDraft()
        self._slip = b""
        self._group: UUID | None = None
        self._was_offered = False
        self._is_saving = False
        self._save_soon = _timer(self, _DRAFT_AFTER_MS, self.keep_draft)
        self._preview_soon = _timer(self, _PREVIEW_AFTER_MS, self._ask_preview)
        self._lay_out()
        self.form.changed.connect(self._on_changed)
        self.form.passed.connect(self.save_button.setFocus)
        for keys, action in (
            ("Ctrl+Return", self.save_and_print), ("Ctrl+Enter", self.save_and_print), ("Ctrl+P", self.print_again),
            ("Ctrl+R", self.take_last), ("Ctrl+N", self.form.members.begin_new), ("Escape", self.put_aside),
        ):  # fmt: skip
            shortcut = QShortcut(QKeySequence(keys), self, action)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def title(self) -> str:
        return self.session._("Register a family")

    def shortcuts(self) -> tuple[tuple[str, str], ...]:
        _ = self.session._
        return (
            ("Ctrl+Enter", _("Save and print")),
            ("Ctrl+N", _("Add a member")),
            ("Ctrl+R", _("As the last family")),
            ("Ctrl+P", _("Print the last slip again")),
            ("Esc", _("Save the draft and begin another")),
        )

    def _lay_out(self) -> None:
        _ = self.session._
        self.number = QLabel()
        self.number.setProperty("kind", "number")
        self.saved = QLabel()
        self.saved.setProperty("kind", "secondary")
        self.saved.setWordWrap(True)
        self.heading = QLabel(_("The slip will look like this"))
        self.heading.setProperty("kind", "section")
        self.heading.setWordWrap(True)
        self.again_button = QPushButton(_("Print again   Ctrl+P"))
        self.again_button.clicked.connect(self.print_again)
        self.file_button = QPushButton(_("Save the slip as a file"))
        self.file_button.setProperty("kind", "quiet")
        self.file_button.clicked.connect(self._choose_file)
        side = QVBoxLayout()
        for part in (self.heading, self.number, self.saved, self.again_button, self.file_button):
            side.addWidget(part)
        side.addWidget(self.preview, 1)
        self.draft_button = QPushButton(_("Save draft   Esc"))
        self.draft_button.setProperty("kind", "quiet")
        self.draft_button.clicked.connect(self.put_aside)
        self.plain_button = QPushButton(_("Save without printing"))
        self.plain_button.clicked.connect(lambda: self.save(with_print=False))
        self.save_button = QPushButton(_("Save and print   Ctrl+Enter"))
        self.save_button.setProperty("kind", "primary")
        self.save_button.clicked.connect(self.save_and_print)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        for button in (self.draft_button, self.plain_button, self.save_button):
            buttons.addWidget(button)
        body = QHBoxLayout()
        body.setSpacing(theme.SPACE[4])
        body.addWidget(self.form, 5)
        aside = QWidget()
        aside.setLayout(side)
        body.addWidget(aside, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE[4], theme.SPACE[3], theme.SPACE[4], theme.SPACE[3])
        column.addLayout(body, 1)
        column.addLayout(buttons)
        self._show_side(None)

    def _show_side(self, registered: Registered | None) -> None:
        _ = self.session._
        done = registered is not None
        for part in (self.number, self.saved, self.again_button, self.file_button):
            part.setVisible(done and (part is not self.file_button or bool(self._slip)))
        if registered is not None:
            self.heading.setText(_("Registered"))
            self.number.setText(registered.number)
            self.saved.setText(_("The record is safe on this laptop. The form is ready for the next family."))
        else:
            self.heading.setText(_("The slip will look like this"))

    def entered(self) -> None:
        if not self._was_offered:
            self._was_offered = True
            self.session.work.query(lambda: drafts(self.session.desk), self._offer, owner=self)
        self.form.start()

    def left(self) -> None:
        self.keep_draft()

    def _offer(self, found: tuple[Draft, ...]) -> None:
        """Offer what was not finished, the latest first."""
        if not found or not self.form.draft.is_blank:
            return
        draft = found[0]
        when = self.session.moment(draft.saved_at_ms)
        name = from_map(draft.content).title or self.session._("no name yet")
        self.shell.show_banner(
            "info",
            self.session._("An unfinished registration was kept: {name}, {when}.", name=name, when=when),
            self.session._("Go on with it"),
            lambda: self.take_up(draft),
        )

    def take_up(self, draft: Draft) -> None:
        """Go on with a draft."""
        self.shell.clear_banner()
        self._draft_id = draft.draft_id
        self.form.set_draft(from_map(draft.content))
        self._show_side(None)
        self.form.start()

    def discard(self) -> None:
        """Forget the draft in the form and empty it."""
        if self._draft_id is not None:
            draft_id = self._draft_id
            self.session.work.change(lambda: discard_draft(self.session.desk, draft_id), owner=self, changes="drafts")
        self._begin_next()

    def _on_changed(self) -> None:
        self._save_soon.start()
        self._preview_soon.start()

    def keep_draft(self) -> None:
        """Save what stands in the form, in turn with registering it: a later save would bring the draft back."""
        self._save_soon.stop()
        draft = self.form.draft
        if draft.is_blank or self._is_saving:
            return
        desk = self.session.desk
        if self._draft_id is None:
            self._draft_id = uuid7(desk.now_ms(), desk.random_bytes)
        draft_id, content = self._draft_id, to_map(draft)
        self.session.work.change(lambda: save_draft(desk, draft_id, content), owner=self, changes="drafts")

    def put_aside(self) -> None:
        """Keep the draft and begin another family."""
        if self.form.draft.is_blank:
            return
        self.keep_draft()
        self.shell.show_banner("ok", self.session._("The draft is kept. It is offered again when you come back here."))
        self._was_offered = False
        self._begin_next()

    def take_last(self) -> None:
        """Say that this family came as the last one did."""
        if self._last != ArrivalDraft():
            self.form._put_arrival(self._last)
            self._on_changed()

    def save_and_print(self) -> None:
        """Register the family and print its slip."""
        self.save(with_print=True)

    def save(self, *, with_print: bool) -> None:
        """Register the family; errors are said beside their fields and nothing typed is lost."""
        if self._is_saving:
            return
        desk = self.session.desk
        self.form.clear_problems()
        self.form.members.settle()
        draft = self.form.draft
        entry, unread = read_draft(draft, desk.now_ms(), desk.today())
        problems = unread + check_entry(entry, desk.today(), desk.zone)
        if any(problem.blocking for problem in problems):
            self._refuse(problems)
            return
        self._is_saving = True
        self._save_soon.stop()
        self._preview_soon.stop()
        self.save_button.setEnabled(False)
        draft_id, slip_language = self._draft_id, self.session.settings.slip_language
        layout = self.session.settings.slip_layout

        def work() -> tuple[Registered, bytes]:
            registered = register_group(desk, entry, draft_id)
            if not with_print:
                return registered, b""
            try:
                issued = issue_slip(desk, registered.group_id, slip_language)
                return registered, slip_pdf(issued, layout, desk.zone)
            except Exception:  # the family is registered; whatever the slip lacks, it must not be entered twice
                log.exception("the slip of a registered family could not be made")
                return registered, b""

        self.session.work.change(
            work,
            lambda done: self._on_registered(*done, draft, with_print=with_print),
            self._on_failed,
            owner=self,
            changes="groups",
        )

    def _refuse(self, problems: tuple[FieldProblem, ...]) -> None:
        _ = self.session._
        if not self.form.show_problems(problems):
            first = next(problem for problem in problems if problem.blocking)
            self.shell.show_problem(InvalidEntry((first,)))
            return
        self.shell.show_banner("danger", _("Some fields need to be corrected before this can be saved."))

    def _on_failed(self, error: Exception) -> None:
        self._is_saving = False
        self.save_button.setEnabled(True)
        if isinstance(error, InvalidEntry):
            self._refuse(tuple(each for each in error.problems if isinstance(each, FieldProblem)))
        else:
            self.shell.show_problem(error)

    def _on_registered(self, registered: Registered, pdf: bytes, draft: GroupDraft, *, with_print: bool) -> None:
        self._is_saving = False
        self.save_button.setEnabled(True)
        self.shell.clear_banner()
        self._group, self._slip = registered.group_id, pdf
        self._last = draft.arrival.shared()
        self._begin_next()
        self._show_side(registered)
        self.preview.show_pdf(pdf)
        if pdf:
            print_pdf(self, pdf, self.session.settings, self._on_printed)
        elif with_print:
            self._on_printed(False)

    def _begin_next(self) -> None:
        self._draft_id = None
        self._save_soon.stop()
        self.form.begin(self._last)
        self._show_side(None)
        self.form.start()

    def _on_printed(self, is_printed: bool) -> None:
        if not is_printed:
            self.shell.show_banner(
                "warn",
                self.session._(
                    "The record is saved. No slip was printed; print it again with Ctrl+P, or save it as a file."
                ),
                self.session._("Save the slip as a file") if self._slip else None,
                self._choose_file,
            )

    def print_again(self) -> None:
        """Print the next copy of the last family's slip."""
        if self._group is None:
            return
        desk, group = self.session.desk, self._group
        settings = self.session.settings

        def work() -> bytes:
            issued: IssuedSlip = issue_slip(desk, group, settings.slip_language)
            return slip_pdf(issued, settings.slip_layout, desk.zone)

        self.session.work.change(work, self._print_copy, owner=self, changes="slips")

    def _print_copy(self, pdf: bytes) -> None:
        self._slip = pdf
        self.file_button.setVisible(self.again_button.isVisible())
        self.preview.show_pdf(pdf)
        print_pdf(self, pdf, self.session.settings, self._on_printed)

    def _choose_file(self) -> None:
        _ = self.session._
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("Save the slip as a file"), f"{self.number.text() or 'slip'}.pdf", "PDF (*.pdf)"
        )
        if chosen and self._slip:
            self.save_slip_to(Path(chosen))

    def save_slip_to(self, path: Path) -> None:
        """Write the last slip to a file."""
        from fieldapp.services.slip_files import write_slip  # noqa: PLC0415

        pdf = self._slip
        self.session.work.query(lambda: write_slip(path, pdf), lambda _done: None, owner=self)

    def _ask_preview(self) -> None:
        """Draw the slip as it will be, while nobody types."""
        desk, settings = self.session.desk, self.session.settings
        draft = self.form.draft
        if draft.is_blank or self._is_saving:
            return
        entry, _unread = read_draft(draft, desk.now_ms(), desk.today())
        self._show_side(None)
        self.session.work.query(
            lambda: _preview(self.session, entry, settings.slip_language),
            self._on_preview,
            lambda _error: None,
            owner=self,
        )

    def _on_preview(self, pdf: bytes) -> None:
        if not self._preview_soon.isActive():
            self.preview.show_pdf(pdf)


def _preview(session: Session, entry: GroupEntry, slip_language: str) -> bytes:
    return slip_pdf(preview_slip(session.desk, entry, slip_language), "a6", session.desk.zone)


def _timer(place: QWidget, after_ms: int, action: object) -> QTimer:
    timer = QTimer(place)
    timer.setSingleShot(True)
    timer.setInterval(after_ms)
    timer.timeout.connect(action)
    return timer
