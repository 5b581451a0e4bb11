"""The operation's own codes: what administrators said of code lists, read from the log, for they are few."""

from fieldapp.code_lists import NEVER_OWN, OPEN_LISTS, Code, is_own_code
from fieldapp.domain.changes import Change, Kind
from fieldapp.domain.fields import text_of
from fieldapp.storage import journal
from fieldapp.storage.units import ReadUnit


def own_codes(unit: ReadUnit) -> dict[str, tuple[Code, ...]]:
    """Return the operation's own codes by list; of each, what was said last counts, on every laptop alike."""
    grants = unit.standing.grants(unit.connection)
    found: dict[str, dict[str, Code]] = {}
    changes = journal.of_kinds(unit.connection, (Kind.CODE_SET,), unit.root_public)
    for change in sorted(changes, key=lambda change: change.order):
        if change.payload is not None and grants.allow(change):
            name, code = _code(change)
            if name in OPEN_LISTS and is_own_code(code.code) and code.labels:  # whatever program wrote it
                found.setdefault(name, {})[code.code] = code
    return {name: tuple(codes.values()) for name, codes in found.items()}


def _code(change: Change) -> tuple[str, Code]:
    payload = dict(change.payload or {})
    labels, extra = (_texts(payload.get(part)) for part in ("labels", "extra"))
    extra = {name: text for name, text in extra.items() if name not in NEVER_OWN}
    return text_of(payload, "list"), Code(text_of(payload, "code"), labels, extra, payload.get("offered") is not False)


def _texts(part: object) -> dict[str, str]:
    if not isinstance(part, dict):
        return {}
    return {name: text for name, text in part.items() if isinstance(name, str) and isinstance(text, str)}
