"""The tab Slips: what was issued, how often it was printed, what was voided and why; and how the slip looks now."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from fieldapp.domain.people import GroupPage, SlipState
from fieldapp.i18n import SLIP_LANGUAGES
from fieldapp.services.correct import ANSWERABLE
from fieldapp.services.slips import void_slip
from fieldapp.ui import theme
from fieldapp.ui.places import Shell
from fieldapp.ui.screens.group_page_person import plain_label
from fieldapp.ui.screens.group_page_print import SlipPrinter
from fieldapp.ui.session import Session
from fieldapp.ui.widgets.field_frame import FieldFrame
from fieldapp.ui.widgets.pdf_view import PdfView
from fieldapp.ui.widgets.plain_field import PlainField
from fieldapp.ui.widgets.row_table import RowTable
from fieldapp.ui.widgets.scrolled import scrolled
from fieldapp.ui.widgets.wrap_layout import WrapLayout

_STATE = 3


class SlipsTab(QWidget):
    """The slips of a family at the left, the slip as it would be printed now at the right. Emits `save_asked`."""

    save_asked = Signal()

    def __init__(self, session: Session, shell: Shell, printer: SlipPrinter) -> None:
        super().__init__()
        self._session, self._shell, self._printer = session, shell, printer
        self._page: GroupPage | None = None
        self._is_drawn = False
        _ = session._
        heads = (_("Issued"), _("Language"), _("Copies"), _("State"))
        self.table = RowTable(_("Slips"), heads, wide=_STATE)
        self.nothing = plain_label(_("No slip was issued yet. Ctrl+P prints the first one."), "secondary")
        self.reason = PlainField()
        self.reason_frame = FieldFrame(
            _("Why the slip is void"), self.reason, _("For example: the name on it is wrong")
        )
        self.void_button = QPushButton(_("Void this slip"))
        self.void_button.setProperty("kind", "danger")
        theme.set_icon(self.void_button, "circle-x")
        self.reissue_button = QPushButton(_("Void it and print a new one"))
        self.reissue_button.setToolTip(_("As for a name that was corrected: the old paper no longer counts"))
        theme.set_icon(self.reissue_button, "refresh-cw")
        self.not_allowed = plain_label(_("A supervisor can void a slip or issue a new one in its place."), "hint")
        self.save_button = QPushButton(_("Save as PDF"))
        self.save_button.setToolTip(_("Issues the next copy and writes it to a file"))
        theme.set_icon(self.save_button, "download")
        self.heading = plain_label(_("The slip as it would be printed now"), "secondary")
        self.view = PdfView(_("Slip"))
        self._lay_out()
        self.table.itemSelectionChanged.connect(self._show_choice)
        self.void_button.clicked.connect(self.void_chosen)
        self.reissue_button.clicked.connect(self.reissue)
        self.reason.returnPressed.connect(self.void_chosen)
        self.reason.textEdited.connect(lambda _text: self.reason_frame.set_problem(""))
        self.save_button.clicked.connect(self.save_asked)

    def _lay_out(self) -> None:
        at_left = QWidget()
        left = QVBoxLayout(at_left)
        room = theme.SPACE[0]  # for the focus ring, which is cut at the edge of what is scrolled
        left.setContentsMargins(room, room, theme.SPACE[1], room)
        left.setSpacing(theme.SPACE[2])
        self.table.setMinimumHeight(theme.size("row") * 3)
        left.addWidget(self.nothing)
        left.addWidget(self.table, 1)
        left.addWidget(self.reason_frame)
        left.addWidget(self.not_allowed)
        buttons = WrapLayout(gap=theme.SPACE[1], line_gap=theme.SPACE[1])
        for button in (self.reissue_button, self.void_button, self.save_button):
            buttons.addWidget(button)
        left.addLayout(buttons)
        right = QVBoxLayout()
        right.setSpacing(theme.SPACE[1])
        right.addWidget(self.heading)
        right.addWidget(self.view, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, theme.SPACE[1], 0, 0)
        row.setSpacing(theme.SPACE[4])
        row.addWidget(scrolled(at_left), 3)
        row.addLayout(right, 2)

    def show_page(self, page: GroupPage) -> None:
        """Show the slips of a family, the latest first."""
        is_new = self._page is None or self._page.group_id != page.group_id
        self._page = page
        if is_new:
            self.reason.clear()
            self.reason_frame.set_problem("")
        self.table.show_rows(self._texts(slip) for slip in reversed(page.slips))
        self.nothing.setVisible(not page.slips)
        self.table.setVisible(bool(page.slips))
        if page.slips:
            self.table.selectRow(0)
        self._show_choice()
        self._is_drawn = False
        if self.isVisible():
            self._draw()

    def showEvent(self, event: QShowEvent) -> None:
        """Draw the slip when it is first looked at; most who open a family never do."""
        super().showEvent(event)
        if not self._is_drawn:
            self._draw()

    def _draw(self) -> None:
        if self._page is not None:
            self._is_drawn = True
            self._printer.preview(self._page.group_id, self._on_preview)

    def _on_preview(self, pdf: bytes) -> None:
        self.view.show_pdf(pdf)

    def _texts(self, slip: SlipState) -> tuple[str, ...]:
        state = self._state(slip)
        copies = self._session.language.number(slip.copies)
        return self._session.moment(slip.issued_at_ms), SLIP_LANGUAGES.get(slip.language, slip.language), copies, state

    def _state(self, slip: SlipState) -> str:
        _ = self._session._
        if slip.voided:
            return _("Void: {reason}", reason=slip.void_reason)
        if not slip.copies:
            return _("Not printed")
        if slip.is_expired(self._session.desk.now_ms()):
            return _(
                "Expired on {day}", day=self._session.language.date(self._session.desk.local_date(slip.expires_at_ms))
            )
        return _("Valid")

    def chosen(self) -> SlipState | None:
        """Return the slip that is chosen in the table."""
        row = self.table.currentRow()
        slips = tuple(reversed(self._page.slips)) if self._page else ()
        return slips[row] if 0 <= row < len(slips) else None

    def texts(self) -> list[tuple[str, ...]]:
        """Return what the table says."""
        return [self._texts(slip) for slip in reversed(self._page.slips)] if self._page else []

    def _show_choice(self) -> None:
        slip = self.chosen()
        is_open = slip is not None and not slip.voided
        permitted = self._session.desk.actor.role in ANSWERABLE
        self.reason_frame.setVisible(is_open and permitted)
        self.void_button.setVisible(is_open and permitted)
        self.reissue_button.setVisible(is_open and permitted)
        self.not_allowed.setVisible(is_open and not permitted)

    def void_chosen(self) -> None:
        """Void the chosen slip for the reason that was typed."""
        slip, page = self.chosen(), self._page
        if slip is None or page is None or slip.voided:
            return
        reason = self._reason_given()
        if not reason:
            return
        self._session.work.change(
            partial(void_slip, self._session.desk, page.group_id, slip.slip_id, reason),
            self._on_voided,
            self._shell.show_problem,
            changes="slips",
            owner=self,
        )

    def reissue(self) -> None:
        """Void what the family holds for the reason that was typed, and print a new slip in the same step."""
        reason = self._reason_given() if self._page is not None else ""
        if reason and self._page is not None:
            self.reason.clear()
            self._printer.reissue_slip(self._page.group_id, reason)

    def _reason_given(self) -> str:
        reason = self.reason.text().strip()
        if not reason:
            self.reason_frame.set_problem(self._session._("Say why; the reason stays in the history."))
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
        return reason

    def _on_voided(self, _done: None) -> None:
        self.reason.clear()
        text = self._session._("The slip is void. Ctrl+P issues a new one.")
        self._shell.show_banner("ok", text)
