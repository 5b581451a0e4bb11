"""Enrol a further laptop by files on a stick: it asks, an administrator's laptop certifies, it joins.

1. The new laptop makes its keys and writes a request: public keys, its device code, post and shelter.
2. An administrator's laptop certifies the request with the operation's root key, and writes a folder: the reply, sealed
   to the new laptop, and bundles with all records.
3. The new laptop joins: it makes its register from them. The staff sign in with the passwords they have.

Between the first step and the last the new keys lie in a file that its owner alone can read; they open nothing but the
reply, in which every key is locked under somebody's password.
"""

import secrets
from base64 import b32decode, b32encode, b64decode, b64encode
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

import cbor2

from fieldapp.code_lists import code_list
from fieldapp.documents.qr import QrCode, make_qr
from fieldapp.domain.clock import Clock
from fieldapp.domain.ids import RandomBytes, uuid7
from fieldapp.domain.problems import EnvironmentProblem, InvalidEntry, Problem
from fieldapp.domain.record import FieldProblem, Role
from fieldapp.domain.registration_number import is_device_code, is_post_code
from fieldapp.exchange.bundle import Bundle, BundleDamaged, BundleNotForUs
from fieldapp.services.bundles import SUFFIX, bundle_files, export_bundles, read_bundle, take_bundle
from fieldapp.services.desk import Desk
from fieldapp.services.doorstep import PENDING
from fieldapp.services.machine import leave_mark
from fieldapp.services.opening import DEVICE_KEYS, RECOVERY_PUBLIC, ROOT_READERS, keys_of, operation_root
from fieldapp.services.set_up import AlreadySetUp, enrolment
from fieldapp.storage import ingest
from fieldapp.storage.database import FILE_NAME, Database
from fieldapp.storage.folder_lock import FolderLock
from fieldapp.trust import access_file, sealing
from fieldapp.trust.access import Access
from fieldapp.trust.certificates import DeviceStatement, certify, read_certificate
from fieldapp.trust.device_keys import DeviceKeys
from fieldapp.trust.passwords import KEY_BYTES
from fieldapp.trust.safe_files import make_private_folder, told_in_words, write_whole
from fieldapp.trust.signing import SigningKey
from fieldapp.trust.slots import RECOVERY_OWNER, KeySlot

REQUEST = "enrolment.request"
TEXT_BEGINS = "FAENROL1"
"""How a request begins as the text of a QR code."""
REPLY = "reply.enrol"
_REQUEST = "fieldapp enrolment request 1"
_REPLY = "fieldapp enrolment reply 1"
_LARGEST = 64 * 1024
_SCANNED = "QR"


class NotAnEnrolment(Problem):
    """The file is no request or reply of an enrolment, damaged, or not for this laptop."""

    code = "not_an_enrolment"


@dataclass(frozen=True, slots=True)
class Request:
    """What a new laptop asks to be certified, with its keys' halves that everybody may see."""

    device_id: UUID
    code: str
    post: str
    shelter: str
    sign_public: bytes
    receive_public: str

    @property
    def statement(self) -> DeviceStatement:
        """What the certificate is to say."""
        return DeviceStatement(
            self.device_id, 1, self.code, self.post, f"{self.post} {self.code}", self.sign_public, self.receive_public
        )


def request_enrolment(
    folder: Path, target: Path | None, code: str, post: str, shelter: str, *, clock: Clock, random_bytes: RandomBytes
) -> Request:
    """Make the keys of a new laptop, and write its request to a file if one is named.

    Its post may be one of the operation's own, which this laptop does not know yet: the administrator's laptop judges it.
    Raises InvalidEntry, AlreadySetUp, FileProblem.
    """
    problems = []
    if not is_device_code(code):
        problems.append(FieldProblem(None, "device_code", "bad_device_code", code))
    if not is_post_code(post):
        problems.append(FieldProblem(None, "post", "unknown_post", post))
    if problems:
        raise InvalidEntry(tuple(problems))
    make_private_folder(folder)
    if access_file.exists(folder):
        raise AlreadySetUp
    identity, public = sealing.new_identity()
    keys = DeviceKeys(uuid7(clock(), random_bytes), 1, SigningKey.generate(secrets.token_bytes), identity)
    write_whole(folder / PENDING, keys.to_bytes())
    request = Request(keys.device_id, code, post, shelter, keys.sign_key.public_bytes, public)
    write_whole(folder / REQUEST, _request_bytes(request))
    if target is not None:
        save_request(request, target)
    return request


def save_request(request: Request, target: Path) -> None:
    """Write a request to a file. Raises FileProblem."""
    write_whole(target, _request_bytes(request))


def pending_request(folder: Path) -> Request | None:
    """Return the request that this laptop made and that was not answered yet."""
    if access_file.exists(folder) or not (folder / PENDING).is_file() or not (folder / REQUEST).is_file():
        return None
    try:
        return read_request(folder / REQUEST)
    except Problem:
        return None


def request_text(request: Request) -> str:
    """Return a request as the text of a QR code: letters and digits that every keyboard layout types alike."""
    return TEXT_BEGINS + b32encode(_packed(request)).decode().rstrip("=")


def read_request_text(text: str) -> Request:
    """Read what `request_text` made, as a scanner typed it. Raises NotAnEnrolment."""
    plain = text.strip().upper().removeprefix(TEXT_BEGINS)
    try:
        packed = b32decode(plain + "=" * (-len(plain) % 8))
    except ValueError as error:
        raise NotAnEnrolment(name=_SCANNED) from error
    return _unpacked(packed, _SCANNED)


def request_code(request: Request) -> QrCode:
    """Return the QR code of a request, for the screen."""
    return make_qr(request_text(request))


def fingerprint(request: Request) -> str:
    """Return twelve digits by which two people tell on two screens that it is the same request."""
    number = int.from_bytes(sha256(_packed(request)).digest()[:8], "big") % 10**12
    return " ".join(f"{number:012}"[start : start + 4] for start in (0, 4, 8))


def _request_bytes(request: Request) -> bytes:
    return b64encode(_packed(request))


def _packed(request: Request) -> bytes:
    parts = [
        _REQUEST, request.device_id.bytes, request.code, request.post, request.shelter, request.sign_public,
        request.receive_public,
    ]  # fmt: skip
    return bytes(cbor2.dumps(parts, canonical=True))


def read_request(path: Path) -> Request:
    """Read a request. Raises NotAnEnrolment, FileProblem."""
    content = _read(path)
    try:
        packed = b64decode(content)
    except ValueError as error:
        raise NotAnEnrolment(name=path.name) from error
    return _unpacked(packed, path.name)


def _unpacked(packed: bytes, name: str) -> Request:
    try:
        kind, device_id, code, post, shelter, sign_public, receive_public = cbor2.loads(packed)
        request = Request(
            UUID(bytes=device_id), str(code), str(post), str(shelter), bytes(sign_public), str(receive_public)
        )
        sealing.seal(b"", [request.receive_public])
    except Exception as error:  # whatever foreign bytes make the decoders do, it is one thing: no request
        raise NotAnEnrolment(name=name) from error
    if kind != _REQUEST:
        raise NotAnEnrolment(name=name)
    return request


def certify_laptop(desk: Desk, request: Request, folder: Path, expires_ms: int = 0) -> None:
    """Certify a new laptop with the root key, and write what it needs to join into a folder.

    The certificate runs out at a moment (ms since 1970), or never.

    Raises NotAllowed, InvalidEntry (`device_code_taken`, `bad_device_code`, `unknown_post`), Problem (`root_key_missing`), FileProblem.
    """
    desk.require(Role.ADMINISTRATOR, doing="enrol_device")
    access = access_file.load(desk.folder)
    root = operation_root(access, keys_of(desk).keys.identity, desk.operation)
    if root is None:
        raise Problem("root_key_missing")
    with desk.database.write() as unit:
        known = unit.devices()
        taken = any(one.code == request.code and one.device_id != request.device_id for one in known)
        if taken or not is_device_code(request.code):
            code = "device_code_taken" if taken else "bad_device_code"
            raise InvalidEntry((FieldProblem(None, "device_code", code, request.code),))
        if request.post not in code_list("border_posts"):
            raise InvalidEntry((FieldProblem(None, "post", "unknown_post", request.post),))
        statement = replace(request.statement, expires_ms=expires_ms)
        certificate = certify(statement, root)
        if not any(one.device_id == request.device_id and one.confirmed for one in known):
            unit.record(desk.author, [enrolment(statement, certificate, request.shelter)])
        readers = (unit.get_local(ROOT_READERS) or b"").decode()
    export_bundles(desk, folder)
    reply = [
        _REPLY, desk.operation.operation_id.bytes, root.public_bytes, certificate, access.recovery.public_key,
        access.recovery.wrapped, access.recovery_confirmed, access.root_key, readers,
    ]  # fmt: skip
    write_whole(folder / REPLY, sealing.seal(cbor2.dumps(reply, canonical=True), [request.receive_public]))


def join(folder: Path, source: Path, *, clock: Clock) -> int:
    """Make this laptop's register from the folder an administrator's laptop wrote; return how many changes it has.

    Nothing is left if it fails, and it can be tried again. Raises NotAnEnrolment, AlreadySetUp, FileProblem and what
    bundles raise.
    """
    if access_file.exists(folder):
        raise AlreadySetUp
    pending, reply = read_reply(folder, source)
    _, operation, root_public, _, public_key, wrapped, confirmed, root_key, readers = reply
    bundles = []
    for path in bundle_files([source]):
        with suppress(BundleNotForUs, BundleDamaged):  # the stick may have been to other laptops before
            bundles.append(read_bundle(path, pending.receive_identity))
    lock = FolderLock.take(folder)
    try:
        for name in (FILE_NAME, f"{FILE_NAME}-wal", f"{FILE_NAME}-shm"):
            (folder / name).unlink(missing_ok=True)
        database_key = secrets.token_bytes(KEY_BYTES)
        database = Database.create(folder / FILE_NAME, database_key)
        try:
            added = _fill(database, pending, bundles, UUID(bytes=operation), root_public, clock)
            with database.write() as unit:
                unit.put_local(RECOVERY_PUBLIC, public_key.encode())
                unit.put_local(ROOT_READERS, readers.encode())
                members = [one for one in unit.staff() if not one.disabled]
        finally:
            database.close()
        slots = tuple(KeySlot(one.staff_id, one.short_name, one.public_key, one.wrapped_key) for one in members)
        recovery = KeySlot(RECOVERY_OWNER, "", public_key, wrapped)
        receive = sealing.public_of(pending.receive_identity)
        access = Access(slots, recovery, bool(confirmed), (), root_key, receive)
        access_file.save(folder, access.sealed_for_all([database_key]))
        (folder / PENDING).unlink()
        (folder / REQUEST).unlink(missing_ok=True)
    finally:
        lock.release()
    return added


def read_reply(folder: Path, source: Path) -> tuple[DeviceKeys, list[Any]]:
    """Return the keys that were made with the request, and the parts of the reply to it. Raises NotAnEnrolment."""
    pending = DeviceKeys.from_bytes(_read(folder / PENDING))
    try:
        reply = cbor2.loads(sealing.unseal(_read(source / REPLY), pending.receive_identity))
        kind, _, root_public, certificate, *_ = reply
        said = read_certificate(certificate, root_public)
    except Problem:
        raise
    except Exception as error:  # whatever foreign bytes make the decoders do, it is one thing: no reply to us
        raise NotAnEnrolment(name=REPLY) from error
    if kind != _REPLY or (said.device_id, said.sign_public) != (pending.device_id, pending.sign_key.public_bytes):
        raise NotAnEnrolment(name=REPLY)
    return pending, reply


def _fill(
    database: Database, keys: DeviceKeys, bundles: list[Bundle], operation: UUID, root_public: bytes, clock: Clock
) -> int:
    added = 0
    with database.write() as unit:
        unit.put_local(DEVICE_KEYS, keys.to_bytes())
        leave_mark(unit, database.path.parent, keys.device_id)
        for bundle in bundles:
            try:
                taken, _ = take_bundle(unit, bundle, operation, (keys.device_id, keys.epoch), clock(), root_public)
            except EnvironmentProblem:
                raise
            except Problem:  # of another operation, or of a laptop that another bundle makes known
                continue
            added += taken.added
            while taken.more:
                taken = ingest.take_in(unit, (), clock(), (keys.device_id, keys.epoch), root_public)
                added += taken.added
        if unit.operation() is None or not any(one.device_id == keys.device_id for one in unit.devices()):
            raise NotAnEnrolment(name=f"*{SUFFIX}")
    return added


def _read(path: Path) -> bytes:
    with told_in_words(path), path.open("rb") as file:
        return file.read(_LARGEST)
