"""The day in figures and charts up to a cut-off, and its summary as a PDF. Counts come from the register each time."""

from datetime import date
from itertools import pairwise

from PySide6.QtCore import QDate, QLocale, Qt, QTime, QTimer
from PySide6.QtGui import QFont, QFontMetrics, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QDateEdit,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QTimeEdit,
    QVBoxLayout,
    QWidget,
)

from fieldapp.code_lists import code_list
from fieldapp.domain.record import Sex
from fieldapp.domain.summary import AGE_GROUPS, Summary
from fieldapp.services.protection import PROTECTS
from fieldapp.services.review import REVIEWS
from fieldapp.services.summarise import CUT_OFFS, summarise, todays_figures
from fieldapp.ui import theme
from fieldapp.ui.places import Place, Shell
from fieldapp.ui.screens.review_page import ReviewPage
from fieldapp.ui.screens.today_children import ChildrenPage
from fieldapp.ui.screens.today_summary import SummaryView
from fieldapp.ui.screens.today_turns import TurnsPage
from fieldapp.ui.session import Session
from fieldapp.ui.widgets.card import Card
from fieldapp.ui.widgets.charts import Chart, HourChart, Pyramid, PyramidRow, RowChart
from fieldapp.ui.widgets.figure import Figure
from fieldapp.ui.widgets.scrolled import scrolled

WHOLE_DAY = "24:00"
_GATHER_MS = 250
_COUNTED = {"groups", "people", "slips", "drafts"}
_PYRAMID_SEXES = (Sex.FEMALE, Sex.MALE)


class TodayPlace(Place):
    """Five figures, three charts, and the summary. Shows the whole of today until another day or cut-off is chosen."""

    def __init__(self, session: Session, shell: Shell) -> None:
        super().__init__(session, shell)
        self._today = session.desk.today()
        self._asked = 0
        self._make_choices()
        self._make_figures()
        self._make_charts()
        self._lay_out()
        for keys, action in (
            ("Ctrl+Return", self.open_summary),
            ("Ctrl+Enter", self.open_summary),
            ("Ctrl+R", self.children_button.click),
            ("Ctrl+T", self.turns_button.click),
            ("Ctrl+D", self.review_button.click),
        ):
            shortcut = QShortcut(QKeySequence(keys), self._figures_page, action)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.summary.ready.connect(self._on_ready)
        self.summary.left.connect(self.close_summary)
        self._gather = QTimer(self, singleShot=True, interval=_GATHER_MS)
        self._gather.timeout.connect(self.refresh)
        session.work.changed.connect(self._on_changed)

    def title(self) -> str:
        """Return the words in the header."""
        return self.session._("Today")

    def shortcuts(self) -> tuple[tuple[str, str], ...]:
        """Return the keys of this place."""
        _ = self.session._
        return (
            ("Ctrl+Enter", _("Show the summary as it will be on paper, then save it")),
            ("Ctrl+P", _("Print the summary that is shown")),
            ("Ctrl+R", _("Children alone, for supervisor and protection officer")),
            ("Ctrl+D", _("Who may be registered twice, for who answers for the day")),
            ("Ctrl+T", _("Turns: call the next family; in the list, Ctrl+T opens the turn screen")),
            ("Esc", _("Back from the summary to the figures")),
        )

    def entered(self) -> None:
        """Count anew; a new day is shown if the old one was."""
        today = self.session.desk.today()
        was_today = self.day == self._today
        self._today = today
        self.day_edit.setMaximumDate(QDate(today.year, today.month, today.day))
        if was_today:
            self.day_edit.setDate(self.day_edit.maximumDate())
        self.refresh()
        shown = self._pages.currentWidget()
        if shown is self.children_page:
            self.children_page.refresh()
        elif shown is self.turns_page:
            self.turns_page.refresh()
            self.turns_page.take_focus()
        elif shown is self.review_page:
            self.review_page.take_focus()
        elif shown is self.summary:
            self.summary.take_focus()
        else:
            self.pdf_button.setFocus()

    @property
    def day(self) -> date:
        """The day that is counted."""
        chosen = self.day_edit.date()
        return date(chosen.year(), chosen.month(), chosen.day())

    @property
    def cut_off(self) -> str:
        """The time up to which the day is counted."""
        chosen = next((code for code, button in self.cut_offs.items() if button.isChecked()), None)
        return chosen or self.other_time.time().toString("HH:mm")

    def refresh(self) -> None:
        """Count in the background; what is shown stays until the new counts are there."""
        self._asked += 1
        asked, desk, day, cut_off = self._asked, self.session.desk, self.day, self.cut_off
        self.session.work.query(
            lambda: (summarise(desk, day, cut_off), todays_figures(desk).present),
            lambda counted: self._show(*counted) if asked == self._asked else None,
            owner=self,
        )

    def open_summary(self) -> None:
        """Draw the summary of what is chosen, and show it as it will be on paper."""
        if self.pdf_button.isEnabled():
            self.pdf_button.setEnabled(False)
            self.summary.open(self.day, self.cut_off, self._on_failed)

    def open_children(self) -> None:
        """Show the children who are alone, to whoever refers them."""
        if self.children_button.isHidden():
            return
        self._pages.setCurrentWidget(self.children_page)
        self.children_page.refresh()

    def open_review(self) -> None:
        """Show the pairs that may be one person, to whoever decides them."""
        if not self.review_button.isHidden():
            self._pages.setCurrentWidget(self.review_page)
            self.review_page.refresh()
            self.review_page.take_focus()

    def open_turns(self) -> None:
        """Show the call list."""
        self._pages.setCurrentWidget(self.turns_page)
        self.turns_page.refresh()
        self.turns_page.take_focus()

    def close_summary(self) -> None:
        """Go back to the figures."""
        self._pages.setCurrentWidget(self._figures_page)
        self.pdf_button.setFocus()

    def _on_ready(self) -> None:
        self.pdf_button.setEnabled(True)
        self._pages.setCurrentWidget(self.summary)
        self.summary.take_focus()

    def _on_failed(self, error: Exception) -> None:
        self.pdf_button.setEnabled(True)
        self.shell.show_problem(error)

    def _on_changed(self, kind: str) -> None:
        if kind in _COUNTED and self.isVisible():
            self._gather.start()

    def _make_choices(self) -> None:
        _ = self.session._
        today = QDate(self._today.year, self._today.month, self._today.day)
        self.day_edit = QDateEdit(today)
        self.day_edit.setMaximumDate(today)
        self.day_edit.setLocale(QLocale(self.session.language.locale))
        self.day_edit.setDisplayFormat("d MMM yyyy")
        self.day_edit.setAccessibleName(_("Day"))
        self.day_edit.setMinimumHeight(theme.size("field"))
        self.day_edit.setKeyboardTracking(False)
        # A date field does not take the padding of the sheet.
        self.day_edit.lineEdit().setTextMargins(theme.SPACE[1], 0, theme.SPACE[1], 0)
        self.day_edit.dateChanged.connect(lambda _day: self.refresh())
        self.cut_offs: dict[str, QPushButton] = {}
        group = QButtonGroup(self)
        for code in (*CUT_OFFS, WHOLE_DAY):
            button = QPushButton(code)
            button.setProperty("kind", "choice")
            button.setCheckable(True)
            button.setAccessibleName(_("Up to {time}", time=code))
            group.addButton(button)
            self.cut_offs[code] = button
        self.cut_offs[WHOLE_DAY].setChecked(True)
        self.other_button = QPushButton(_("Another time"))
        self.other_button.setProperty("kind", "choice")
        self.other_button.setCheckable(True)
        bold = QFont(self.other_button.font())
        bold.setBold(True)
        # A chosen answer is bold, and Qt does not make room for that.
        self.other_button.setMinimumWidth(QFontMetrics(bold).horizontalAdvance(_("Another time")) + 2 * theme.SPACE[4])
        group.addButton(self.other_button)
        self.other_time = QTimeEdit(QTime(12, 0))
        self.other_time.setDisplayFormat("HH:mm")
        self.other_time.setAccessibleName(_("Up to"))
        self.other_time.setMinimumHeight(theme.size("field"))
        self.other_time.setKeyboardTracking(False)
        self.other_time.lineEdit().setTextMargins(theme.SPACE[1], 0, theme.SPACE[1], 0)
        self.other_time.hide()
        self.other_button.toggled.connect(self._on_other)
        self.other_time.timeChanged.connect(lambda _time: self.refresh())
        group.buttonClicked.connect(lambda _button: self.refresh())
        self.pdf_button = QPushButton(_("Summary PDF  Ctrl+Enter"))
        self.pdf_button.setProperty("kind", "primary")
        self.pdf_button.setToolTip(_("Show the summary as it will be on paper"))
        theme.set_icon(self.pdf_button, "file-text")
        self.pdf_button.clicked.connect(self.open_summary)
        self.children_button = QPushButton(_("Children alone  Ctrl+R"), self)  # shown without a parent it were a window
        self.children_button.setToolTip(_("Who waits for a referral today"))
        self.children_button.setVisible(self.session.desk.actor.role in PROTECTS)
        self.children_button.clicked.connect(self.open_children)
        self._make_review_button()
        self.turns_button = QPushButton(_("Turns  Ctrl+T"))
        self.turns_button.setToolTip(_("Call the families that wait, by number"))
        self.turns_button.clicked.connect(self.open_turns)

    def _make_review_button(self) -> None:
        _ = self.session._
        self.review_button = QPushButton(_("Twice here?  Ctrl+D"), self)
        self.review_button.setToolTip(_("Pairs of records that may be one person"))
        self.review_button.setVisible(self.session.desk.actor.role in REVIEWS)
        self.review_button.clicked.connect(self.open_review)

    def _on_other(self, is_chosen: bool) -> None:  # noqa: FBT001 - the signature is Qt's
        self.other_time.setVisible(is_chosen)
        if is_chosen:
            self.other_time.setFocus()

    def _make_figures(self) -> None:
        _ = self.session._
        self.figures = {
            "arrivals": Figure(_("Arrivals")),
            "present": Figure(_("Here now")),
            "groups": Figure(_("Families")),
            "children_alone": Figure(_("Children alone")),
            "to_complete": Figure(_("Families to complete")),
        }

    def _make_charts(self) -> None:
        _ = self.session._
        nothing = _("Nobody has arrived up to this time.")
        self.hours = HourChart(_("Arrivals by hour"), nothing)
        self.ages = Pyramid(_("Age and sex"), nothing, _("Women and girls"), _("Men and boys"))
        self.nationalities = RowChart(_("Nationality"), nothing, _("Others"))

    def _make_pages(self) -> None:
        self._figures_page = QWidget()
        self.children_page = ChildrenPage(self.session, self.shell)
        self.children_page.left.connect(self.close_summary)
        self.review_page = ReviewPage(self.session, self.shell)
        self.review_page.left.connect(self.close_summary)
        self.turns_page = TurnsPage(self.session, self.shell)
        self.turns_page.left.connect(self.close_summary)
        self.summary = SummaryView(self.session, self.shell)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._figures_page)
        self._pages.addWidget(self.summary)
        self._pages.addWidget(self.children_page)
        self._pages.addWidget(self.turns_page)
        self._pages.addWidget(self.review_page)
        around = QVBoxLayout(self)
        around.setContentsMargins(theme.SPACE[4], theme.SPACE[3], theme.SPACE[4], theme.SPACE[2])
        around.addWidget(self._pages)

    def _lay_out(self) -> None:
        _ = self.session._
        choices = QHBoxLayout()
        choices.setSpacing(theme.SPACE[1])
        choices.addWidget(self.day_edit)
        choices.addSpacing(theme.SPACE[3])
        up_to = QLabel(_("Up to"))
        up_to.setProperty("kind", "secondary")
        choices.addWidget(up_to)
        for button in self.cut_offs.values():
            choices.addWidget(button)
        choices.addWidget(self.other_button)
        choices.addWidget(self.other_time)
        choices.addStretch()
        figures = QHBoxLayout()
        figures.setSpacing(theme.SPACE[2])
        for figure in self.figures.values():
            figures.addWidget(figure)
        lower = QHBoxLayout()
        lower.setSpacing(theme.SPACE[2])
        lower.addWidget(_in_card(self.ages), 1)
        lower.addWidget(_in_card(self.nationalities), 1)
        self._make_pages()
        counted = QWidget()
        column = QVBoxLayout(counted)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE[2])
        column.addLayout(choices)
        column.addLayout(figures)
        column.addWidget(_in_card(self.hours), 4)
        column.addLayout(lower, 5)
        end = QHBoxLayout()
        end.addWidget(self.turns_button)
        end.addWidget(self.children_button)
        end.addWidget(self.review_button)
        end.addStretch(1)
        end.addWidget(self.pdf_button)
        whole = QVBoxLayout(self._figures_page)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.SPACE[2])
        whole.addWidget(scrolled(counted), 1)
        whole.addLayout(end)
        order: list[QWidget] = [
            self.day_edit, *self.cut_offs.values(), self.other_button, self.other_time, self.turns_button,
            self.children_button, self.review_button,
            self.pdf_button,
        ]  # fmt: skip
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _show(self, summary: Summary, present: int) -> None:
        number = self.session.language.number
        for name, count, asks in (
            ("arrivals", summary.arrivals, False),
            ("present", present, False),
            ("groups", summary.groups, False),
            ("children_alone", summary.children_alone, True),
            ("to_complete", summary.to_complete, True),
        ):
            self.figures[name].show_number(number(count), "warn" if asks and count else "")
        self._show_hours(summary)
        self._show_ages(summary)
        self._show_nationalities(summary)

    def _show_hours(self, summary: Summary) -> None:
        counts = summary.arrivals_by_hour
        said = "; ".join(f"{hour:02d}:00 {count}" for hour, count in enumerate(counts) if count)
        self.hours.show_counts(counts, said)

    def _show_ages(self, summary: Summary) -> None:
        ages, code = code_list("age_groups"), self.session.language.code
        rows = [
            PyramidRow(
                ages.label(group, code), *(summary.by_sex_and_age.get((sex, group), 0) for sex in _PYRAMID_SEXES)
            )
            for group in AGE_GROUPS
        ]
        self.ages.show_rows(rows, "; ".join(f"{row.label} {row.left} / {row.right}" for row in rows))

    def _show_nationalities(self, summary: Summary) -> None:
        names, code = code_list("nationalities"), self.session.language.code
        rows = [
            (names.label(nation, code) if nation else self.session._("Not recorded"), count)
            for nation, count in summary.by_nationality.items()
        ]
        self.nationalities.show_rows(rows, "; ".join(f"{name} {count}" for name, count in rows))


def _in_card(chart: Chart) -> Card:
    card = Card(chart.accessibleName())
    card.column.addWidget(chart, 1)
    return card
