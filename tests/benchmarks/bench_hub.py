"""What the hub takes in: changes a second with every signature verified, beside a bare COPY, and how long receipts take.

python -m tests.benchmarks.bench_hub [CLIENTS] [FILES] [LINES]

Clients, workers and PostgreSQL share the machine. Figures of the processor (user and system time of all workers) stand
beside those of the clock, for on a machine that others use the clock says little.
"""

import os
import random
import resource
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import psycopg

from fieldapp.exchange.bundle import Header, pack, unpack
from fieldapp.exchange.hub_client import Caller, HubClient
from fieldapp.hub import identity, store
from fieldapp.hub.embedded import CLUSTER, Embedded
from fieldapp.hub.ingest import take_bundle
from fieldapp.hub.workers import in_worker, pool, receive
from tests.desks import START_MS, TestClock
from tests.hub.hubs import TestHub, make_hub, remove
from tests.hub.senders import Sender, senders
from tests.laptops import first_laptop


def packed(hub: TestHub, many: list[Sender], files: int, lines: int) -> list[list[bytes]]:
    who = identity.load(hub.folder)
    return [
        [
            pack(
                Header(who.operation, sender.device, 1, 0), [sender.enrolment],
                sender.lines[number * lines : (number + 1) * lines], sender.key, [who.receive_public],
            )
            for number in range(files)
        ]
        for sender in many
    ]  # fmt: skip


def bare_copy(url: str, many: list[Sender]) -> tuple[float, int]:
    """Return the seconds and bytes of copying the same envelopes, signatures and payloads into a bare table."""
    rows = [(line.envelope, line.signature, line.salt, line.body) for sender in many for line in sender.lines]
    with psycopg.connect(url.replace("+psycopg", "")) as connection, connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bare (envelope bytea, signature bytea, salt bytea, body bytea)")
        connection.commit()
        began = time.perf_counter()
        with cursor.copy("COPY bare FROM STDIN WITH (FORMAT BINARY)") as copy:
            copy.set_types(["bytea"] * 4)
            for row in rows:
                copy.write_row(row)
        connection.commit()
        spent = time.perf_counter() - began
        cursor.execute("DROP TABLE bare")
    return spent, sum(len(part) for row in rows for part in row)


def one_process(hub: TestHub, url: str, bundles: list[list[bytes]], count: int) -> None:
    who, engine = identity.load(hub.folder), store.connect(url, 2)
    for what in ("taken in", "again"):
        opening = 0.0
        clock, processor = time.perf_counter(), time.process_time()
        for files in bundles:
            for file in files:
                before = time.process_time()
                bundle = unpack(file, who.receive_identity)
                opening += time.process_time() - before
                take_bundle(engine, who, bundle, START_MS)
        spent, used = time.perf_counter() - clock, time.process_time() - processor
        print(f"{what}, one process: {count / spent:,.0f} changes a second; {count / used:,.0f} a second of its processor"
              f" ({opening / used:.0%} of it opening bundles)")  # fmt: skip
    engine.dispose()


def database_seconds(hub: TestHub) -> float:
    """Return the processor's time that the hub's PostgreSQL used: its server, those who ended, and those who run."""
    server = (hub.folder / CLUSTER / "postmaster.pid").read_text("ascii").split()[0]
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            after_name = stat.read_text("utf-8").rpartition(")")[2].split()
            own, ended = sum(map(int, after_name[11:13])), sum(map(int, after_name[13:15]))
            if stat.parent.name == server:
                ticks += own + ended
            elif after_name[1] == server:
                ticks += own
    return ticks / os.sysconf("SC_CLK_TCK")


def every_processor(hub: TestHub, url: str, bundles: list[list[bytes]], count: int) -> None:
    """Take in as a hub does, by a process a processor, without the network; a log's files one after the other."""
    for what in ("taken in", "again"):
        with pool(hub.folder, url, 0) as workers:
            for job in [workers.submit(os.getpid) for _ in range(50)]:
                job.result()
            clock, database = time.perf_counter(), database_seconds(hub)
            for row in zip(*bundles, strict=True):
                for job in [workers.submit(in_worker(receive, file, START_MS)) for file in row]:
                    job.result()
            spent = time.perf_counter() - clock
        stored = (database_seconds(hub) - database) / count
        print(f"{what}, {os.cpu_count()} processes: {count / spent:,.0f} changes a second, receipts written;"
              f" {stored * 1e6:.0f} us of PostgreSQL's processor a change")  # fmt: skip


def over_the_network(hub: TestHub, many: list[Sender], bundles: list[list[bytes]], what: str) -> None:
    address, times, lock = hub.address, [], threading.Lock()

    def send(sender: Sender, files: list[bytes]) -> None:
        with HubClient(
            address.url, address.certificate, Caller(sender.device, 1, sender.key, [sender.certificate])
        ) as client:
            for file in files:
                began = time.perf_counter()
                client.send(file)
                with lock:
                    times.append(time.perf_counter() - began)

    began = time.perf_counter()
    with ThreadPoolExecutor(len(many)) as pool:
        for job in [pool.submit(send, sender, files) for sender, files in zip(many, bundles, strict=True)]:
            job.result()
    spent = time.perf_counter() - began
    times.sort()
    count = sum(len(sender.lines) for sender in many)
    print(f"{what}, {len(many)} clients at once: {count / spent:,.0f} changes a second; receipts p50 {times[len(times) // 2]:.2f} s,"
          f" p99 {times[int(len(times) * 0.99)]:.2f} s, {len(times)} bundles, no error")  # fmt: skip


def main(clients: int, files: int, lines: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        one = first_laptop(Path(name) / "one", TestClock(), random.Random(1).randbytes)
        hub = make_hub(one)
        try:
            url = Embedded(hub.folder).start()
            few = senders(one, 10, 4000, random.Random(2).randbytes)
            count = sum(len(sender.lines) for sender in few)
            spent, size = bare_copy(url, few)
            print(f"bare COPY of {count:,} changes, {size / 1e6:.1f} MB: {count / spent:,.0f} a second")
            one_process(hub, url, packed(hub, few, 4, 1000), count)
            others = senders(one, 10, 4000, random.Random(4).randbytes)
            every_processor(hub, url, packed(hub, others, 4, 1000), count)
            hub.start(workers=2)
            first = senders(one, 2, 1, random.Random(5).randbytes)
            over_the_network(hub, first, packed(hub, first, 1, 1), "the first after the start")
            many = senders(one, clients, files * lines, random.Random(3).randbytes)
            over_the_network(hub, many, packed(hub, many, files, lines), "taken in over the network")
            over_the_network(hub, many, packed(hub, many, files, lines), "again")
        finally:
            one.close()
            remove(hub)
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"the hub's processes used {children.ru_utime + children.ru_stime:.1f} s in all")


if __name__ == "__main__":
    given = [int(one) for one in sys.argv[1:]]
    main(*(given + [20, 5, 200][len(given) :]))
