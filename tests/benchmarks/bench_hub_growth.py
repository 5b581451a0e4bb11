"""How a hub grows: size on disk, one post's share pulled, people looked up and changes taken in, at 0.3 and 3 million people.

python -m tests.benchmarks.bench_hub_growth FOLDER [PEOPLE...]

Each person brings four changes, of 300 laptops at 30 posts. FOLDER takes some 12 GB at 3 million people and is emptied
afterwards. Changes are written past the door (`grown_logs`); their signatures are random bytes. The table is markdown.
"""

import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from shutil import disk_usage, rmtree

from sqlalchemy import Engine, delete, insert, text

from fieldapp.exchange.bundle import unpack
from fieldapp.hub import identity, store
from fieldapp.hub.deliver import Held, deliver, receipts
from fieldapp.hub.embedded import Embedded
from fieldapp.hub.folding import fold_next
from fieldapp.hub.look_up import look_up
from fieldapp.hub.tables import FOLDED, LOGS
from fieldapp.hub.workers import receive
from fieldapp.services.desk import Desk
from fieldapp.trust import sealing
from fieldapp.trust.certificates import DeviceStatement
from fieldapp.trust.envelopes import decode
from tests.benchmarks.bench_hub import packed
from tests.benchmarks.grown_logs import GrownLog, grow, new_log
from tests.desks import START_MS, TestClock
from tests.hub.hubs import TestHub, make_hub, remove
from tests.hub.senders import root_of, senders
from tests.laptops import first_laptop

LAPTOPS, POSTS = 300, 30
LOOK_UPS = 1000
FRESH = 5000
"""Changes of a new laptop, taken in and folded on top of the rest."""
_BYTES_A_CHANGE = 1100
Figures = dict[str, str]


def posts() -> list[str]:
    return [f"P{chr(ord('A') + number // 26)}{chr(ord('A') + number % 26)}" for number in range(POSTS)]


def fill(url: str, logs: list[GrownLog], people: int) -> list[GrownLog]:
    """Grow all logs alike until they have so many people together."""
    each = people // len(logs)
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as pool:
        return [job.result() for job in [pool.submit(grow, url, log, each) for log in logs]]


def known_to_hub(engine: Engine, logs: list[GrownLog]) -> None:
    rows = [
        {
            "device": log.statement.device_id, "epoch": 1, "code": log.statement.code, "post": log.statement.post,
            "sign_public": log.statement.sign_public, "receive_public": log.statement.receive_public,
            "certificate": log.certificate, "confirmed": True,
        }
        for log in logs
    ]  # fmt: skip
    with engine.begin() as connection:
        connection.execute(insert(LOGS), rows)


def settled(engine: Engine) -> None:
    """Let the database do at once what it does in its own time, and count all as folded."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))
        connection.execute(text("CHECKPOINT"))
    with engine.begin() as connection:
        connection.execute(delete(FOLDED))
        rows = [{"device": key[0], "epoch": key[1], "seq": seq} for key, (seq, _) in store.vector(connection).items()]
        connection.execute(insert(FOLDED), rows)


def sizes(engine: Engine) -> Figures:
    found: Figures = {}
    with engine.connect() as connection:
        for table in ("change", "payload", "person"):
            rows, heap, indexes = connection.execute(
                text(
                    f"SELECT count(*), pg_table_size('{table}'), pg_indexes_size('{table}') FROM {table}"  # noqa: S608
                )
            ).one()
            found[f"`{table}`: rows"] = f"{rows:,}"
            found[f"`{table}`: table and indexes"] = f"{heap / 1e6:,.0f} + {indexes / 1e6:,.0f} MB"
        size = connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one()
        changes = connection.execute(text("SELECT count(*) FROM change")).scalar_one()
    found["whole database"] = f"{size / 1e9:,.2f} GB, {size / changes:,.0f} bytes a change"
    return found


def timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def most_memory() -> int:
    """Return the most memory this process had, in MB; the kernel's other figure is inherited from the one before."""
    (line,) = (one for one in Path("/proc/self/status").read_text("ascii").splitlines() if one.startswith("VmHWM"))
    return int(line.split()[1]) // 1024


def spread(times: list[float]) -> str:
    times = sorted(times)
    return f"{times[len(times) // 2] * 1000:,.1f} / {times[int(len(times) * 0.95)] * 1000:,.1f} ms"


def pull(url: str, folder: Path, post: str) -> Figures:
    """Pull a post's share page by page into a laptop that has nothing; in a process of its own, for its memory."""
    who, engine = identity.load(folder), store.connect(url, 2)
    mine, public = sealing.new_identity()
    reader = DeviceStatement(who.device, 1, "Z9", post, "Z9", bytes(32), public)
    before = most_memory()
    has: dict[object, int] = {}
    pages, changes, size, processor = [], 0, 0, time.process_time()
    opening = 0.0
    while True:
        began = time.perf_counter()
        page = deliver(engine, who, reader, Held(has, {}), START_MS)  # type: ignore[arg-type]
        spent = time.perf_counter() - began
        if page is None:
            break
        pages.append(spent)
        at = time.process_time()
        size += len(page.bundle)
        bundle = unpack(page.bundle, mine)
        changes += len(bundle.changes)
        for change in (decode(one.envelope, None) for one in bundle.changes):
            key = change.device, change.epoch
            has[key] = max(has.get(key, 0), change.seq)
        opening += time.process_time() - at
    rows, used = changes / sum(pages), changes / (time.process_time() - processor - opening)
    peak = most_memory()
    whole = dict(has)
    late: dict[object, int] = {key: seq - 50 for key, seq in whole.items()}
    some = [timed(lambda: deliver(engine, who, reader, Held(late, {}), START_MS)) for _ in range(20)]  # type: ignore[arg-type]
    none = [timed(lambda: deliver(engine, who, reader, Held(whole, {}), START_MS)) for _ in range(100)]  # type: ignore[arg-type]
    return {
        "a post's share: changes, pages, MB": f"{changes:,}, {len(pages)}, {size / 1e6:,.1f}",
        "pulled: changes/s by the clock, by the hub's processor": f"{rows:,.0f}, {used:,.0f}",
        "a page, p50 / p95": spread(pages),
        "peak memory of the process, before it": f"{peak:,} MB, {before:,} MB",
        "a pull of 50 new changes a laptop, p50 / p95": spread(some),
        "a pull of nothing new, p50 / p95": spread(none),
    }  # fmt: skip


def looked_up(engine: Engine, logs: list[GrownLog]) -> Figures:
    source = random.Random(5)
    known = [one for log in logs for one in log.known]
    found: Figures = {}
    for what, place in (("number", 1), ("id", 0)):
        asked = [str(one[place]) for one in source.sample(known, min(LOOK_UPS, len(known)))]
        found[f"look-up by {what}, p50 / p95"] = spread(
            [timed(lambda one=one: look_up(engine, one, "", 0)) for one in asked]
        )
    return found


def fresh(engine: Engine, hub: TestHub, administrator: Desk, seed: int) -> Figures:
    """Take in and fold what a laptop that is new to the hub sends, signatures verified."""
    who = identity.load(hub.folder)
    one = senders(administrator, 1, FRESH, random.Random(seed).randbytes)
    files = packed(hub, one, FRESH // 1000, 1000)[0]
    began, processor = time.perf_counter(), time.process_time()
    for file in files:
        receive(engine, who, file, START_MS)
    spent, used = time.perf_counter() - began, time.process_time() - processor
    began, folded = time.perf_counter(), 0
    while done := fold_next(engine, who.root_public):
        folded += done
    folding = time.perf_counter() - began
    return {
        "taken in: changes/s by the clock, by the processor": f"{FRESH / spent:,.0f}, {FRESH / used:,.0f}",
        "folded: changes/s": f"{folded / folding:,.0f}",
        "the receipts of all laptops, p50 / p95": spread([timed(lambda: receipts(engine, who)) for _ in range(100)]),
    }


def main(folder: Path, counts: list[int]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o755)
    if disk_usage(folder).free < 2 * max(counts) * 4 * _BYTES_A_CHANGE:
        raise SystemExit(f"too little space in {folder}")
    tempfile.tempdir = str(folder)
    one = first_laptop(folder / "one", TestClock(), random.Random(1).randbytes)
    hub = make_hub(one)
    table: dict[str, list[str]] = {}
    try:
        url = Embedded(hub.folder).start()
        engine = store.connect(url, 2)
        root = root_of(one)
        logs = [new_log(number, posts()[number % POSTS], one.actor.staff_id, root) for number in range(LAPTOPS)]
        known_to_hub(engine, logs)
        for count in counts:
            writing = time.perf_counter()
            logs = fill(url, logs, count)
            settled(engine)
            print(f"{count:,} people written after {time.perf_counter() - writing:,.0f} s", flush=True)
            with ProcessPoolExecutor(1, get_context("spawn")) as pool:
                pulled = pool.submit(pull, url, hub.folder, posts()[0]).result()
            figures = sizes(engine) | pulled | looked_up(engine, logs) | fresh(engine, hub, one, count)
            for what, said in figures.items():
                table.setdefault(what, []).append(said)
                print(f"{what}: {said}", flush=True)
        engine.dispose()
    finally:
        one.close()
        remove(hub)
        rmtree(folder / "one")
    print("\n| | " + " | ".join(f"{count:,} people" for count in counts) + " |\n|---|" + "---|" * len(counts))
    for what, each in table.items():
        print(f"| {what} | " + " | ".join(each) + " |")


if __name__ == "__main__":
    main(Path(sys.argv[1]), [int(one) for one in sys.argv[2:]] or [300_000, 3_000_000])
