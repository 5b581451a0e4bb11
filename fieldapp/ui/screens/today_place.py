"""The day in figures and charts up to a cut-off, and its summary as a PDF. Counts come from the register each time."""

from datetime import date
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QDate, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QDateEdit,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from fieldapp.code_lists import code_list
from fieldapp.domain.record import Sex
from fieldapp.domain.summary import AGE_GROUPS, Summary
from fieldapp.services.desk import Desk
from fieldapp.services.summarise import CUT_OFFS, log_summary, summarise, summary_pdf, todays_figures
from fieldapp.trust.safe_files import write_whole
from fieldapp.ui import theme
from fieldapp.ui.places import Place, Shell
from fieldapp.ui.session import Session
from fieldapp.ui.widgets.card import Card
from fieldapp.ui.widgets.charts import Chart, HourChart, Pyramid, PyramidRow, RowChart
from fieldapp.ui.widgets.figure import Figure

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
        QShortcut(QKeySequence("Ctrl+Return"), self, self.choose_file)
        self._gather = QTimer(self, singleShot=True, interval=_GATHER_MS)
        self._gather.timeout.connect(self.refresh)
        session.work.changed.connect(self._on_changed)

    def title(self) -> str:
        """Return the words in the header."""
        return self.session._("Today")

    def shortcuts(self) -> tuple[tuple[str, str], ...]:
        """Return the keys of this place."""
        return (("Ctrl+Enter", self.session._("Save the summary as a PDF")),)

    def entered(self) -> None:
        """Count anew; a new day is shown if the old one was."""
        today = self.session.desk.today()
        was_today = self.day == self._today
        self._today = today
        self.day_edit.setMaximumDate(QDate(today.year, today.month, today.day))
        if was_today:
            self.day_edit.setDate(self.day_edit.maximumDate())
        self.refresh()
        self.pdf_button.setFocus()

    @property
    def day(self) -> date:
        """The day that is counted."""
        chosen = self.day_edit.date()
        return date(chosen.year(), chosen.month(), chosen.day())

    @property
    def cut_off(self) -> str:
        """The time up to which the day is counted."""
        return next(code for code, button in self.cut_offs.items() if button.isChecked())

    def refresh(self) -> None:
        """Count in the background; what is shown stays until the new counts are there."""
        self._asked += 1
        asked, desk, day, cut_off = self._asked, self.session.desk, self.day, self.cut_off
        self.session.work.query(
            lambda: (summarise(desk, day, cut_off), todays_figures(desk).present),
            lambda counted: self._show(*counted) if asked == self._asked else None,
            owner=self,
        )

    def choose_file(self) -> None:
        """Ask where the summary goes, then save it."""
        if not self.pdf_button.isEnabled():
            return
        name = f"summary-{self.session.desk.device.code}-{self.day:%Y-%m-%d}-{self.cut_off.replace(':', '')}.pdf"
        chosen, _kind = QFileDialog.getSaveFileName(self, self.session._("Summary PDF"), name, "PDF (*.pdf)")
        if chosen:
            self.save_summary_to(Path(chosen))

    def save_summary_to(self, path: Path) -> None:
        """Draw the summary in the background, write it to a file, and log that it was made."""
        desk, day, cut_off = self.session.desk, self.day, self.cut_off
        language, paper = self.session.language, self.session.settings.summary_paper
        self.pdf_button.setEnabled(False)

        def draw() -> tuple[Summary, bytes]:
            summary = summarise(desk, day, cut_off)
            return summary, summary_pdf(summary, language, paper, desk.zone)

        def keep(drawn: tuple[Summary, bytes]) -> None:
            self.session.work.change(
                lambda: _write(desk, path, *drawn),
                lambda _done: self._on_saved(path),
                self._on_failed,
                changes="",
                owner=self,
            )

        self.session.work.query(draw, keep, self._on_failed, owner=self)

    def _on_saved(self, path: Path) -> None:
        self.pdf_button.setEnabled(True)
        self.shell.show_banner("ok", self.session._("The summary is saved: {path}", path=str(path)))

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
        self.day_edit.setDisplayFormat("yyyy-MM-dd")
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
        group.buttonClicked.connect(lambda _button: self.refresh())
        self.pdf_button = QPushButton(_("Summary PDF"))
        self.pdf_button.setProperty("kind", "primary")
        self.pdf_button.setToolTip(_("Save the summary as a PDF") + " (Ctrl+Enter)")
        theme.set_icon(self.pdf_button, "file-text")
        self.pdf_button.clicked.connect(self.choose_file)

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
        choices.addStretch()
        choices.addWidget(self.pdf_button)
        figures = QHBoxLayout()
        figures.setSpacing(theme.SPACE[2])
        for figure in self.figures.values():
            figures.addWidget(figure)
        lower = QHBoxLayout()
        lower.setSpacing(theme.SPACE[2])
        lower.addWidget(_in_card(self.ages), 1)
        lower.addWidget(_in_card(self.nationalities), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE[4], theme.SPACE[3], theme.SPACE[4], theme.SPACE[3])
        column.setSpacing(theme.SPACE[2])
        column.addLayout(choices)
        column.addLayout(figures)
        column.addWidget(_in_card(self.hours), 4)
        column.addLayout(lower, 5)
        order: list[QWidget] = [self.day_edit, *self.cut_offs.values(), self.pdf_button]
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


def _write(desk: Desk, path: Path, summary: Summary, pdf: bytes) -> None:
    write_whole(path, pdf)
    log_summary(desk, summary)
