"""What an operation decides for all of its laptops, described anew under the root's signature."""

from dataclasses import replace

from fieldapp.domain.backlog import BacklogLimits
from fieldapp.domain.changes import ChangeDraft, Kind
from fieldapp.domain.problems import Problem
from fieldapp.domain.record import Role
from fieldapp.services.desk import Desk
from fieldapp.services.opening import keys_of, operation_root
from fieldapp.trust import access_file
from fieldapp.trust.envelopes import root_statement


def set_limits(desk: Desk, limits: BacklogLimits) -> None:
    """Set from when on records that lie on one laptop only are a warning and a danger; it travels with the next bundles.

    Raises NotAllowed, Problem (`bad_limits`, `root_key_missing`).
    """
    desk.require(Role.ADMINISTRATOR, doing="describe_operation")
    if not 0 < limits.warn_records <= limits.danger_records or not 0 < limits.warn_hours <= limits.danger_hours:
        raise Problem("bad_limits")
    root = operation_root(access_file.load(desk.folder), keys_of(desk).keys.identity, desk.operation)
    if root is None:
        raise Problem("root_key_missing")
    operation = desk.operation
    payload: dict[str, object] = {
        "name": operation.name, "organisation": operation.organisation, "contact": operation.contact,
        "country": operation.country, "time_zone": operation.time_zone, "root_public": operation.root_public,
        "limits": limits.packed,
    }  # fmt: skip
    subject = operation.operation_id
    payload["root_signature"] = root.sign(root_statement(Kind.OPERATION_DESCRIBED, subject, payload))
    with desk.database.write() as unit:
        unit.record(desk.author, [ChangeDraft(Kind.OPERATION_DESCRIBED, subject, payload)])
    desk.operation = replace(operation, limits=limits)
