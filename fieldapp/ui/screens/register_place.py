"""Register: the form, its draft, and the way from Ctrl+Enter to a slip on paper.

The record is durable before its slip is made; nothing typed is lost, whatever fails.
"""

from dataclasses import replace

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from fieldapp.domain.papers.reading import PaperReading
from fieldapp.domain.people import TodayFigures
from fieldapp.domain.problems import InvalidEntry
from fieldapp.domain.record import FieldProblem, GroupEntry, Role
from fieldapp.services.drafts import Draft, discard_draft, drafts
from fieldapp.services.register import Registered, check_entry, register_group
from fieldapp.ui import theme
from fieldapp.ui.models.draft_content import ArrivalDraft, GroupDraft, from_map
from fieldapp.ui.models.draft_entry import one_a_field, read_draft
from fieldapp.ui.places import Place, Shell, WayBack
from fieldapp.ui.scans import Scan
from fieldapp.ui.screens.portrait_taking import PortraitTaking
from fieldapp.ui.screens.register_done import DoneCard
from fieldapp.ui.screens.register_drafts import DraftsPanel, draft_words
from fieldapp.ui.screens.register_form import RegisterForm
from fieldapp.ui.screens.register_hints import HintDesk
from fieldapp.ui.screens.register_keeping import DraftKeeper
from fieldapp.ui.screens.register_keys import type_into
from fieldapp.ui.screens.register_notice import print_notice
from fieldapp.ui.screens.register_papers import PaperDesk, form_way_back
from fieldapp.ui.screens.register_preview import SlipPreview
from fieldapp.ui.screens.register_shortcuts import register_shortcuts
from fieldapp.ui.screens.register_side import SlipSide
from fieldapp.ui.screens.register_slip import LastSlip
from fieldapp.ui.screens.register_slip_words import SlipWords
from fieldapp.ui.screens.register_turn import give_its_turn
from fieldapp.ui.screens.register_undo import FormUndo
from fieldapp.ui.session import Session
from fieldapp.ui.widgets.wrap_layout import WrapLayout, with_room_behind

_CLOCK_MS = 20_000
_SIDE_FROM_WIDTH = 900


class RegisterPlace(Place):
    """The place where families are registered."""

    def __init__(self, session: Session, shell: Shell) -> None:
        super().__init__(session, shell)
        desk = session.desk
        with_protection = desk.actor.role is Role.PROTECTION_OFFICER
        self.form = RegisterForm(
            session.language, desk.today, desk.now_ms, session.zone, desk.device.post, with_protection=with_protection
        )
        self.side = SlipSide(session.language)
        self.done = DoneCard(session.language)
        self.drafts = DraftsPanel(session)
        self.slip = LastSlip(session, self)
        self.keeper = DraftKeeper(session, self._draft, self)
        self._last: ArrivalDraft | None = None
        self._was_offered = False
        self._is_saving = False
        self._before_saving: QWidget | None = None
        self.preview = SlipPreview(session, lambda: self.form.draft, self)
        self._clock = QTimer(self, interval=_CLOCK_MS)
        self._lay_out()
        self.papers = PaperDesk(session, shell, self.form, self.go_to_form, self)
        self._left.insertWidget(0, self.papers.dock)
        self.pages.currentChanged.connect(lambda page: self.papers.dock.want(wanted=page == 0))
        self.hints = HintDesk(session, shell, self.form, self.pages, self.keeper)
        self.side.take_hints(self.hints.panel)
        self.papers.compare_asked.connect(self.hints.compare)
        self._connect()
        self.undo = FormUndo(self.form)

    @property
    def number(self) -> str:
        """The number of the family registered last."""
        return self.slip.number

    def title(self) -> str:
        return self.session._("Register a family")

    def shortcuts(self) -> tuple[tuple[str, str], ...]:
        return register_shortcuts(self.session.language.gettext)

    def _lay_out(self) -> None:
        _ = self.session._
        self.drafts_button = QPushButton(_("Unfinished   Ctrl+D"))
        self.drafts_button.setProperty("kind", "quiet")
        theme.set_icon(self.drafts_button, "list")
        self.plain_button = QPushButton(_("Save without printing"))
        self.plain_button.setProperty("kind", "quiet")
        self.draft_button = QPushButton(_("Save draft   Esc"))
        self.save_button = QPushButton(_("Save and print   Ctrl+Enter"))
        self.save_button.setProperty("kind", "primary")
        self._buttons = QWidget()
        buttons = WrapLayout(self._buttons, gap=theme.SPACE[1], line_gap=theme.SPACE[1], fill=True, at_end=True)
        buttons.addWidget(with_room_behind(self.drafts_button))
        for button in (self.plain_button, self.draft_button, self.save_button):
            buttons.addWidget(button)
        self.pages = QStackedWidget()
        for page in (self.form, self.done, self.drafts):
            self.pages.addWidget(page)
        self.pages.currentChanged.connect(lambda page: self._buttons.setVisible(page == 0))
        self._body = QHBoxLayout()
        self._body.setSpacing(theme.SPACE[4])
        self._left = QVBoxLayout()
        self._left.setSpacing(theme.SPACE[1])
        self._left.addWidget(self.pages, 1)
        self._body.addLayout(self._left, 5)
        self._body.addWidget(self.side, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE[3], theme.SPACE[2], theme.SPACE[4], theme.SPACE[3])
        column.setSpacing(theme.SPACE[2])
        column.addLayout(self._body, 1)
        column.addWidget(self._buttons)

    def _connect(self) -> None:
        self.form.changed.connect(self._on_changed)
        self.form.set_portrait_taker(PortraitTaking(self.session, self.shell, self))
        self.side.queue.next_asked.connect(self.shell.complete_next)
        self.form.walked.connect(self._on_walked)
        self.form.passed.connect(lambda: self.save_button.setFocus(Qt.FocusReason.TabFocusReason))
        self.form.arrival.last_wanted.connect(self.take_last)
        self.form.members.set_step(self.session.settings.step)
        self.form.members.step_changed.connect(lambda step: self.session.save_settings(step=step))
        self.form.consent.notice_wanted.connect(lambda: print_notice(self.session, self.shell, self))
        self.save_button.clicked.connect(self.save_and_print)
        self.plain_button.clicked.connect(lambda: self.save(with_print=False))
        self.draft_button.clicked.connect(self.put_aside)
        self.drafts_button.clicked.connect(self.show_drafts)
        self.done.next_wanted.connect(self.go_to_form)
        self.done.print_wanted.connect(self.slip.print)
        self.done.file_wanted.connect(self.slip.choose_file)
        self.done.open_wanted.connect(self._open_family)
        self.drafts.chosen.connect(self.take_up)
        self.drafts.discarded.connect(self._on_draft_discarded)
        self.drafts.closed.connect(self.go_to_form)
        self.preview.drawn.connect(self.side.show_preview)
        self.preview.emptied.connect(self.side.clear)
        self._slip_words = SlipWords(self.session, self.shell, self.slip, self.done, self.side)
        self.keeper.failed.connect(self.shell.show_problem)
        self.keeper.kept.connect(self.shell.clear_banner)
        self._clock.timeout.connect(lambda: self.form.arrival.show_now(self.session.desk.now_ms()))
        self._clock.start()
        for keys, action in (
            ("Ctrl+Return", self.save_and_print),
            ("Ctrl+Enter", self.save_and_print),
            ("Ctrl+P", self.slip.print),
            ("Ctrl+R", self.take_last),
            ("Ctrl+N", self._add_member),
            ("Ctrl+D", self.show_drafts),
            ("Ctrl+G", self.form.members.toggle_step),
            ("Escape", self._escape),
        ):
            shortcut = QShortcut(QKeySequence(keys), self, action)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    # ---- coming and going

    def entered(self) -> None:
        if not self._was_offered:
            self._was_offered = True
            self.session.work.query(lambda: drafts(self.session.desk), self._offer, owner=self)
        if self.pages.currentIndex() == 0 and self.form.draft.is_blank:
            self.form.start()
        elif self.pages.currentWidget() is self.done:
            self.done.take_focus()

    def show_figures(self, figures: TodayFigures) -> None:
        """Keep the families that are still to complete in sight."""
        self.side.queue.show_figures(figures, self.session.desk.now_ms())

    def left(self) -> None:
        self.keeper.keep()

    def asked(self, **arguments: object) -> None:
        """Take `paper`, a reading that fills the form."""
        paper = arguments.get("paper")
        if isinstance(paper, PaperReading):
            self.papers.show(paper)

    def scanned(self, scan: Scan) -> bool:
        return not self._is_saving and self.papers.scanned(scan)

    def way_back(self) -> WayBack:
        return form_way_back(self.form, self.pages)

    def is_safe_to_close(self) -> bool:
        self.keeper.keep()
        if not self.keeper.is_safe:
            words = self.session._("What was typed could not be kept yet. Make room on the disk, then close again.")
            self.shell.show_banner("danger", words)
        return self.keeper.is_safe and not self._is_saving

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the form the whole width where text is large or the window narrow; the slip then stands below it."""
        super().resizeEvent(event)
        self.papers.dock.fit()
        self.side.stand(self._body, self.form.column, wide=self.width() >= _SIDE_FROM_WIDTH * theme.percent() // 100)

    def go_to_form(self, typed: str = "") -> None:
        """Show the form; what was typed on the card before goes into its first field."""
        was_done = self.pages.currentWidget() is self.done
        self.pages.setCurrentIndex(0)
        if was_done:
            self.side.clear()
            self.shell.clear_banner()
        self.form.start()
        if typed:
            type_into(QApplication.focusWidget() or self.form.focal.given_names, typed)

    def _escape(self) -> None:
        if self.pages.currentIndex() == 0:
            self.put_aside()
        else:
            self.go_to_form()

    def _add_member(self) -> None:
        if self.pages.currentIndex() == 0:
            self.form.members.begin_new()

    def _open_family(self) -> None:
        if self.slip.group_id is not None:
            self.shell.open_group(self.slip.group_id)

    # ---- drafts

    def _on_changed(self) -> None:
        self.keeper.touch()
        self.preview.touch()

    def _on_walked(self) -> None:
        if not self.keeper.is_safe and not self._is_saving:
            self.keeper.keep()

    def _offer(self, found: tuple[Draft, ...]) -> None:
        """Offer what was not finished, the latest first."""
        found = tuple(draft for draft in found if not from_map(draft.content).is_blank)
        if not found or not self.form.draft.is_blank:
            return
        _, latest = self.session._, found[0]
        words = draft_words(self.session, latest)
        if len(found) == 1:
            text, button = (
                _("An unfinished registration was found: {words}. Ctrl+D shows it.", words=words),
                _("Go on with it"),
            )
            self.shell.show_banner("info", text, button, lambda: self.take_up(latest))
        else:
            text = _(
                "{number} unfinished registrations were found, the latest: {words}. Ctrl+D shows them.",
                number=len(found),
                words=words,
            )
            self.shell.show_banner("info", text, _("Show them"), self.show_drafts)

    def _draft(self) -> GroupDraft:
        return replace(self.form.draft, remarks=self.hints.remarks)

    def take_up(self, draft: Draft) -> None:
        """Go on with a draft; what stands in the form is kept first."""
        self.shell.clear_banner()

        def put_in() -> None:
            self.keeper.take_up(draft.draft_id)
            content = from_map(draft.content)
            self.form.set_draft(content)
            self.go_to_form()
            self.preview.touch()
            self.hints.take_up(content.remarks)

        self.keeper.keep(put_in)

    def put_aside(self) -> None:
        """Keep the draft and begin another family; the form is emptied only once the draft is durable."""
        if self.form.draft.is_blank:
            return
        self.keeper.touch()
        self.keeper.keep(self._on_put_aside)

    def _on_put_aside(self) -> None:
        self._begin_next()
        self.shell.show_banner(
            "ok",
            self.session._("The registration is kept unfinished. Ctrl+D shows it again."),
            self.session._("Show it"),
            self.show_drafts,
        )
        self.form.start()

    def show_drafts(self) -> None:
        """Show what is unfinished; what stands in the form is kept first."""
        self.shell.clear_banner()
        desk, work = self.session.desk, self.session.work
        self.keeper.keep(lambda: work.query(lambda: drafts(desk), self._on_drafts, owner=self))

    def _on_drafts(self, found: tuple[Draft, ...]) -> None:
        mine = self.keeper.draft_id
        others = [draft for draft in found if draft.draft_id != mine and not from_map(draft.content).is_blank]
        self.drafts.show_drafts(others)
        self.pages.setCurrentWidget(self.drafts)
        self.drafts.take_focus()

    def _on_draft_discarded(self, draft: Draft) -> None:
        desk = self.session.desk
        self.session.work.change(
            lambda: discard_draft(desk, draft.draft_id), lambda _none: self.show_drafts(), owner=self, changes="drafts"
        )

    # ---- what the last family had

    def take_last(self) -> None:
        """Say that this family came as the last one did."""
        if self._last is not None and not self._is_saving:
            if self.pages.currentIndex() != 0:
                self.go_to_form()
            self.form.arrival.take_last(self._last, self.session.desk.now_ms())

    # ---- saving

    def save_and_print(self) -> None:
        """Register the family and print its slip."""
        if self.pages.currentIndex() == 0:
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
        problems = one_a_field(unread + check_entry(entry, desk.today(), desk.zone, desk.actor.role))
        if any(problem.blocking for problem in problems):
            self._refuse(problems)
            return
        self.preview.stop()
        self._set_saving(True)
        draft_id = self.keeper.hold()
        said = self.hints.said_of(entry)
        self.session.work.change(
            lambda: register_group(desk, entry, draft_id, said),
            lambda registered: self._on_registered(registered, draft, entry, with_print=with_print),
            self._on_failed,
            owner=self,
            changes="groups",
        )

    def _set_saving(self, saving: bool) -> None:
        self._is_saving = saving
        if saving:
            self._before_saving = QApplication.focusWidget()
            self.save_button.setFocus(Qt.FocusReason.OtherFocusReason)  # a disabled form would hand it to a stranger
        self.form.setEnabled(not saving)
        if not saving and self._before_saving is not None and self.form.isAncestorOf(self._before_saving):
            self._before_saving.setFocus(Qt.FocusReason.OtherFocusReason)

    def _refuse(self, problems: tuple[FieldProblem, ...]) -> None:
        if not self.form.show_problems(problems):
            first = next(problem for problem in problems if problem.blocking)
            self.shell.show_problem(InvalidEntry((first,)))
            return
        self.shell.show_banner("danger", self.session._("Some fields need to be corrected before this can be saved."))

    def _on_failed(self, error: Exception) -> None:
        self._set_saving(False)
        self.keeper.touch()
        if isinstance(error, InvalidEntry):
            self._refuse(tuple(each for each in error.problems if isinstance(each, FieldProblem)))
        else:
            self.shell.show_problem(error)

    def _on_registered(self, registered: Registered, draft: GroupDraft, entry: GroupEntry, *, with_print: bool) -> None:
        self._is_saving = False
        self.form.setEnabled(True)
        self.shell.clear_banner()
        self._last = draft.arrival.shared()
        self._begin_next()
        self.slip.begin(registered.group_id, registered.number)
        self.done.show_saved(registered.number, draft.title, entry.declared_size)
        self.pages.setCurrentWidget(self.done)
        self.done.take_focus()
        give_its_turn(self.session, self.shell, self.done, registered.group_id)
        self.papers.tokens.bind_to(registered.group_id)
        if with_print:
            self.slip.print()

    def _begin_next(self) -> None:
        self.keeper.forget()
        self.preview.stop()
        self.form.begin(self._last)
        self.undo.begin()
        self.hints.clear()
        self.form.arrival.offer_last(self._last)
        self.side.clear()
