"""Pictures of every screen, taken by the program itself: `python -m tests.pictures DIR`. For looking at, not a test.

A made-up post with invented families, a clock that stands still and real key events; the same code gives the same
pictures. `QT_QPA_PLATFORM=xcb` takes them on a real display. DIR is made anew for the pictures only; the register lies
in a temporary folder.
"""

import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TypeVar
from unittest.mock import patch

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image
from PySide6.QtCore import QElapsedTimer, Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from fieldapp import settings as stored_settings
from fieldapp.domain.record import Role
from fieldapp.i18n import language
from fieldapp.services.demo import demo_day, leave_the_day, register_families
from fieldapp.services.desk import Desk
from fieldapp.services.set_up import SetUpPlan, confirm_recovery_key, set_up
from fieldapp.services.sign_in import sign_out
from fieldapp.services.slip_files import SlipFolder
from fieldapp.services.staff import add_staff
from fieldapp.settings import Settings
from fieldapp.ui.screens.people_place import PeoplePlace
from fieldapp.ui.screens.register_place import RegisterPlace
from fieldapp.ui.screens.settings_place import SettingsPlace
from fieldapp.ui.screens.sign_in import SignInScreen
from fieldapp.ui.shell import MainShell
from fieldapp.ui.surroundings import Surroundings
from fieldapp.ui.window import MainWindow
from tests.desks import TestClock
from tests.ui.keys import press, press_control, type_text

SIZE = (1366, 768)
PASSWORD = "trueno balcón mimbre 41"
LONG_GIVEN, LONG_SURNAMES = "Maximiliana Esperanza del Carmen", "Etcheverrigaray Montesdeoca"
_PLAN = SetUpPlan(
    "Frontera 2026", "Alcaldía de Villa del Rosario", "+57 607 000 0000", "PSB", "Albergue La Parada", "A7", "rosa",
    "Rosa Elena Quintero", PASSWORD,
)  # fmt: skip
_DRESSES = (
    ("dark", {"theme": "dark"}),
    ("contrast", {"theme": "contrast"}),
    ("large", {"text_percent": 200}),
)
_QUIET_MS, _PATIENCE_MS = 350, 30_000
PREVIEW_MS = 1200  # longer than the pause after which the slip is drawn
_FAMILIES = 40
ENTER = Qt.Key.Key_Return
T = TypeVar("T", bound=QWidget)


@dataclass(frozen=True, slots=True)
class Post:
    """A register that is set up, and where its slips and its day lie."""

    around: Surroundings
    papers: Path


def made_post(folder: Path) -> Post:
    """Set a post up and register a morning of families."""
    clock, chance = TestClock(), Random(7)
    clock.forward(hours=3, minutes=47)
    around = Surroundings(folder / "data", clock, chance.randbytes)
    done = set_up(around.folder, _PLAN, clock=clock, random_bytes=chance.randbytes)
    confirm_recovery_key(around.folder, done.recovery_key)
    desk: Desk = done.desk
    add_staff(desk, "yuli", "Yuli Rangel", Role.REGISTRAR, PASSWORD)
    day = demo_day(desk)
    for _registered in register_families(desk, day, SlipFolder(folder / "slips"), _FAMILIES, 7, "es"):
        pass
    leave_the_day(desk, day, folder, language("es"), "letter")
    sign_out(desk)
    clock.forward(minutes=4)
    return Post(around, folder)


def wait_until(is_so: Callable[[], object]) -> None:
    """Let the window work until something is so."""
    timer = QElapsedTimer()
    timer.start()
    while not is_so():
        assert timer.elapsed() < _PATIENCE_MS, "waited in vain"
        QTest.qWait(10)


class Photographer:
    """Walks through one window and takes a picture of each screen, its name beginning with the prefix."""

    def __init__(self, app: QApplication, post: Post, out: Path, prefix: str, **settings: object) -> None:
        stored_settings.save(post.around.folder, Settings().changed(**settings))
        self.out, self.prefix = out, prefix
        self.window = MainWindow(app, post.around)
        self.window.begin()
        self.window.resize(*SIZE)
        self.window.show()
        self.window.activateWindow()

    @property
    def shell(self) -> MainShell:
        assert self.window.shell is not None
        return self.window.shell

    def settle(self) -> None:
        """Wait until nothing is on its way any more."""
        QTest.qWait(_QUIET_MS)
        wait_until(lambda: not self.window.work.is_busy)
        wait_until(lambda: self.window.session is None or not self.window.session.work.is_busy)
        QTest.qWait(_QUIET_MS)

    def take(self, name: str) -> None:
        """Take a picture of the window as it is."""
        self.settle()
        self.window.grab().save(str(self.out / f"{self.prefix}-{name}.png"))

    def sign_in(self, *, with_picture: bool = False) -> None:
        page = self.window.page
        assert isinstance(page, SignInScreen)
        page.choose("rosa")
        wait_until(page.password.line.hasFocus)
        if with_picture:
            self.take("sign-in")
            type_text(None, "no es esta")
            press(None, ENTER)
            wait_until(lambda: page.problem)
            self.take("sign-in-wrong")
            wait_until(page.primary_button.isEnabled)
            page.password.line.selectAll()
        type_text(None, PASSWORD)
        press(None, ENTER)
        wait_until(lambda: isinstance(self.window.page, MainShell))

    def register(self, *, with_slip: bool = False) -> None:
        """Walk the form by keys: empty, half filled with an error and, if wished, done with its slip."""
        place = self._place("register", RegisterPlace)
        self.take("register-empty")
        _enter_focal_point(place, born="45/45/2020")
        press_control(None, ENTER)
        self.take("register-error")
        place.form.focal.born.selectAll()
        type_text(None, "14/2/1989")
        press(None, ENTER)
        _count_the_others(place)
        self.shell.clear_banner()
        QTest.qWait(PREVIEW_MS)
        self.take("register")
        place.form.needs.field.setFocus()
        self.take("register-end")
        if with_slip:
            press_control(None, ENTER)
            wait_until(lambda: place.done.isVisible())
            self.take("register-done")
        else:
            press(None, Qt.Key.Key_Escape)
            self.settle()

    def long_name(self) -> None:
        """Show a name of 60 characters in the form, on the slip and on the page of its family."""
        place = self._place("register", RegisterPlace)
        place.go_to_form()
        place.form.focal.given_names.setFocus()
        type_text(None, LONG_GIVEN)
        press(None, ENTER)
        type_text(None, LONG_SURNAMES)
        self.take("register-long-name")
        press_control(None, ENTER)
        wait_until(lambda: place.done.isVisible())
        self.take("register-long-name-done")
        press(None, Qt.Key.Key_F3)
        self.take("people-long-name")
        people = self._place("people", PeoplePlace)
        press(None, ENTER)
        wait_until(lambda: people.group.page is not None)
        self.take("family-long-name")
        press(None, Qt.Key.Key_Escape)

    def drafts(self) -> None:
        place = self._place("register", RegisterPlace)
        place.go_to_form()
        press_control(None, Qt.Key.Key_D)
        self.take("register-drafts-empty")
        press(None, Qt.Key.Key_Escape)
        type_text(None, "Yuleisy")
        press(None, Qt.Key.Key_Escape)
        self.settle()
        self.take("register-put-aside")
        press_control(None, Qt.Key.Key_D)
        self.take("register-drafts")
        press(None, Qt.Key.Key_Delete, times=2)
        self.settle()
        press(None, Qt.Key.Key_Escape)

    def people(self) -> None:
        """The list, a search that finds nobody, and each part of a family's page with its panels."""
        place = self._place("people", PeoplePlace)
        self.take("people")
        type_text(None, "xyzw")
        self.take("people-nobody")
        press(None, Qt.Key.Key_Escape)
        type_text(None, "00035")
        press(None, ENTER)
        self.settle()
        press(None, ENTER)
        wait_until(lambda: place.group.page is not None)
        for number, name in enumerate(("family", "data", "slips", "history")):
            place.group.tabs.setCurrentIndex(number)
            place.group.take_focus()
            self.take(f"family-{number + 1}-{name}")
        place.group.tabs.setCurrentIndex(1)
        press_control(None, Qt.Key.Key_E)
        self.take("family-edit")
        press(None, Qt.Key.Key_Escape)
        for key, name in ((Qt.Key.Key_N, "note"), (Qt.Key.Key_M, "movement")):
            press_control(place.group.data.subjects, key)
            self.take(f"family-{name}")
            press(None, Qt.Key.Key_Escape)

    def others(self) -> None:
        """Today, Synchronise, every page of Settings, the keys and the lock."""
        for key, name in ((Qt.Key.Key_F4, "today"), (Qt.Key.Key_F5, "synchronise"), (Qt.Key.Key_F6, "settings")):
            press(None, key)
            self.take(name)
        settings = self._place("settings", SettingsPlace)
        for number in range(1, settings.tabs.count()):
            settings.tabs.setCurrentIndex(number)
            self.take(f"settings-{number + 1}")
        press(None, Qt.Key.Key_F2)
        press(None, Qt.Key.Key_F1)
        self.take("keys")
        press(None, Qt.Key.Key_Escape)
        press_control(None, Qt.Key.Key_L)
        self.take("lock")

    def end(self) -> None:
        self.window.close()
        self.window.deleteLater()
        QTest.qWait(10)

    def _place(self, name: str, kind: type[T]) -> T:
        self.shell.go_to(name)
        self.settle()
        place = self.shell.places[name]
        assert isinstance(place, kind)
        return place


def _enter_focal_point(place: RegisterPlace, *, born: str) -> None:
    place.form.focal.given_names.setFocus()
    for text in ("María de los Ángeles", "Villalobos Peña"):
        type_text(None, text)
        press(None, ENTER)
    for text in ("F", born):
        type_text(None, text)
    press(None, ENTER)
    type_text(None, "17345221")
    press(None, ENTER)


def _count_the_others(place: RegisterPlace) -> None:
    place.form.members.grid.setFocus()
    for key, count in ((Qt.Key.Key_Right, "2"), (Qt.Key.Key_Down, "1"), (Qt.Key.Key_Right, "1")):
        press(None, key)
        type_text(None, count)


def take_screens(app: QApplication, post: Post, out: Path) -> None:
    """Take the pictures of every screen in English and Spanish, and of Register in every other dress."""
    for code in ("en", "es"):
        at = Photographer(app, post, out, code, language=code)
        at.sign_in(with_picture=code == "en")
        at.register(with_slip=True)
        at.drafts()
        if code == "en":
            at.long_name()
        at.people()
        at.others()
        at.end()
    for name, changes in _DRESSES:
        at = Photographer(app, post, out, name, language="en", **changes)
        at.sign_in()
        at.register()
        at.people()
        at.others()
        at.end()


def take_paper(post: Post, out: Path) -> None:
    """Set the slip of a large family and the summary of the day side by side."""
    from pypdfium2 import PdfDocument

    slips = sorted((post.papers / "slips").glob("*.pdf"))
    slip = max(slips, key=lambda path: (path.stat().st_size, path.name))
    sheets = [
        PdfDocument(path)[0].render(scale=scale).to_pil()
        for path, scale in ((slip, 1.55), (post.papers / "summary.pdf", 1.1))
    ]
    picture = Image.new("RGB", (sum(sheet.width for sheet in sheets), max(sheet.height for sheet in sheets)), "white")
    left = 0
    for sheet in sheets:
        picture.paste(sheet, (left, 0))
        left += sheet.width
    picture.quantize(64).save(out / "paper.png", optimize=True)


def main(out: Path) -> None:
    """Take every picture into a folder."""
    out.mkdir(parents=True, exist_ok=True)
    app = QApplication(sys.argv[:1])
    app.setCursorFlashTime(0)
    with (
        tempfile.TemporaryDirectory() as folder,
        patch("fieldapp.ui.printing.remembered_printer", into_nothing(folder)),
    ):
        post = made_post(Path(folder))
        take_paper(post, out)
        take_screens(app, post, out)


def into_nothing(folder: str) -> Callable[[object], QPrinter]:
    """Return a way to a printer that prints into a file which is thrown away."""

    def remembered(_settings: object) -> QPrinter:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(f"{folder}/printed.pdf")
        return printer

    return remembered


if __name__ == "__main__":
    main(Path(sys.argv[1]))
