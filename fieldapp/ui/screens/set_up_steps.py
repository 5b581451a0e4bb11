"""The questions of the set-up assistant, one page a subject. Each page knows the names of the plan's fields it asks."""

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget

from fieldapp import words
from fieldapp.domain.names import search_key
from fieldapp.domain.record import FieldProblem
from fieldapp.domain.registration_number import is_post_code
from fieldapp.i18n import LANGUAGES, Language
from fieldapp.ui import theme
from fieldapp.ui.models import draft_choices
from fieldapp.ui.screens.slip_layouts import every_layout
from fieldapp.ui.widgets.code_field import CodeField
from fieldapp.ui.widgets.field_frame import FieldFrame
from fieldapp.ui.widgets.language_switch import LanguageSwitch
from fieldapp.ui.widgets.option_list import OptionList
from fieldapp.ui.widgets.password_pair import Judge, PasswordPair
from fieldapp.ui.widgets.plain_field import PlainField
from fieldapp.ui.widgets.start_page import StartPage
from fieldapp.ui.widgets.step_line import StepLine
from fieldapp.ui.work import Work

STEPS = 7


class Step(StartPage):
    """One page: Enter goes to the next field and from the last one on, Ctrl+Enter goes on at once, Esc goes back."""

    def __init__(
        self,
        language: Language,
        number: int,
        title: str,
        intro: str,
        *,
        back: bool = True,
    ) -> None:
        super().__init__(
            language,
            title,
            intro,
            primary=language.gettext("Next"),
            back=language.gettext("Back  Esc") if back else "",
        )
        self.frames: dict[str, FieldFrame] = {}
        if number:
            self.body.addWidget(StepLine(language, number, STEPS))
            self.body.addSpacing(theme.SPACE[1])

    def add_line(self, name: str, label: str, hint: str = "", text: str = "") -> QLineEdit:
        """Add a field of one line for a field of the plan."""
        field = PlainField(text)
        self.add_field(name, label, field, hint)
        field.textEdited.connect(lambda _text: self.frames[name].set_problem(""))
        return field

    def add_field(self, name: str, label: str, field: QWidget, hint: str = "") -> None:
        """Add a field with its label for a field of the plan."""
        self.frames[name] = FieldFrame(label, field, hint)
        self.body.addWidget(self.frames[name])

    def answers(self) -> Mapping[str, str]:
        """Return the plan's fields as answered here."""
        return {name: _text_of(frame.field) for name, frame in self.frames.items()}

    def show_problems(self, problems: Iterable[FieldProblem]) -> bool:
        """Show the problems of this page's fields beside them; tell whether there is any."""
        mine = {problem.field: problem for problem in problems if problem.blocking and self.asks(problem.field)}
        for name, frame in self.frames.items():
            problem = mine.get(name)
            frame.set_problem(self._say(problem) if problem else "")
        first = next((frame for name, frame in self.frames.items() if name in mine), None)
        if first is not None:
            first.setFocus()
        return bool(mine)

    def asks(self, field: str) -> bool:
        """Tell whether this page asks a field of the plan."""
        return field in self.frames

    def take_focus(self) -> None:
        """Give the keyboard to the first field."""
        first = next(iter(self.frames.values()), None)
        (first or self.primary_button).setFocus()

    def last_field(self) -> QWidget | None:
        """Return the field from which Enter goes on."""
        return list(self.frames.values())[-1].field if self.frames else None

    def _say(self, problem: FieldProblem) -> str:
        return words.say(self.language, problem.code, value=problem.value, limit=problem.limit)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter goes to the next field until the last one."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        has_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        focused, last = QApplication.focusWidget(), self.last_field()
        is_last = last is None or focused is None or focused is last or last.isAncestorOf(focused)
        if is_enter and not has_control and not is_last and focused is not self.primary_button:
            self.focusNextChild()
            return
        super().keyPressEvent(event)


def _text_of(field: QWidget) -> str:
    if isinstance(field, CodeField):
        return field.code
    return field.text().strip() if isinstance(field, QLineEdit) else ""


class LanguageStep(Step):
    """The language of the screen; choosing one builds the assistant anew in it."""

    def __init__(self, language: Language, chosen: Callable[[str], None]) -> None:
        _ = language.gettext
        super().__init__(
            language,
            1,
            _("Welcome to fieldapp"),
            _("A few questions make this laptop ready to register families. It takes about five minutes."),
            back=False,
        )
        label = QLabel(_("Language of the screen"))
        self.languages = LanguageSwitch(language.code)
        self.languages.chosen.connect(chosen)
        self.body.addWidget(label)
        self.body.addWidget(self.languages, 0, Qt.AlignmentFlag.AlignLeading)
        note = QLabel(_("You need paper, or a printer: at the end a recovery key is shown that must be kept."))
        note.setProperty("kind", "hint")
        note.setWordWrap(True)
        self.body.addWidget(note)
        self.join_button = QPushButton(_("Join an operation that other laptops have"))
        theme.set_icon(self.join_button, "usb")
        self.body.addWidget(self.join_button, 0, Qt.AlignmentFlag.AlignLeading)

    def take_focus(self) -> None:
        """Give the keyboard to the way on: the language is mostly right already."""
        self.primary_button.setFocus()


class OperationStep(Step):
    """What slips and summaries say at their head and foot."""

    def __init__(self, language: Language) -> None:
        _ = language.gettext
        super().__init__(
            language,
            2,
            _("The operation"),
            _("These words stand on every slip and summary."),
        )
        self.add_line(
            "operation_name",
            _("Name of the operation"),
            _("For example: Border response Norte de Santander"),
        )
        self.add_line("organisation", _("Organisation that issues the slips"))
        self.add_line(
            "contact",
            _("Contact line for families"),
            _("A phone number or an address people can reach"),
        )


class PlaceStep(Step):
    """Where this laptop stands, and the code that its registration numbers carry."""

    def __init__(self, language: Language, device_code: str, *, alone: bool = False) -> None:
        _ = language.gettext
        super().__init__(
            language,
            0 if alone else 3,
            _("This laptop"),
            _("Where it stands, and the code in its registration numbers."),
        )
        self._joins = alone
        self._post = CodeField(draft_choices.posts(language.code))
        self._post.setMaxLength(200)
        hint = _("Type a few letters and choose")
        its_own = _("Type a few letters and choose, or type the code of a post that your operation added")
        self.add_field("post", _("Border post"), self._post, its_own if alone else hint)
        self._post.changed.connect(lambda: self.frames["post"].set_problem(""))
        self.add_line("shelter", _("Shelter"), _("Leave empty if there is none here"))
        self.add_line(
            "device_code",
            _("Code of this laptop"),
            _("Each laptop has its own: a letter and a digit. Change it only if the operation gave you another one."),
            device_code,
        )

    def answers(self) -> Mapping[str, str]:
        """Return the answers, the device code in capitals."""
        given = dict(super().answers())
        return given | {"device_code": given["device_code"].upper(), "post": given["post"] or self._of_the_operation()}

    def _of_the_operation(self) -> str:
        """Return the code of a post that is in no list here, which a laptop that joins may not know yet."""
        typed = self._post.text().strip().upper()
        return typed if self._joins and is_post_code(typed) else ""

    def show_problems(self, problems: Iterable[FieldProblem]) -> bool:
        """A post that is in no list is said with what was typed."""
        if self._post.problem and not self._of_the_operation():
            problems = [FieldProblem(None, "post", self._post.problem, self._post.text().strip())]
        return super().show_problems(problems)


class AdministratorStep(Step):
    """The first administrator and their password."""

    def __init__(
        self,
        language: Language,
        work: Work,
        judge: Judge,
        related: Callable[[], tuple[str, ...]],
    ) -> None:
        _ = language.gettext
        super().__init__(
            language,
            4,
            _("The first administrator"),
            _("You. An administrator lets others in and keeps the keys."),
        )
        self._related = related
        self._name = self.add_line("display_name", _("Your name"))
        self._short = self.add_line(
            "short_name",
            _("Short name for signing in"),
            _("One word, for example rosa"),
        )
        self._name.editingFinished.connect(self._suggest)
        self.pair = PasswordPair(language, work, judge, self._names)
        self.body.addWidget(self.pair)

    def answers(self) -> Mapping[str, str]:
        """Return the answers with the password."""
        return {**super().answers(), "password": self.pair.text}

    def asks(self, field: str) -> bool:
        """The password is asked here too."""
        return field == "password" or super().asks(field)

    def show_problems(self, problems: Iterable[FieldProblem]) -> bool:
        """Also say what is wrong with the password."""
        problems = tuple(problems)
        found = super().show_problems(problems)
        weak = next((problem for problem in problems if problem.field == "password"), None)
        if weak is not None:
            # While typing it was said why it is weak; those words stay, in the colour of an error.
            self.pair.refuse(self.pair.first.hint if self.pair.text and self.pair.first.hint else self._say(weak))
        return not self.pair.is_repeated() or found or weak is not None

    def last_field(self) -> QWidget:
        """Enter goes on from the repeated password."""
        return self.pair.second.line

    def _names(self) -> tuple[str, ...]:
        return (*self._related(), self._name.text(), self._short.text())

    def _suggest(self) -> None:
        if self._name.text().strip() and not self._short.text():
            self._short.setText(search_key(self._name.text()).split(" ")[0][:20])


class PaperStep(Step):
    """How slips are printed."""

    def __init__(self, language: Language) -> None:
        _ = language.gettext
        super().__init__(language, 5, _("Paper"), _("You can change this later in Settings."))
        self.slip_layout = OptionList(_("Slips"), every_layout(language), "a6")
        self.slip_language = OptionList(
            _("Language of the slips"),
            [(code, name, "") for code, name in LANGUAGES.items()],
            "es",
        )
        self.body.addWidget(self.slip_layout)
        self.body.addWidget(self.slip_language)

    def take_focus(self) -> None:
        """Give the keyboard to the answer that holds."""
        self.slip_layout.buttons[self.slip_layout.value].setFocus()

    def preferences(self) -> dict[str, object]:
        """Return the answers as settings."""
        layout = self.slip_layout.value
        return {
            "slip_layout": layout,
            "slip_language": self.slip_language.value,
            "summary_paper": "a4" if layout == "a4" else "letter",
        }
