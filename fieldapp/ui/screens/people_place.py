"""The place People: find anybody by name, number or document, look at them, and open their family's page."""

from typing import Any
from uuid import UUID

from PySide6.QtCore import QModelIndex, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from fieldapp.domain.people import IndividualRow, PeopleQuery
from fieldapp.services import find
from fieldapp.ui import theme
from fieldapp.ui.models.people_model import PeopleModel
from fieldapp.ui.models.people_rows import RowWriter
from fieldapp.ui.models.people_sources import found_source, listed_source
from fieldapp.ui.models.scan_kinds import ScanKind, kind_of, short_text
from fieldapp.ui.places import Place, Shell
from fieldapp.ui.scans import Scan
from fieldapp.ui.screens.family_token import TokenPanel
from fieldapp.ui.screens.group_page import GroupView
from fieldapp.ui.screens.group_page_person import PersonCard
from fieldapp.ui.screens.group_page_print import SlipPrinter
from fieldapp.ui.screens.people_table import PeopleTable
from fieldapp.ui.session import Session
from fieldapp.ui.widgets.chip import FilterChip
from fieldapp.ui.widgets.wrap_layout import WrapLayout

TYPING_MS = 120
_CARD_WIDTH = 280
_ROOM_FOR_CARD = 900
"""A place narrower than this (at 100 % text) gives the table all of its width; Enter shows everything of a person."""


class SearchField(QLineEdit):
    """The search box; the arrows go from it into the table."""

    def __init__(self, table: QTableView) -> None:
        super().__init__()
        self._table = table

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand Up, Down and the page keys to the table, so that a row can be chosen while typing."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self._table.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        super().keyPressEvent(event)


class EmptyList(QWidget):
    """Stands in the place of the table when there is nobody to show: why, and what to do next."""

    again_asked = Signal()

    def __init__(self, again: str) -> None:
        super().__init__()
        self._words = QLabel()
        self._words.setWordWrap(True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.again_button = QPushButton(again)
        self.again_button.clicked.connect(self.again_asked)
        column = QVBoxLayout(self)
        column.addStretch(1)
        column.addWidget(self._words)
        column.addWidget(self.again_button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)

    def text(self) -> str:
        """Return what is said."""
        return self._words.text()

    def say(self, text: str, *, can_try_again: bool = False) -> None:
        """Say why there is nobody to show."""
        self._words.setText(text)
        self.again_button.setVisible(can_try_again)


class PeoplePlace(Place):
    """The list with the card of the person that is chosen in it, and the page of a family in its place."""

    def __init__(self, session: Session, shell: Shell) -> None:
        super().__init__(session, shell)
        _ = session._
        self.model = PeopleModel(session.work, session.language, self)
        self.table = PeopleTable(self.model, _("People"))
        self.orders = self._make_orders()
        self.search = SearchField(self.table)
        self.search.setPlaceholderText(_("Name, number, document, phone or place"))
        self.search.setAccessibleName(_("Find people"))
        self.search.setClearButtonEnabled(True)
        self.chips = {
            "today_only": FilterChip(_("Today"), _("Only those who were registered today")),
            "to_complete": FilterChip(_("To complete"), _("Families of whom not everybody was entered one by one")),
            "child_alone": FilterChip(_("Child alone"), _("Under 18 and without a family")),
            "not_printed": FilterChip(_("Not printed"), _("Families without a valid slip")),
        }
        self.count = QLabel()
        self.count.setProperty("kind", "secondary")
        self.empty = EmptyList(_("Try again"))
        self.printer = SlipPrinter(session, shell, self)
        self._keep: UUID | None = None
        self._order_before = 0
        self.card = PersonCard(session)
        self.group = GroupView(session, shell)
        self.pages = QStackedWidget()
        self._lay_out()
        self._typing = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._connect()

    def _make_orders(self) -> QComboBox:
        _ = self.session._
        orders = QComboBox()
        orders.setAccessibleName(_("Order"))
        for text, order in (
            (_("Newest first"), ("number", True)),
            (_("Oldest first"), ("number", False)),
            (_("By surname"), ("name", False)),
            (_("By surname, from Z"), ("name", True)),
        ):
            orders.addItem(text, order)
        return orders

    def _lay_out(self) -> None:
        chips = QWidget()
        line = WrapLayout(chips)
        for chip in self.chips.values():
            line.addWidget(chip)
        narrowing = QHBoxLayout()
        narrowing.setSpacing(theme.SPACE[2])
        narrowing.addWidget(chips, 1)
        narrowing.addWidget(self.orders, 0, Qt.AlignmentFlag.AlignTop)
        self._table_or_empty = QStackedWidget()
        self._table_or_empty.addWidget(self.table)
        self._table_or_empty.addWidget(self.empty)
        left = QVBoxLayout()
        left.setSpacing(theme.SPACE[2])
        left.addWidget(self.search)
        left.addLayout(narrowing)
        left.addWidget(self._table_or_empty, 1)
        left.addWidget(self.count)
        self.card.setFixedWidth(_CARD_WIDTH * theme.percent() // 100)
        # Shown once there is room: while it is shown the window cannot become too narrow for it.
        self.card.hide()
        listing = QFrame()
        row = QHBoxLayout(listing)
        row.setContentsMargins(theme.SPACE[4], theme.SPACE[3], theme.SPACE[4], theme.SPACE[2])
        row.setSpacing(theme.SPACE[3])
        row.addLayout(left, 1)
        row.addWidget(self.card)
        self.pages.addWidget(listing)
        self.pages.addWidget(self.group)
        self._listing = listing
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pages)

    def _connect(self) -> None:
        self._typing.timeout.connect(self.ask)
        self.search.textChanged.connect(lambda _text: self._typing.start())
        self.search.returnPressed.connect(self.open_chosen)
        for chip in self.chips.values():
            chip.toggled.connect(lambda _on: self.ask())
        self.orders.currentIndexChanged.connect(lambda _index: self.ask())
        self.table.order_asked.connect(self._on_order_asked)
        self.model.answered.connect(self._on_answered)
        self.model.failed.connect(self._on_failed)
        self.empty.again_asked.connect(self.ask)
        self.model.dataChanged.connect(lambda *_: self._show_card())
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_card())
        self.table.activated.connect(self._open_row)
        self.card.open_asked.connect(self.open_chosen)
        self.card.print_asked.connect(self.print_chosen)
        self.group.left.connect(self.back_to_list)
        self.session.work.changed.connect(self._on_changed)
        for keys, action in (("Escape", self._empty_search), ("Ctrl+P", self.print_chosen)):
            shortcut = QShortcut(QKeySequence(keys), self._listing, action)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def title(self) -> str:
        return self.session._("People")

    def shortcuts(self) -> tuple[tuple[str, str], ...]:
        _ = self.session._
        return (
            ("Enter", _("Open the family of the person that is chosen")),
            ("Ctrl+P", _("Print the slip of the family that is chosen")),
            ("Esc", _("Back to the list, or empty the search")),
            ("Ctrl+Tab", _("Next part of a family's page")),
            ("Ctrl+E", _("Edit whom is chosen on a family's page")),
            ("Ctrl+B", _("What can be changed in a family")),
            ("Ctrl+R", _("A family is back: add its arrival")),
            ("Ctrl+Shift+N", _("Add a member to a family")),
            ("Ctrl+N", _("Add a note to a family")),
            ("Ctrl+M", _("Record a movement of a family")),
        )

    def asked(self, **arguments: Any) -> None:
        """Take `text` to look for, or `group_id` of a family to open, at `individual_id`, and `then` (`FamilyMenu.ask`)."""
        text, group_id = arguments.get("text"), arguments.get("group_id")
        if isinstance(group_id, UUID):
            self.open_group(group_id)
            self.group.then(str(arguments.get("then", "")))
            self.group.family.choose(arguments.get("individual_id"))
        elif text is not None:
            self._show_list()
            for chip in self.chips.values():
                chip.setChecked(False)
            self.search.setText(str(text))
            self._typing.stop()
            self.ask()

    def scanned(self, scan: Scan) -> bool:
        """Bind a pre-printed slip where the panel for it is open; leave everything else to the program."""
        panel = self.group.panel
        if not isinstance(panel, TokenPanel) or kind_of(scan.content) is not ScanKind.TOKEN:
            return False
        panel.token.setText(short_text(scan.content))
        panel.save()
        return True

    def entered(self) -> None:
        if self.pages.currentWidget() is self.group:
            self.group.take_focus()
            return
        if not self._typing.isActive():
            self.ask()
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.search.selectAll()

    def left(self) -> None:
        if self.group.panel is not None:
            self.group.panel.keep()

    def is_safe_to_close(self) -> bool:
        self.left()
        return True

    def ask(self) -> None:
        """Ask the register for whom the search and the filters find."""
        desk = self.session.desk
        self._keep = None
        chosen = {name: chip.isChecked() for name, chip in self.chips.items()}
        text = self.search.text().strip()
        self._offer_best(is_searching=bool(text))
        order, descending = self.orders.currentData()
        self.table.show_order(order, descending=descending)
        query = PeopleQuery(text, order=order, descending=descending, **chosen)
        source = found_source(desk, query) if text else listed_source(desk, query)
        self.model.ask(source, RowWriter(self.session.language, self.session.zone, desk.today()))

    def _offer_best(self, *, is_searching: bool) -> None:
        """Show who answers best first while somebody is looked for; another order can be chosen."""
        is_offered = self.orders.itemData(0)[0] == find.BEST
        if is_searching == is_offered:
            return
        with QSignalBlocker(self.orders):
            if is_searching:
                self._order_before = self.orders.currentIndex()
                self.orders.insertItem(0, self.session._("Best first"), (find.BEST, True))
                self.orders.setCurrentIndex(0)
            else:
                self.orders.removeItem(0)
                self.orders.setCurrentIndex(self._order_before)

    def chosen(self) -> IndividualRow | None:
        """Return the person that is chosen in the table."""
        index = self.table.currentIndex()
        return self.model.row_at(index.row()) if index.isValid() else None

    def open_chosen(self) -> None:
        """Open the family of the person that is chosen; what was typed last is looked for first."""
        if self._typing.isActive():
            self._typing.stop()
            self.ask()
            return
        row = self.chosen()
        if row is not None:
            self.open_group(row.group_id)

    def print_chosen(self) -> None:
        """Print the slip of the family of the person that is chosen."""
        row = self.chosen()
        if row is not None:
            self.printer.print_slip(row.group_id)

    def open_group(self, group_id: UUID) -> None:
        """Show a family's page."""
        self.group.open(group_id)
        self.pages.setCurrentWidget(self.group)
        self.group.take_focus()

    def back_to_list(self) -> None:
        """Leave the family's page; the person stays chosen."""
        self._show_list()
        self._refresh()
        target = self.table if self.chosen() is not None else self.search
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_list(self) -> None:
        self.pages.setCurrentWidget(self._listing)

    def _open_row(self, index: QModelIndex) -> None:
        row = self.model.row_at(index.row())
        if row is not None:
            self.open_group(row.group_id)

    def _empty_search(self) -> None:
        self.search.clear()
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def _refresh(self) -> None:
        if not self.model.is_asked:  # a family was opened before the list was ever in sight
            self.ask()
            return
        row = self.chosen()
        self._keep = row.individual_id if row else None
        self.model.refresh()

    def _on_changed(self, kind: str) -> None:
        if kind in {"groups", "people", "slips"} and self._listing.isVisible():
            self._refresh()

    def _on_order_asked(self, order: str, descending: bool) -> None:  # noqa: FBT001 - the signature is the signal's
        wanted = (order, descending)
        self.orders.setCurrentIndex(next(n for n in range(self.orders.count()) if self.orders.itemData(n) == wanted))

    def _on_failed(self, error: Exception) -> None:
        self.shell.show_problem(error)
        self.count.clear()
        self.empty.say(self.session._("The list could not be read from the register."), can_try_again=True)
        self._table_or_empty.setCurrentWidget(self.empty)

    def _on_answered(self, count: int) -> None:
        language, _ = self.session.language, self.session._
        if count and not self.table.currentIndex().isValid():
            kept = self.model.find(self._keep) if self._keep else None
            self.table.setCurrentIndex(self.model.index(kept or 0, 0))
        self._show_card()
        self.table.show_answers(shown=self.model.has_answers)
        is_searched = bool(self.search.text().strip())
        self.count.setText(
            _("The {number} who answer best; type more to see fewer", number=count)
            if is_searched and count >= find.MOST_FOUND
            else language.ngettext("{number} person", "{number} people", count)
        )
        is_narrowed = is_searched or any(chip.isChecked() for chip in self.chips.values())
        self.empty.say(
            _("Nobody was found. Try part of the name, the number on the slip or a document, or take a filter off.")
            if is_narrowed
            else _("Nobody is registered yet. Press F2 to register the first family.")
        )
        self._table_or_empty.setCurrentWidget(self.table if count else self.empty)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the table all of the width where there is little of it."""
        super().resizeEvent(event)
        self.card.setVisible(self.width() >= _ROOM_FOR_CARD * theme.percent() // 100)

    def _show_card(self) -> None:
        self.card.show_row(self.chosen())
