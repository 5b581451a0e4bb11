"""Codes that an operation adds to the program's lists, or words otherwise: a new post, a service, a need.

An administrator's word on a code is a signed change and travels with every bundle, so that all laptops offer the same.
A code is never taken away, for records have it: it is only offered no more.
"""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from fieldapp import code_lists
from fieldapp.code_lists import NEVER_OWN, OPEN_LISTS, Code, CodeListError, is_own_code
from fieldapp.domain.changes import ChangeDraft, Kind
from fieldapp.domain.names import tidy
from fieldapp.domain.problems import Problem
from fieldapp.domain.record import Role
from fieldapp.domain.registration_number import is_post_code
from fieldapp.services.desk import Desk
from fieldapp.storage.code_queries import own_codes
from fieldapp.storage.units import ReadUnit
from fieldapp.trust.safe_files import told_in_words

MOST_AT_ONCE = 1000
LONGEST_WORDS = 120


def put_in_force(unit: ReadUnit) -> None:
    """Offer the operation's codes from now on, on screens that are made from now on."""
    code_lists.use(own_codes(unit))


def codes_of(desk: Desk, name: str) -> tuple[Code, ...]:
    """Return every code of an open list with the operation's words, also those no longer offered. Raises Problem."""
    return _list(desk, name).all()


def set_codes(desk: Desk, name: str, codes: Sequence[Code]) -> int:
    """Add codes to a list, or change the words of codes and whether they are offered; return how many are now otherwise.

    It holds on every laptop that the next bundles reach. Raises NotAllowed, Problem (`code_list_closed`,
    `too_many_codes`, `bad_code` and `code_needs_words`, which name the code).
    """
    desk.require(Role.ADMINISTRATOR, doing="set_codes")
    if len(codes) > MOST_AT_ONCE:
        raise Problem("too_many_codes", value=len(codes), limit=MOST_AT_ONCE)
    before = _list(desk, name)
    changed = []
    for code in codes:
        own = _checked(name, code)
        if own.code not in before or before.under([own])[own.code] != before[own.code]:
            changed.append(own)
    with desk.database.write() as unit:
        drafts = [
            ChangeDraft(Kind.CODE_SET, desk.operation.operation_id, {
                "list": name, "code": code.code, "labels": dict(code.labels), "extra": dict(code.extra),
                "offered": code.offered,
            })
            for code in changed
        ]  # fmt: skip
        if drafts:
            unit.record(desk.author, drafts)
        put_in_force(unit)
    return len(changed)


def read_codes(path: Path) -> list[Code]:
    """Read codes from a CSV file with the columns of the program's own lists; `offered` is `no` where a code ends.

    Raises Problem (`code_file_unreadable`, `code_file_empty`) and the file problems.
    """
    with told_in_words(path):
        path.stat()
    try:
        codes = code_lists.read(path).all()
    except CodeListError as error:
        raise Problem("code_file_unreadable", name=path.name, reason=str(error)) from error
    if not codes:
        raise Problem("code_file_empty", name=path.name)
    return [
        Code(code.code, code.labels, {name: text for name, text in code.extra.items() if name != "offered"},
             code.extra.get("offered", "").strip().casefold() != "no")
        for code in codes
    ]  # fmt: skip


def written(codes: Sequence[Code]) -> str:
    """Return codes as CSV that `read_codes` reads."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(("code", "label_es", "label_en", "offered"))
    rows.writerows(
        (code.code, code.labels.get("es", ""), code.labels.get("en", ""), "yes" if code.offered else "no")
        for code in codes
    )
    return text.getvalue()


def _list(desk: Desk, name: str) -> code_lists.CodeList:
    if name not in OPEN_LISTS:
        raise Problem("code_list_closed", value=name, known=", ".join(OPEN_LISTS))
    with desk.database.read() as unit:
        return code_lists.of_program(name).under(own_codes(unit).get(name, ()))


def _checked(name: str, code: Code) -> Code:
    own = code.code.strip()
    if name == "border_posts" and not is_post_code(own):
        raise Problem("bad_post_code", value=own)
    if not is_own_code(own):
        raise Problem("bad_code", value=own)
    labels = {language: tidy(words) for language, words in code.labels.items() if tidy(words)}
    if not {"en", "es"} & labels.keys() or any(len(words) > LONGEST_WORDS for words in labels.values()):
        raise Problem("code_needs_words", value=own, limit=LONGEST_WORDS)
    extra = {key: tidy(text) for key, text in code.extra.items() if key not in NEVER_OWN and tidy(text)}
    return Code(own, labels, extra, code.offered)
