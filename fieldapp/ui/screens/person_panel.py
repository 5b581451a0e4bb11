"""What panels of a family's page have in common that hold the form of one person: reading it, and problems beside it."""

from PySide6.QtCore import Qt

from fieldapp.domain.record import FieldProblem, IndividualEntry, Role
from fieldapp.ui.models.draft_content import GroupDraft, PersonDraft
from fieldapp.ui.models.draft_entry import read_draft
from fieldapp.ui.places import Shell
from fieldapp.ui.screens.edit_panel import EditPanel
from fieldapp.ui.screens.portrait_taking import PortraitTaking
from fieldapp.ui.session import Session
from fieldapp.ui.widgets.member_fields import MemberFields


class PersonPanel(EditPanel):
    """A panel with the fields of one person (`form`), which it leaves to the panel to put in place."""

    def __init__(self, session: Session, shell: Shell, title: str, primary: str) -> None:
        super().__init__(session, shell, title, primary)
        desk = session.desk
        with_protection = desk.actor.role is Role.PROTECTION_OFFICER
        self.form = MemberFields(session.language, desk.today, member=True, with_protection=with_protection)
        self.form.more.portrait.taker = PortraitTaking(session, shell, self)

    def take_focus(self) -> None:
        self.form.given_names.setFocus(Qt.FocusReason.TabFocusReason)

    def show_field_problem(self, problem: FieldProblem) -> bool:
        """Say beside its field what is wrong."""
        field = self.form.show_problem(problem)
        if field is None:
            return super().show_field_problem(problem)
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def read_person(self) -> tuple[PersonDraft, IndividualEntry] | None:
        """Read the form, or say beside the first field that cannot be read what is wrong and give it the keyboard."""
        self.form.clear_problems()
        wrong = self.form.first_problem()
        if wrong is not None:
            wrong.setFocus(Qt.FocusReason.OtherFocusReason)
            return None
        draft, desk = self.form.draft, self.session.desk
        if not draft.given_names.strip() and not draft.surnames.strip():
            self.form.frames["given_names"].set_problem(self.session._("A person needs a name."))
            self.form.given_names.setFocus(Qt.FocusReason.OtherFocusReason)
            return None
        entry, problems = read_draft(GroupDraft(people=(draft,)), desk.now_ms(), desk.today())
        unread = next((problem for problem in problems if problem.blocking), None)
        if unread is not None and self.show_field_problem(unread):
            return None
        return draft, entry.members[0]
