"""huey over SQLite with every commit synced: fills its queue with no-op jobs and drains it.

    huey_peer.py FILE JOBS WORKERS     prints {"rate": jobs a second}

The rate counts from the first execution to the last.
"""
import json
import logging
import sys
import threading
import time

from huey import SqliteHuey

path, jobs, workers = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
queue = SqliteHuey("peer", filename=path, results=False, fsync=True)
lock, seen, times, done = threading.Lock(), 0, [0.0, 0.0], threading.Event()


@queue.task(name="noop")
def noop():
    global seen
    with lock:
        seen += 1
        if seen == 1:
            times[0] = time.perf_counter()
        if seen == jobs:
            times[1] = time.perf_counter()
            done.set()


logging.getLogger("huey").setLevel(logging.ERROR)
connection = queue.storage.conn
# Filling is not measured: one transaction instead of one a job.
connection.execute("BEGIN")
for _ in range(jobs):
    connection.execute("INSERT INTO task (queue, data, priority) VALUES (?, ?, 0)", ("peer", queue.serialize_task(noop.s())))
connection.execute("COMMIT")
consumer = queue.create_consumer(workers=workers, worker_type="thread", periodic=False, initial_delay=0.005, max_delay=0.05)
consumer.start()
done.wait(300)
consumer.stop()
print(json.dumps({"rate": (jobs - 1) / (times[1] - times[0])}))
