"""Pictures of what one meets more seldom: `python -m tests.picture_scenes DIR [DRESS...]`. For looking at, not a test.

Turns and their second screen, practice, who may be registered already, the pairs, the panels of a family's page, a
paper that was scanned, a camera that is not there. A dress is one of DRESSES; without any, all are taken.
"""

import sys
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from unittest.mock import patch

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea

from fieldapp.code_lists import Code
from fieldapp.domain.people import GroupPage, PeopleQuery
from fieldapp.domain.problems import InvalidEntry
from fieldapp.services.find import group_page, individuals
from fieldapp.services.lists import export_people
from fieldapp.services.own_codes import set_codes
from fieldapp.services.slips import issue_slip, void_slip
from fieldapp.services.turns import call_next, give_turn
from fieldapp.ui.screens.camera_dialog import CameraDialog
from fieldapp.ui.screens.family_erase import ErasePanel
from fieldapp.ui.screens.people_place import PeoplePlace
from fieldapp.ui.screens.register_place import RegisterPlace
from fieldapp.ui.screens.settings_place import SettingsPlace
from fieldapp.ui.screens.today_place import TodayPlace
from tests.pictures import ENTER, PREVIEW_MS, SIZE, Photographer, into_nothing, made_post, wait_until
from tests.ui.keys import press, press_control, scan, type_text

DRESSES: Mapping[str, Mapping[str, object]] = {
    "es": {"language": "es"},
    "en": {"language": "en"},
    "dark": {"language": "es", "theme": "dark"},
    "contrast": {"language": "es", "theme": "contrast"},
    "large": {"language": "es", "text_percent": 200},
}
PASSPORT = "P<VENRODRIGUEZ<DE<LA<CRUZ<<MARIA<FERNANDA<<<\r1484123458VEN8902144F3012316<<<<<<<<<<<<<<02"
"""Of nobody: the check digits are right."""


class Rarer(Photographer):
    """Walks to what the other pictures do not show."""

    def hints(self) -> None:
        """Somebody like a person who is here: beside the form, and side by side."""
        place = self._place("register", RegisterPlace)
        known = self._somebody()
        for text in known:
            type_text(None, text)
            press(None, ENTER)
        wait_until(lambda: place.hints.panel.isVisible())
        self._rest()
        self.take("hints")
        press(None, Qt.Key.Key_F8)
        self.take("compare")
        press(None, Qt.Key.Key_Escape)
        press(None, Qt.Key.Key_Escape)
        self.settle()
        self.shell.clear_banner()

    def papers(self) -> None:
        """A passport that fills the form, one that differs from what was typed, one that cannot be read."""
        place = self._place("register", RegisterPlace)
        strip = place.papers.focal.strip
        place.go_to_form()
        self._back_to_the_window()
        scan(PASSPORT)
        wait_until(lambda: strip.text)
        self._rest()
        self.take("paper")
        press(None, Qt.Key.Key_F9)
        place.form.focal.given_names.setFocus()
        type_text(None, "María")
        scan(PASSPORT, begins_ms=60_000)
        wait_until(lambda: strip.text)
        self.take("paper-differs")
        press(None, Qt.Key.Key_F9)
        scan(PASSPORT[:-1] + "7", begins_ms=90_000)
        wait_until(lambda: strip.text)
        self.take("paper-refused")
        press(None, Qt.Key.Key_Escape)
        self.settle()
        self.shell.clear_banner()

    def camera(self) -> None:
        """The camera of a laptop that has none."""
        self._place("register", RegisterPlace)
        press(None, Qt.Key.Key_F10)
        dialog = self.shell.camera
        assert isinstance(dialog, CameraDialog)
        self.settle()
        dialog.grab().save(str(self.out / f"{self.prefix}-camera.png"))
        press(dialog, Qt.Key.Key_Escape)
        self._back_to_the_window()

    def scanned_slip(self) -> None:
        """A slip of a family here, and something that is no slip."""
        assert self.window.session is not None
        desk = self.window.session.desk
        place = self._place("register", RegisterPlace)
        place.form.focal.given_names.setFocus()
        page = self._a_family()
        issued = issue_slip(desk, page.group_id, "es")
        scan(issued.codes[0], begins_ms=200_000)
        wait_until(lambda: self.shell.answer)
        self.take("slip")
        press(None, Qt.Key.Key_Escape)
        void_slip(desk, page.group_id, issued.content.slip_id, "La constancia se mojó y el nombre no se lee")
        issue_slip(desk, page.group_id, "es")
        scan(issued.codes[0], begins_ms=250_000)
        wait_until(lambda: self.shell.answer)
        self.take("slip-void")
        press(None, Qt.Key.Key_Escape)
        scan("NCFOXN%TSMAHN-HWNHRD8WUU9D3+W8V4TRAGB*/8HWUZEGAPM/24 *4PGB2OTE-IDLEN", begins_ms=300_000)
        wait_until(lambda: self.shell.answer)
        self.take("slip-altered")
        press(None, Qt.Key.Key_Escape)

    def all_slips_again(self) -> None:
        """The card that prints every slip once more, and what it says of a file."""
        settings = self._place("settings", SettingsPlace)
        settings.tabs.setCurrentIndex(1)
        card, area = settings.paper_page.reprint, settings.tabs.currentWidget()
        assert card is not None
        assert isinstance(area, QScrollArea)
        with tempfile.TemporaryDirectory() as folder:
            card.save_to(Path(folder) / "constancias.pdf")
            wait_until(lambda: not card.is_running)
        area.ensureWidgetVisible(card)
        self.settle()
        self.take("all-slips-again")

    def code_lists(self) -> None:
        """The operation's own codes: one added and one ended, and the form with a code that is taken."""
        settings = self._place("settings", SettingsPlace)
        settings.asked(tab="lists")
        page = settings.codes_page
        assert page is not None
        assert self.window.session is not None
        own = Code("SHELT", {"es": "Albergue del Estadio General Santander, entrada por la tribuna oriental"}, {})
        set_codes(self.window.session.desk, "border_posts", [own])
        page.refresh()
        self.settle()
        page.table.selectRow(2)
        page.turn()
        self.settle()
        page.table.scrollToBottom()
        page.table.selectRow(len(page.codes) - 1)
        self.take("code-lists")
        page.add_button.click()
        type_text(None, "PSB")
        press_control(None, ENTER)
        self.take("code-lists-form")
        press(None, Qt.Key.Key_Escape)

    def turns(self) -> None:
        """Nobody waits; then some wait, one is served, and the screen on the wall."""
        assert self.window.session is not None
        desk = self.window.session.desk
        today = self._place("today", TodayPlace)
        press_control(today.pdf_button, Qt.Key.Key_T)
        self.take("turns-empty")
        today.turns_page.open_screen()
        self._screen(today, "turn-screen-empty")
        for row in individuals(desk, PeopleQuery(), 0, 30):
            with suppress(InvalidEntry):
                give_turn(desk, row.group_id)
        call_next(desk)
        today.turns_page.refresh()
        self.take("turns")
        self._screen(today, "turn-screen")
        press(None, Qt.Key.Key_Escape)

    def _screen(self, today: TodayPlace, name: str) -> None:
        screen = today.turns_page.turn_screen
        assert screen is not None
        screen.resize(*SIZE)
        screen.refresh()
        self.settle()
        screen.grab().save(str(self.out / f"{self.prefix}-{name}.png"))
        screen.close()
        self._back_to_the_window()

    def review(self) -> None:
        """The pairs that wait."""
        today = self._place("today", TodayPlace)
        press_control(today.pdf_button, Qt.Key.Key_D)
        self.settle()
        self.take("review")
        press(None, Qt.Key.Key_Escape)

    def panels(self) -> None:
        """What happens to a family later: the menu and each of its panels."""
        place = self._place("people", PeoplePlace)
        self.shell.open_group(self._a_family().group_id)
        wait_until(lambda: place.group.page is not None)
        menu = place.group.menu
        self.settle()
        for name in ("return", "add", "split", "move", "focal_point", "withdraw", "search", "turn", "token"):
            if not menu.entries[name].isVisible():
                continue
            menu.ask(name)
            self.take(f"panel-{name}")
            press(None, Qt.Key.Key_Escape)
        press(None, Qt.Key.Key_F7)
        self.take("complete-next")
        press(None, Qt.Key.Key_Escape)

    def erasure(self) -> None:
        """The panel as it opens and filled in, what is said afterwards, and the files that are left under Sync."""
        assert self.window.session is not None
        place, desk = self._place("people", PeoplePlace), self.window.session.desk
        page = self._a_family()
        self.shell.open_group(page.group_id)
        wait_until(lambda: place.group.page is not None and place.group.page.group_id == page.group_id)
        self.settle()
        place.group.menu.ask("erase")
        panel = place.group.panel
        assert isinstance(panel, ErasePanel)
        self.take("erase")
        press(None, Qt.Key.Key_Tab)
        press(None, Qt.Key.Key_Down)
        press(None, Qt.Key.Key_Tab, times=2)
        type_text(None, page.members[0].surnames)
        self.take("erase-confirmed")
        with tempfile.TemporaryDirectory() as folder:
            export_people(desk, Path(folder) / "personas.csv")
            press_control(None, ENTER)
            wait_until(lambda: panel.is_done)
            self.take("erased")
            press(None, Qt.Key.Key_Escape)
            self.shell.go_to("synchronise")
            self.take("erased-left")

    def find(self) -> None:
        """The answers while typing in the box of the header."""
        self._place("register", RegisterPlace)
        press_control(None, Qt.Key.Key_K)
        type_text(None, self._somebody()[1][:6])
        self.take("find")
        press(None, Qt.Key.Key_Escape)

    def practice(self) -> None:
        """The practice register, entered from Settings."""
        shell = self.shell
        shell.ask_practice()
        wait_until(lambda: self.window.shell is not None and self.window.shell is not shell)
        wait_until(lambda: self.shell.practice is not None)
        self.settle()
        self.take("practice")
        press(None, Qt.Key.Key_F3)
        self.take("practice-people")

    def _back_to_the_window(self) -> None:
        self.window.activateWindow()
        wait_until(self.window.isActiveWindow)
        self.settle()

    def _rest(self) -> None:
        QTest.qWait(PREVIEW_MS)

    def _somebody(self) -> tuple[str, str]:
        """Return the given names and surnames of somebody who is here."""
        page = self._a_family()
        focal = page.members[0]
        return focal.given_names, focal.surnames

    def _a_family(self) -> GroupPage:
        """Return a family of several members."""
        assert self.window.session is not None
        desk = self.window.session.desk
        groups = dict.fromkeys(row.group_id for row in individuals(desk, PeopleQuery(), 0, 60))
        pages = (group_page(desk, group, audited=False) for group in groups)
        return next(page for page in pages if len(page.members) > 3)  # noqa: PLR2004 - large enough to be split

    def everything(self) -> None:
        """Take all of them."""
        for scene in (
            self.hints, self.papers, self.camera, self.scanned_slip, self.find, self.panels, self.turns, self.review,
            self.all_slips_again, self.code_lists, self.erasure, self.practice,
        ):  # fmt: skip
            scene()


def main(out: Path, dresses: Iterable[str]) -> None:
    """Take every picture into a folder, in each dress."""
    out.mkdir(parents=True, exist_ok=True)
    app = QApplication(sys.argv[:1])
    app.setCursorFlashTime(0)
    for name in dresses:
        with (
            tempfile.TemporaryDirectory() as folder,
            patch("fieldapp.ui.printing.remembered_printer", into_nothing(folder)),
        ):
            at = Rarer(app, made_post(Path(folder)), out, name, **DRESSES[name])
            at.sign_in()
            at.everything()
            at.end()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:] or DRESSES)
