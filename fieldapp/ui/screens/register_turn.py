"""The turn that a family gets with its registration, where the post gives turns."""

from functools import partial
from uuid import UUID

from fieldapp.services.turns import NotTheirDay, give_turn
from fieldapp.ui.places import Shell
from fieldapp.ui.screens.register_done import DoneCard
from fieldapp.ui.session import Session
from fieldapp.words import say


def give_its_turn(session: Session, shell: Shell, done: DoneCard, group_id: UUID) -> None:
    """Give a family its turn once it is registered, and show it on the card; without turns nothing happens.

    A family on somebody else's day is registered all the same; that it has no turn is said with the way to give it one.
    """
    done.show_turn("")
    if not session.settings.turns:
        return

    def refused(error: Exception) -> None:
        if isinstance(error, NotTheirDay):
            words = say(session.language, error.code, **error.values)
            shell.show_banner("warn", words, session._("Open the family"), lambda: shell.open_group(group_id))
        else:
            shell.show_problem(error)

    work = partial(give_turn, session.desk, group_id, session.settings.turn_rule)
    session.work.change(work, done.show_turn, refused, changes="turns", owner=done)
