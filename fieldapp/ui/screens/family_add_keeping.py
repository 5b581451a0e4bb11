"""Keeps whom staff are adding to a family: saved soon after each change, there again when the panel opens for it.

It lies among the unfinished registrations, but under the family's id and in a form of its own, so that it is never
offered as a new family.
"""

from collections.abc import Callable
from uuid import UUID, uuid5

from PySide6.QtCore import QObject, QTimer

from fieldapp.domain.names import tidy
from fieldapp.domain.people import GroupPage
from fieldapp.services.drafts import Draft, drafts, finish_draft, save_draft
from fieldapp.ui.models.draft_content import GroupDraft, PersonDraft, from_map, to_map
from fieldapp.ui.session import Session

_SAVE_AFTER_MS = 400
_ADDING_TO, _FORM = "adding_to", "form"


class MemberKeeper(QObject):
    """One person for each family. `snapshot` returns who stands in the form now, `put` puts somebody there."""

    def __init__(
        self, session: Session, snapshot: Callable[[], PersonDraft], put: Callable[[PersonDraft], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session, self._snapshot, self._put = session, snapshot, put
        self._group_id: UUID | None = None
        self._is_dirty = False
        self._kept: dict[UUID, PersonDraft] = {}
        self._looked_for: set[UUID] = set()
        self._soon = QTimer(self, singleShot=True, interval=_SAVE_AFTER_MS)
        self._soon.timeout.connect(self.keep)

    def touch(self) -> None:
        """Say that something was typed."""
        self._is_dirty = self._group_id is not None
        if self._is_dirty and not self._soon.isActive():
            self._soon.start()

    def keep(self) -> None:
        """Save now what was typed since the last save."""
        self._soon.stop()
        group_id, person = self._group_id, self._snapshot()
        if not self._is_dirty or group_id is None or not (is_typed(person) or group_id in self._kept):
            return
        self._is_dirty = False
        is_first = group_id not in self._kept
        self._kept[group_id] = person
        desk, draft_id = self._session.desk, _draft_id(group_id)
        content: dict[str, object] = {_ADDING_TO: str(group_id), _FORM: to_map(GroupDraft(people=(person,)))}
        self._session.work.change(
            lambda: save_draft(desk, draft_id, content), owner=self, changes="drafts" if is_first else ""
        )

    def begin(self, page: GroupPage) -> None:
        """Begin with a family, and put whom staff were adding to it into the empty form."""
        self._group_id, self._is_dirty = page.group_id, False
        if page.group_id in self._kept:
            self._offer(page, self._kept[page.group_id])
        if page.group_id in self._looked_for:
            return
        self._looked_for.add(page.group_id)
        desk, group_id = self._session.desk, page.group_id
        self._session.work.query(
            lambda: next((draft for draft in drafts(desk) if draft.draft_id == _draft_id(group_id)), None),
            lambda draft: self._on_found(page, draft),
            owner=self,
        )

    def finish(self) -> None:
        """Forget whom staff have added."""
        self._soon.stop()
        group_id, self._group_id, self._is_dirty = self._group_id, None, False
        if group_id is not None and self._kept.pop(group_id, None) is not None:
            desk, draft_id = self._session.desk, _draft_id(group_id)
            self._session.work.change(lambda: finish_draft(desk, draft_id), owner=self, changes="drafts")

    def _on_found(self, page: GroupPage, draft: Draft | None) -> None:
        form = draft.content.get(_FORM) if draft is not None else None
        if isinstance(form, dict) and self._group_id == page.group_id and page.group_id not in self._kept:
            self._kept[page.group_id] = from_map(form).people[0]
            self._offer(page, self._kept[page.group_id])

    def _offer(self, page: GroupPage, person: PersonDraft) -> None:
        known = {(member.given_names, member.surnames) for member in page.members}
        is_member = (tidy(person.given_names), tidy(person.surnames)) in known
        if is_typed(person) and not is_member and not is_typed(self._snapshot()):
            self._put(person)


def is_typed(person: PersonDraft) -> bool:
    """Tell whether staff typed something of a person; the rest may be guesses."""
    return any(map(str.strip, (person.given_names, person.born, person.document_number)))


def _draft_id(group_id: UUID) -> UUID:
    return uuid5(group_id, _ADDING_TO)
