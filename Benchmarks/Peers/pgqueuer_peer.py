"""pgqueuer over the same server: fills its queue with no-op jobs and drains it, or measures how soon a waiting worker picks jobs up.

    pgqueuer_peer.py drain URL JOBS WORKERS BATCH      prints {"rate": jobs a second}
    pgqueuer_peer.py latency URL JOBS RATE             prints {"p50", "p95", "p99"} in milliseconds

Each worker is a queue manager with a connection of its own, in one process with uvloop, as in pgqueuer's own benchmark. The rate counts
from the first claim to the last end, both by its own log: it writes ends behind the executions, in batches. The pick-up counts from before
the call that adds the job to the execution's first line.
"""
import asyncio
import json
import sys
import time
from datetime import timedelta

import asyncpg
import uvloop
from pgqueuer.db import AsyncpgDriver
from pgqueuer.qm import QueueManager
from pgqueuer.queries import Queries


async def connect(url):
    return AsyncpgDriver(await asyncpg.connect(url))


async def fresh(url):
    connection = await asyncpg.connect(url)
    await connection.execute("DROP SCHEMA IF EXISTS peer CASCADE; CREATE SCHEMA peer")
    await connection.close()
    queries = Queries(await connect(url))
    await queries.install()
    return queries


async def drain(url, jobs, workers, batch):
    queries = await fresh(url)
    for start in range(0, jobs, 5000):
        count = min(5000, jobs - start)
        await queries.enqueue(["noop"] * count, [b""] * count, [0] * count)
    managers, seen = [], 0

    for _ in range(workers):
        manager = QueueManager(Queries(await connect(url)))

        @manager.entrypoint("noop")
        async def noop(job):
            nonlocal seen
            seen += 1
            if seen == jobs:
                for manager in managers:
                    manager.shutdown.set()

        managers.append(manager)
    await asyncio.wait_for(
        asyncio.gather(*(manager.run(batch_size=batch, dequeue_timeout=timedelta(seconds=1)) for manager in managers)), 300)
    connection = await asyncpg.connect(url)
    ended, seconds = await connection.fetchrow(
        "SELECT count(*) FILTER (WHERE status = 'successful'), extract(epoch FROM max(created) FILTER (WHERE status = 'successful')"
        " - min(created) FILTER (WHERE status = 'picked'))::float8 FROM pgqueuer_log")
    assert ended == jobs, f"{ended} of {jobs} jobs ended"
    print(json.dumps({"rate": jobs / seconds}))


async def latency(url, jobs, rate):
    queries = await fresh(url)
    waits, manager = [], QueueManager(Queries(await connect(url)))

    @manager.entrypoint("noop")
    async def noop(job):
        waits.append((time.perf_counter() - float(job.payload)) * 1000)
        if len(waits) == jobs + 1:
            manager.shutdown.set()

    async def produce():
        await asyncio.sleep(1)
        await queries.enqueue("noop", repr(time.perf_counter()).encode())
        await asyncio.sleep(1)
        start = time.perf_counter()
        for index in range(jobs):
            await asyncio.sleep(max(0, start + index / rate - time.perf_counter()))
            await queries.enqueue("noop", repr(time.perf_counter()).encode())

    await asyncio.wait_for(
        asyncio.gather(manager.run(batch_size=10, dequeue_timeout=timedelta(seconds=30)), produce()), jobs / rate + 60)
    waits = sorted(waits[1:])
    print(json.dumps({f"p{q}": waits[min(len(waits) - 1, len(waits) * q // 100)] for q in (50, 95, 99)}))


if __name__ == "__main__":
    mode, url, *numbers = sys.argv[1:]
    numbers = [int(number) for number in numbers]
    separator = "&" if "?" in url else "?"
    url += f"{separator}options=-csearch_path%3Dpeer"
    uvloop.run({"drain": drain, "latency": latency}[mode](url, *numbers))
