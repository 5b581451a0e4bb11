"""A member more for a registered family: one of those who were only counted, or somebody who came or was born later."""

from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QComboBox

from fieldapp.code_lists import code_list
from fieldapp.domain.people import GroupPage, PersonPage
from fieldapp.domain.record import HeadCount, IndividualEntry, MovementKind, Sex
from fieldapp.services import find
from fieldapp.services.desk import Desk
from fieldapp.services.membership import add_member, mark_complete
from fieldapp.ui.models import person_words
from fieldapp.ui.models.counted_heads import in_told_order, who_fits
from fieldapp.ui.models.draft_content import PersonDraft
from fieldapp.ui.places import Shell
from fieldapp.ui.screens.edit_person import draft_of
from fieldapp.ui.screens.family_add_keeping import MemberKeeper
from fieldapp.ui.screens.person_panel import PersonPanel
from fieldapp.ui.screens.register_keys import EnterGoesOn
from fieldapp.ui.session import Session
from fieldapp.ui.widgets.field_frame import FieldFrame

_FIRST = "first"
_WAYS = (_FIRST, str(MovementKind.ARRIVAL), str(MovementKind.BIRTH), str(MovementKind.TRANSFER_IN))


class AddPanel(PersonPanel):
    """Enters one person after the other until everybody who was counted has a name; then the family is complete.

    Whoever was being entered when staff went elsewhere, or when the power went, is there again when the panel opens for
    that family.
    """

    def __init__(self, session: Session, shell: Shell) -> None:
        _ = session._
        super().__init__(session, shell, _("Add a member"), _("Add to the family  Ctrl+Enter"))
        self.way = QComboBox()
        self._is_chosen = False
        self.frames["way"] = FieldFrame(_("How they belong to the family"), self.way, chars=34)
        self.fields.addWidget(self.frames["way"])
        self.fields.addWidget(self.form)
        self.fields.addStretch(1)
        self._keys = EnterGoesOn(self.form.stops, self)
        self._keys.passed.connect(self.save)
        self._keeper = MemberKeeper(session, lambda: self.form.draft, self._put, self)
        self.form.changed.connect(self._keeper.touch)
        self.way.activated.connect(self._on_chosen)
        self.form.changed.connect(self._choose_who_fits)

    def clear(self) -> None:
        page, language = self.page, self.session.language
        if page is None:
            return
        self.keep()
        focal = _focal_point(page)
        if focal is not None:
            self.form.set_focal(draft_of(focal), focal.birth, is_first=len(page.members) == 1)
        self.form.start_blank()
        self.form.show_more(False)
        left = sum(count.count for count in page.others)
        self.heading.setText(
            language.ngettext("Add a member: {number} who was counted has no name yet",
                              "Add a member: {number} who were counted have no name yet", left)
            if left
            else language.gettext("Add a member")
        )  # fmt: skip
        self._is_chosen = False
        self.way.clear()
        for count in in_told_order(page.others):
            words = language.gettext("Counted: {who} ({number})", who=_cell(language.code, count), number=count.count)
            self.way.addItem(words, count)
        for way in _WAYS:
            self.way.addItem(self._way_words(way), way)
        self._show_sex()
        self._keeper.begin(page)

    def keep(self) -> None:
        self._keeper.keep()

    def _put(self, person: PersonDraft) -> None:
        self.form.set_draft(person)
        self._choose_who_fits()

    def _way_words(self, way: str) -> str:
        _ = self.session._
        return {
            _FIRST: _("Was here from the first"),
            MovementKind.ARRIVAL: _("Arrived today, after the others"),
            MovementKind.BIRTH: _("Was born here"),
            MovementKind.TRANSFER_IN: _("Was transferred here"),
        }[way]

    def _on_chosen(self) -> None:
        self._is_chosen = True
        self._show_sex()

    def _choose_who_fits(self) -> None:
        """Take the one of the counted who fits the sex and age that are told, until staff chooses another."""
        if self._is_chosen or not isinstance(self.way.currentData(), HeadCount):
            return
        heads = [head for head in map(self.way.itemData, range(self.way.count())) if isinstance(head, HeadCount)]
        age = self.form.birth.age_on(self.session.desk.today())
        fits = who_fits(heads, Sex(self.form.sex.code or Sex.UNKNOWN), age)
        if fits is not None:
            self.way.setCurrentIndex(heads.index(fits))

    def _show_sex(self) -> None:
        chosen = self.way.currentData()
        if isinstance(chosen, HeadCount) and not self.form.draft.given_names:
            self.form.sex.set_code(str(chosen.sex))
            self.form.frames["sex"].set_hint(self.form.sex.meaning)

    def save(self) -> None:
        page = self.page
        if page is None or not self.primary_button.isEnabled():
            return
        read = self.read_person()
        if read is not None:
            draft, member = read
            self._write(page, member, draft.relationship.code or "UNKNOWN")

    def _write(self, page: GroupPage, member: IndividualEntry, relationship: str) -> None:
        person = replace(member, relationship=relationship)
        self.primary_button.setEnabled(False)
        self.session.work.change(
            partial(_add, self.session.desk, page, person, self.way.currentData()),
            lambda now: self._on_added(now, person_words.full_name(person.given_names, person.surnames)),
            self._on_failed,
            changes="groups",
            owner=self,
        )

    def _on_added(self, now: GroupPage, name: str) -> None:
        _ = self.session._
        self._keeper.finish()
        self.primary_button.setEnabled(True)
        if now.others:
            self.shell.show_banner("ok", _("{name} is entered.", name=name))
            self.begin(now)
            self.take_focus()
            return
        if now.complete and self.page is not None and not self.page.complete:
            words = _("{name} is entered. Everybody has a name now: the family is complete.", name=name)
            self.shell.show_banner("ok", words, _("Not complete"), lambda: self._take_back(now))
        else:
            self.shell.show_banner("ok", _("{name} is entered. Print a new slip.", name=name))
        self.closed.emit()

    def _take_back(self, now: GroupPage) -> None:
        self.session.work.change(
            lambda: mark_complete(self.session.desk, now, complete=False),
            lambda _done: None,
            self.shell.show_problem,
            changes="groups",
            owner=self,
        )


def _focal_point(page: GroupPage) -> PersonPage | None:
    return next((one for one in page.members if one.individual_id == page.focal_point_id), None)


def _cell(code: str, count: HeadCount) -> str:
    ages = code_list("age_groups")
    age = ages.label(count.age_group, code) if count.age_group in ages else "?"
    return f"{code_list('sex').label(count.sex, code)}, {age}"


def _add(desk: Desk, page: GroupPage, person: IndividualEntry, way: object) -> GroupPage:
    """Add somebody; with the last of those who were counted the family is complete. Returns the family as it is now."""
    if isinstance(way, HeadCount):
        add_member(desk, page, person, instead_of=way)
    else:
        add_member(desk, page, person, joins=None if way in {None, _FIRST} else MovementKind(str(way)))
    now = find.group_page(desk, page.group_id, audited=False)
    if not now.complete and not now.others and len(now.members) >= now.declared_size:
        mark_complete(desk, now)
        now = find.group_page(desk, page.group_id, audited=False)
    return now
