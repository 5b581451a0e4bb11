"""The rows of the fold: what tables say of one subject, made from its state by pure functions.

A refold makes the same rows from the log; `fieldapp check` compares them with the stored ones.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from fieldapp.domain.birth import Birth
from fieldapp.domain.changes import Kind
from fieldapp.domain.fields import birth_of, documents_of, others_of, text_of, texts_of, uuid_of
from fieldapp.domain.fold import SubjectState
from fieldapp.domain.matching.comparable import phone_number
from fieldapp.domain.names import search_key
from fieldapp.domain.record import MovementKind
from fieldapp.storage.search_words import NOTHING_INDEXED, Indexed, indexed

ADULT_AGE = 18
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class SubjectRows:
    """All rows of one subject; `group` or `individual` is set, or neither when nothing is to be shown.

    `children` holds, by table name, the rows that belong to the subject; each has its id in `subject`.
    """

    group: Row | None
    individual: Row | None
    children: Mapping[str, tuple[Row, ...]]
    indexed: Indexed = NOTHING_INDEXED


def rows_of(state: SubjectState) -> SubjectRows:
    """Return the rows of a subject's state; none for one that was erased or never registered."""
    if state.registration is None:
        return SubjectRows(None, None, {})
    if state.registration.kind in {Kind.GROUP_REGISTERED, Kind.GROUP_FROM_SLIP}:
        return SubjectRows(_group(state), None, _children(state))
    row = _individual(state)
    return SubjectRows(None, row, _children(state), _indexed(state, row))


def _children(state: SubjectState) -> dict[str, tuple[Row, ...]]:
    rows: dict[str, list[Row]] = {
        "need": [{"code": need.code, "protection": need.protection} for need in state.needs],
        "slip": [
            {
                "id": slip.slip_id.bytes,
                "number": slip.number,
                "issued_at_ms": slip.issued_at_ms,
                "copies": slip.copies,
                "voided": slip.voided,
            }
            for slip in state.slips
        ],
        "movement": [
            {
                "id": move.change_id.bytes,
                "kind": move.kind,
                "at_ms": move.at_ms,
                "post": move.post,
                "crossing_kind": move.crossing_kind,
            }
            for move in state.movements
        ],
        "turn": [
            {
                "day": turn.day,
                "label": turn.label,
                "given_at_ms": turn.given_at_ms,
                "called_at_ms": turn.called_at_ms or 0,
            }
            for turn in state.turns
        ],
        "token": [{"token": token} for token in state.tokens],
        "phone": [{"number": phone} for phone in _phones(state)],
        "referral": [{"at_ms": at_ms, "to": to} for at_ms, to in {r.at_ms: r.to for r in state.referrals}.items()],
    }
    return {name: tuple({"subject": state.subject.bytes, **row} for row in its) for name, its in rows.items() if its}


def _payload(state: SubjectState) -> dict[str, object]:
    return dict(state.registration.payload or {}) if state.registration else {}


def _group(state: SubjectState) -> Row:
    assert state.registration is not None
    payload = _payload(state)
    others = others_of(state.value("others"))
    arrivals = [move for move in state.movements if move.kind in {MovementKind.ARRIVAL, MovementKind.TRANSFER_IN}]
    first = arrivals[0] if arrivals else None
    focal = uuid_of(state.value("focal_point"))
    return {
        "id": state.subject.bytes,
        "number": text_of(payload, "number"),
        "focal_point": focal.bytes if focal else b"",
        "declared_size": state.declared_size,
        "others": json.dumps([[str(count.sex), count.age_group, count.count] for count in others]),
        "other_adults": sum(count.count for count in others if count.age_group not in {"0_4", "5_11", "12_17"}),
        "complete": bool(state.value("complete")),
        "consent": str(state.value("consent")),
        "destination": str(state.value("destination")),
        "post": state.registration.post,
        "registered_at_ms": state.registration.wall_ms,
        "arrived_at_ms": first.at_ms if first else state.registration.wall_ms,
        "arrival_post": first.post if first else state.registration.post,
        "crossing_kind": first.crossing_kind if first else "",
        "origin_state": first.origin_state if first else "",
        "state": state.movements[-1].kind if state.movements else "",
        "state_hlc": state.movement_hlc,
        "slips_issued": sum(slip.copies for slip in state.slips),
        "slip_valid": any(slip.is_on_paper for slip in state.slips),
        "conflict": state.in_conflict,
        "needs_update": state.needs_update,
        "withdrawn": state.is_withdrawn,
        "moved_to": state.movements[-1].destination if state.movements else "",
    }


def _individual(state: SubjectState) -> Row:
    assert state.registration is not None
    payload = _payload(state)
    given_names, surnames = str(state.value("given_names")), str(state.value("surnames"))
    group = uuid_of(state.value("group"))
    ordinal = payload.get("ordinal")
    nationalities = texts_of(state.value("nationalities"))
    papers = documents_of(state.value("documents"))
    return {
        "id": state.subject.bytes,
        "group_id": group.bytes if group else b"",
        "ordinal": ordinal if isinstance(ordinal, int) else 0,
        "number": text_of(payload, "number"),
        "given_names": given_names,
        "surnames": surnames,
        "name_key": search_key(f"{surnames} {given_names}"),
        "sex": str(state.value("sex")),
        "birth": str(state.value("birth")),
        "minor": is_minor(birth_of(state.value("birth")), state.registration.wall_ms),
        "nationality": " ".join(nationalities),
        "relationship": str(state.value("relationship")),
        "documents": "; ".join(paper.number for paper in papers),
        "document_kinds": " ".join(paper.kind for paper in papers),
        "registered_at_ms": state.registration.wall_ms,
        "state": state.movements[-1].kind if state.movements else "",
        "state_hlc": state.movement_hlc,
        "joined_later": state.joined_later,
        "conflict": state.in_conflict,
        "needs_update": state.needs_update,
        "withdrawn": state.is_withdrawn,
        "origin": str(state.value("origin")),
    }


def is_minor(birth: Birth, at_ms: int) -> bool:
    """Tell whether somebody was under 18 at a moment (ms since 1970); False where the age is not known."""
    age = birth.age_on(datetime.fromtimestamp(at_ms / 1000, UTC).date())
    return age is not None and age < ADULT_AGE


def _phones(state: SubjectState) -> list[str]:
    field = state.fields.get("phone")
    numbers = (phone_number(str(sibling.value)) for sibling in field.values) if field else ()
    return [number for number in dict.fromkeys(numbers) if number]


def _indexed(state: SubjectState, row: Row) -> Indexed:
    """What a person is found by; values that only conflict marks show count too."""
    others = [
        str(sibling.value)
        for name in ("given_names", "surnames")
        if name in state.fields
        for sibling in state.fields[name].values[1:]
    ]
    documents = state.fields.get("documents")
    papers = (
        [paper.number for sibling in documents.values for paper in documents_of(sibling.value)] if documents else []
    )
    return indexed(row, others, papers)
