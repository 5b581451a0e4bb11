"""Synchronise with a hub: give what it does not hold, take what this laptop lacks, keep its receipts.

What the hub says to hold now is what counts, not what it once said: it may have been restored from an old copy. It can
be broken off at any moment and begun again: each bundle is durable on the other side before it is answered for.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from fieldapp.domain.problems import Problem
from fieldapp.domain.record import Role
from fieldapp.exchange.bundle import CONTROL_KINDS, BundleTooNew, Header, in_files, pack, unpack
from fieldapp.exchange.hub_client import Caller, HubClient, HubRefused, NotTheHub
from fieldapp.exchange.receipts import RECEIVED, Receipt, read_receipt
from fieldapp.services.bundles import Imported, import_bundle, written_header
from fieldapp.services.desk import Desk
from fieldapp.services.elsewhere import HUB_ADDRESS
from fieldapp.services.epochs import begin_epoch
from fieldapp.services.erasures import clear_files
from fieldapp.services.opening import OpenedDesk, settle
from fieldapp.services.own_codes import put_in_force
from fieldapp.storage import exchange_rows, hub_control, journal
from fieldapp.trust.certificates import CertificateInvalid, DeviceStatement, read_certificate
from fieldapp.trust.envelopes import SealedChange
from fieldapp.trust.intake import LogKey
from fieldapp.trust.safe_files import told_in_words

Claims = Mapping[LogKey, int]
"""How far a hub says to hold each log, also where it is further than we and its hash says nothing to us."""
_HUB_CERTIFICATE = "hub_certificate"

Progress = Callable[[int, int], None]
"""Called with how many of how many changes are given; taking has no end that is known before."""


@dataclass(frozen=True, slots=True)
class HubAddress:
    """Where the hub is, and the certificate (PEM) that it must show."""

    url: str
    certificate: bytes


@dataclass
class Synchronised:
    """What came of it, in changes; `refused_by_hub` counts those the hub newly put aside."""

    given: int = 0
    refused_by_hub: int = 0
    taken: Imported = field(default_factory=Imported)


def known_hub(desk: Desk) -> HubAddress | None:
    """Return the hub this laptop synchronises with, None before it was told of one."""
    with desk.database.read() as unit:
        url, certificate = unit.get_local(HUB_ADDRESS), unit.get_local(_HUB_CERTIFICATE)
    return HubAddress(url.decode(), certificate) if url and certificate else None


def remember_hub(desk: Desk, hub: HubAddress) -> None:
    """Keep which hub this laptop synchronises with."""
    with desk.database.write() as unit:
        unit.put_local(HUB_ADDRESS, hub.url.encode())
        unit.put_local(_HUB_CERTIFICATE, hub.certificate)


def name_hub(desk: Desk, url: str, certificate: Path) -> None:
    """Keep which hub this laptop synchronises with, its certificate from a file. Raises NotAllowed, FileProblem."""
    desk.require(Role.ADMINISTRATOR, doing="name_hub")
    with told_in_words(certificate):
        pinned = certificate.read_bytes()
    remember_hub(desk, HubAddress(url, pinned))


def synchronise(
    desk: Desk, hub: HubAddress, progress: Progress | None = None, cancelled: Callable[[], bool] = lambda: False
) -> Synchronised:
    """Give and take until both have what they may have.

    Raises HubUnreachable, HubRefused, NotTheHub, Problem (`hub_address`, `cancelled`); what was done until then stays.
    """
    done = Synchronised()
    done.taken.cleared = clear_files(desk)  # what is still to be done when the hub broke off the last time
    with HubClient(hub.url, hub.certificate, _caller(desk)) as client:
        who = _hub_of(client, desk, hub.url)
        claims = _keep(desk, who, client.receipts(), done)
    # A receipt may have shown that this laptop has a double; from here on it speaks in its new epoch.
    with HubClient(hub.url, hub.certificate, _caller(desk)) as client:
        _give(desk, client, who, claims, done, progress, cancelled)
        _take(desk, client, who, done, cancelled)
    if (done.taken.added or done.taken.ahead) and isinstance(desk, OpenedDesk):
        desk.keys = settle(desk.folder, desk.database, desk.keys)
    with desk.database.read() as unit:
        put_in_force(unit)
        done.taken.waiting = exchange_rows.count_waiting(unit)
    done.taken.cleared = done.taken.cleared.and_then(clear_files(desk))
    return done


def _caller(desk: Desk) -> Caller:
    with desk.database.read() as unit:
        epochs = sorted(
            (one for one in unit.devices() if one.device_id == desk.device.device_id), key=lambda one: one.epoch
        )
    return Caller(desk.device.device_id, desk.device.epoch, desk.sign_key, [one.certificate for one in epochs])


def _hub_of(client: HubClient, desk: Desk, url: str) -> DeviceStatement:
    try:
        return read_certificate(client.certificate(), desk.operation.root_public)
    except CertificateInvalid as error:
        raise HubRefused(reason="bundle_other_operation", url=url) from error


def _keep(desk: Desk, hub: DeviceStatement, written: tuple[bytes, ...], done: Synchronised) -> Claims:
    """Keep receipts in place of earlier ones, and return how far the hub says to hold each log.

    Raises NotTheHub for one that the hub did not sign.
    """
    receipts = [_read(hub, one) for one in written]
    before = desk.device, desk.sign_key
    try:
        with desk.database.write() as unit:
            exchange_rows.forget_receipts(unit, (hub.device_id, hub.epoch))
            own, elsewhere = (desk.device.device_id, desk.device.epoch), False
            for receipt in receipts:
                holder = receipt.device, receipt.epoch
                elsewhere |= exchange_rows.take_receipt(unit, holder, receipt.level, receipt.held, own)
            if elsewhere:
                begin_epoch(unit, desk)
                done.taken.new_epoch = True
    except BaseException:
        desk.device, desk.sign_key = before  # the new epoch is undone with the transaction
        raise
    return {key: seq for one in receipts if one.level == RECEIVED for key, (seq, _) in one.held.items()}


def _read(hub: DeviceStatement, written: bytes) -> Receipt:
    receipt = read_receipt(written)
    if receipt is None or (receipt.device, receipt.epoch) != (hub.device_id, hub.epoch):
        raise NotTheHub(url="")
    if not receipt.is_signed_by(hub.sign_public):
        raise NotTheHub(url="")
    return receipt


def _give(
    desk: Desk,
    client: HubClient,
    hub: DeviceStatement,
    claims: Claims,
    done: Synchronised,
    progress: Progress | None,
    cancelled: Callable[[], bool],
) -> None:
    with desk.database.read() as unit:
        held = exchange_rows.held_by(unit, (hub.device_id, hub.epoch), RECEIVED)
        before = hub_control.given(unit, hub.device_id)
        heads = journal.vector(unit.connection)
        changes: list[SealedChange] = []
        for key, _ in sorted(heads.items(), key=lambda one: str(one[0])):
            # Of a log that the hub holds further than we, its receipt has no hash that we could compare.
            seq, _ = before.get(key, (0, b""))
            known = seq if key[0] != desk.device.device_id and claims.get(key, 0) >= seq else 0
            changes += journal.sealed_after(unit.connection, *key, max(held.get(key, 0), known))
        changes += journal.sealed_ahead(unit.connection, claims, but=CONTROL_KINDS)
        control = journal.sealed_of_kinds(unit.connection, CONTROL_KINDS)
        header: Header = written_header(desk, unit)
    sign_key = desk.sign_key  # a receipt may begin a new epoch on the way; who began a bundle signs it
    for part in in_files(changes):
        if cancelled():
            raise Problem("cancelled")
        sent = client.send(pack(header, control, part, sign_key, [hub.receive_public]))
        _keep(desk, hub, sent.receipts, done)
        done.given += len(part)
        done.refused_by_hub += sent.put_aside
        if progress:
            progress(done.given, len(changes))
    if heads != before:
        with desk.database.write() as writing:
            hub_control.remember_given(writing, hub.device_id, heads)


def _take(
    desk: Desk, client: HubClient, hub: DeviceStatement, done: Synchronised, cancelled: Callable[[], bool]
) -> None:
    while True:
        if cancelled():
            raise Problem("cancelled")
        with desk.database.read() as unit:
            has = {key: seq for key, (seq, _) in journal.vector(unit.connection).items()}
            told = hub_control.told(unit, hub.device_id)
        fetched = client.fetch(has, told)
        if fetched is None:
            return
        bundle, more = fetched
        before = done.taken.added, done.taken.ahead
        try:
            given = unpack(bundle, desk.receive_identity)
        except BundleTooNew as error:
            raise Problem("hub_newer") from error
        import_bundle(desk, given, done.taken)
        with desk.database.write() as unit:
            hub_control.remember(unit, hub.device_id, given.changes)
        if not more or (done.taken.added, done.taken.ahead) == before:  # what only waits would be fetched for ever
            return
