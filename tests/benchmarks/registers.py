"""A register of very many invented people, log, rows and index, made by the code that a registration goes through.

Only the transaction is larger than at a desk: many families in one, for nobody waits for each. There are no photos, and a back-up holds it all.
"""

import random
from collections.abc import Iterable
from itertools import groupby, islice
from pathlib import Path

from fieldapp.domain.changes import ChangeDraft, Kind
from fieldapp.domain.ids import uuid7
from fieldapp.domain.record import ArrivalEntry, Consent, Document, GroupEntry, IndividualEntry, Sex
from fieldapp.services.demo_names import destinations
from fieldapp.services.desk import Desk
from fieldapp.services.register import next_number, registration_drafts
from fieldapp.storage import journal
from tests.benchmarks.people import Invented
from tests.desks import make_desk

_FAMILIES_A_TRANSACTION = 250
_SECONDS_A_FAMILY = 30
_POSTS = (("PSB", "bridge"), ("PSB", "bridge"), ("PFPS", "bridge"), ("TRO", "trocha"))
_STATES = tuple(f"VE{number:02d}" for number in range(1, 24))
_RELATIONSHIPS = ("HEAD", "WIFE_HUSBAND", "SON_DAUGHTER")
_NEEDS = ("ER", "CR", "CR-LW", "SC")


def build(folder: Path, people: Iterable[Invented]) -> Desk:
    """Return a desk over a register of these people, each family of them a group."""
    desk = make_desk(folder)
    chance = random.Random(5)
    families = (list(members) for _, members in groupby(people, lambda person: person.family))
    while some := list(islice(families, _FAMILIES_A_TRANSACTION)):
        with desk.database.write() as unit:
            drafts: list[ChangeDraft] = []
            for members in some:
                desk.clock.forward(minutes=_SECONDS_A_FAMILY / 60)  # type: ignore[attr-defined]
                group_id = uuid7(desk.now_ms(), desk.random_bytes)
                entry = _group(members, desk.now_ms(), chance)
                drafts += registration_drafts(entry, group_id, next_number(unit, desk))
            unit.record(desk.author, drafts)
    with desk.database.write() as unit:
        held = [[epoch, seq] for (_, epoch), (seq, _) in journal.vector(unit.connection).items()]
        backed_up = {"changes": 0, "held": held}
        unit.record(desk.author, [ChangeDraft(Kind.BACKUP_MADE, desk.device.device_id, backed_up)])
    desk.database.checkpoint()
    return desk


def entry_of(person: Invented, place: int = 0, needs: tuple[str, ...] = ()) -> IndividualEntry:
    """Return an invented person as a registrar types them; `place` is theirs in the family."""
    documents = (Document("VE_CED_V", person.document, "VEN"),) if person.document else ()
    relationship = _RELATIONSHIPS[min(place, 2)]
    return IndividualEntry(
        person.given, person.surnames, Sex(person.sex), person.birth, ("VEN",), documents, relationship, needs
    )


def _group(members: list[Invented], now_ms: int, chance: random.Random) -> GroupEntry:
    post, crossing = chance.choice(_POSTS)
    return GroupEntry(
        tuple(
            entry_of(person, place, (chance.choice(_NEEDS),) if chance.random() < 0.1 else ())
            for place, person in enumerate(members)
        ),
        ArrivalEntry(now_ms - chance.randrange(3_600_000), post, crossing, chance.choice(_STATES)),
        consent=Consent.AGREES,
        phone=members[0].phone,
        destination=chance.choice(destinations()) if chance.random() < 0.8 else "",
    )
