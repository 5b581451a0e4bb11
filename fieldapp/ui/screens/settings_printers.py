"""Settings of printers: which one has the paper of the chosen slip layout, how many copies, a test, and the others."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QSpinBox

from fieldapp import words
from fieldapp.domain.problems import Problem
from fieldapp.services.receipt_printer import PRINTABLE_DOTS, check_address
from fieldapp.services.sample_slip import sample_slip_pdf
from fieldapp.ui import theme
from fieldapp.ui.places import Shell
from fieldapp.ui.screens.slip_layouts import every_layout
from fieldapp.ui.session import Session
from fieldapp.ui.slip_printing import keep_printer, print_slip
from fieldapp.ui.widgets.card import Card
from fieldapp.ui.widgets.field_frame import FieldFrame
from fieldapp.ui.widgets.plain_field import PlainField

_MOST_COPIES = 5
_NOT_CHOSEN = "?"
"""Stands in the list for a layout whose printer nobody chose yet; no queue can be called like this."""


class SlipPrinterCard(Card):
    """The printer of the layout that is chosen above, its copies and a test slip."""

    def __init__(self, session: Session, shell: Shell) -> None:
        _ = session._
        super().__init__(_("Printer of the slips"), _("Each layout remembers its own printer."))
        self._session, self._shell = session, shell
        self.printer = QComboBox()
        self.frame = FieldFrame(_("Printer"), self.printer, " ")
        self.copies = QSpinBox()
        self.copies.setRange(1, _MOST_COPIES)
        self.copies.setValue(session.settings.slip_copies)
        # A spin box does not take the padding of the sheet.
        self.copies.lineEdit().setTextMargins(theme.SPACE[1], 0, theme.SPACE[1], 0)
        self.copies.valueChanged.connect(lambda count: session.save_settings(slip_copies=count))
        self.test_button = QPushButton(_("Print a test slip"))
        theme.set_icon(self.test_button, "printer")
        self.test_button.clicked.connect(self.print_test)
        self.receipt_printer = PlainField()
        self.receipt_printer.setText(session.settings.receipt_printer)
        self.receipt_printer.editingFinished.connect(self.keep_receipt_printer)
        self.receipt_frame = FieldFrame(
            _("Receipt printer without a queue"),
            self.receipt_printer,
            _("For rolls only. For example file:/dev/usb/lp0 or network:192.168.1.50; empty where there is none"),
        )
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE[3])
        row.addWidget(self.frame, 3)
        row.addWidget(FieldFrame(_("Copies"), self.copies, _("Of each slip")), 1)
        self.column.addLayout(row)
        self.column.addWidget(self.receipt_frame)
        last = QHBoxLayout()
        last.addWidget(self.test_button)
        last.addStretch(1)
        self.column.addLayout(last)
        self.printer.activated.connect(self._on_printer)
        self._names: list[str] = []
        self.show_layout()

    def show_layout(self) -> None:
        """Show the printer of the layout that holds now; one that was chosen stays, also while it is unplugged."""
        session, _ = self._session, self._session._
        layout = session.settings.slip_layout
        kept = session.settings.printers.get(layout, _NOT_CHOSEN)
        self.printer.clear()
        self.printer.addItem(_("Ask at the next slip, and remember"), _NOT_CHOSEN)
        self.printer.addItem(_("Ask each time"), "")
        for name in dict.fromkeys([*self._names, kept]):
            if name not in ("", _NOT_CHOSEN):
                self.printer.addItem(name, name)
        self.printer.setCurrentIndex(self.printer.findData(kept))
        called = next((word for value, word, _more in every_layout(session.language) if value == layout), layout)
        self.frame.set_hint(_("For: {layout}", layout=called))
        self.receipt_frame.setVisible(layout in PRINTABLE_DOTS)

    def show_printers(self, names: list[str]) -> None:
        """Offer the printers of this laptop."""
        self._names = names
        self.show_layout()

    def _on_printer(self, _row: int) -> None:
        layout, chosen = self._session.settings.slip_layout, self.printer.currentData()
        if chosen == _NOT_CHOSEN:
            others = {key: name for key, name in self._session.settings.printers.items() if key != layout}
            self._session.save_settings(printers=others)
        else:
            keep_printer(self._session, layout, chosen)

    def keep_receipt_printer(self) -> None:
        """Keep the address of the receipt printer, or say beside it what an address looks like."""
        text = self.receipt_printer.text().strip()
        try:
            if text:
                check_address(text)
        except Problem as problem:
            self.receipt_frame.set_problem(words.say(self._session.language, problem.code, **problem.values))
            return
        self.receipt_frame.set_problem("")
        if text != self._session.settings.receipt_printer:
            self._session.save_settings(receipt_printer=text)

    def print_test(self) -> None:
        """Print the slip of an invented family as a real one would be printed; nothing of it is in the log."""
        desk, settings = self._session.desk, self._session.settings
        self.test_button.setEnabled(False)
        self._session.work.query(
            lambda: sample_slip_pdf(desk, settings.slip_language, settings.slip_layout),
            lambda pdf: print_slip(self, pdf, self._session, self._on_printed, self._on_waiting),
            self._on_failed,
            owner=self,
        )

    def _on_printed(self, problem: Problem | None) -> None:
        self.test_button.setEnabled(True)
        self.show_layout()
        if problem is None:
            self._shell.show_banner(
                "ok", self._session._("The test slip is printed. Try whether its code can be scanned.")
            )
        else:
            self._shell.show_problem(problem)

    def _on_waiting(self, code: str) -> None:
        settings = self._session.settings
        if code:
            printer = settings.printer_of(settings.slip_layout)
            self._shell.show_banner("warn", words.say(self._session.language, code, printer=printer))

    def _on_failed(self, error: Exception) -> None:
        self.test_button.setEnabled(True)
        self._shell.show_problem(error)


class OtherPapersCard(Card):
    """The printer of everything else, the summary before all."""

    def __init__(self, session: Session) -> None:
        _ = session._
        super().__init__(_("Summary and notices"))
        self.printer = QComboBox()
        self.printer.addItem(_("Ask each time"), "")
        if session.settings.printer:
            self.printer.addItem(session.settings.printer, session.settings.printer)
            self.printer.setCurrentIndex(1)
        self.printer.activated.connect(lambda _row: session.save_settings(printer=self.printer.currentData()))
        self.column.addWidget(FieldFrame(_("Printer"), self.printer, _("Pages go there without being asked about")))

    def show_printers(self, names: list[str]) -> None:
        """Offer the printers of this laptop; the remembered one stays, also while it is unplugged."""
        for name in names:
            if self.printer.findData(name) < 0:
                self.printer.addItem(name, name)


def look_for_printers(slips: SlipPrinterCard, others: OtherPapersCard) -> None:
    """List the printers of this laptop in both cards, once the window had its turn."""

    def look() -> None:
        from PySide6.QtPrintSupport import QPrinterInfo  # noqa: PLC0415 - slow where there are many printers

        names = QPrinterInfo.availablePrinterNames()
        slips.show_printers(names)
        others.show_printers(names)

    QTimer.singleShot(0, slips, look)
