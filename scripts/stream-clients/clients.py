#!/usr/bin/env python3
"""Follows a change stream with a client that others wrote, and prints each event as one line of JSON: [id, event, data].

  clients.py NAME URL [--header 'Name: value']… [--raw FILE]

NAME is httpx-sse, sseclient-py, requests-sse, aiohttp-sse-client or curl. Runs until it is killed. When the stream ends it comes back with
the last id: by itself where the client can, or else here. `--raw` (curl alone) keeps the bytes of the body as they came.
"""
import argparse
import asyncio
import json
import signal
import subprocess
import sys
import time

# Whoever started this may have had it blocked, and that is inherited.
signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGTERM])

parser = argparse.ArgumentParser()
parser.add_argument("name")
parser.add_argument("url")
parser.add_argument("--header", action="append", default=[])
parser.add_argument("--raw")
parser.add_argument("--cacert")
arguments = parser.parse_args()
HEADERS = {name.strip(): value.strip() for name, value in (header.split(":", 1) for header in arguments.header)}
PAUSE = 0.5


def emit(id, event, data):
    print(json.dumps([id or "", event, data]), flush=True)


def resumed(last):
    return dict(HEADERS, **({"Last-Event-ID": last} if last else {}))


def httpx_sse():
    import httpx
    from httpx_sse import connect_sse

    last = ""
    while True:
        try:
            with httpx.Client(timeout=None) as client, connect_sse(client, "GET", arguments.url, headers=resumed(last)) as source:
                for sse in source.iter_sse():
                    last = sse.id or last
                    emit(sse.id, sse.event, sse.data)
        except httpx.HTTPError as error:
            print(error, file=sys.stderr)
        time.sleep(PAUSE)


def sseclient_py():
    import requests
    import sseclient

    last = ""
    while True:
        try:
            answer = requests.get(arguments.url, stream=True, headers=dict(resumed(last), Accept="text/event-stream"))
            answer.raise_for_status()
            for event in sseclient.SSEClient(answer).events():
                last = event.id or last
                emit(event.id, event.event, event.data)
        except requests.RequestException as error:
            print(error, file=sys.stderr)
        time.sleep(PAUSE)


def requests_sse():
    from requests_sse import EventSource

    with EventSource(arguments.url, headers=HEADERS) as source:
        for event in source:
            emit(event.last_event_id, event.type, event.data)


def aiohttp_sse_client():
    import aiohttp
    from aiohttp_sse_client.client import EventSource

    async def follow():
        last = ""
        while True:
            try:
                async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=None)) as session:
                    async with EventSource(arguments.url, session=session, headers=resumed(last)) as source:
                        async for event in source:
                            last = event.last_event_id or last
                            emit(event.last_event_id, event.type, event.data)
            except (aiohttp.ClientError, ConnectionError) as error:
                # It comes back by itself after an end, and not after a cut.
                print(error, file=sys.stderr)
            await asyncio.sleep(PAUSE)

    asyncio.run(follow())


def curl():
    """curl only brings the bytes; they are read by the standard's rules, which for our stream are few."""
    last = ""
    raw = open(arguments.raw, "wb") if arguments.raw else None
    while True:
        headers = [word for name, value in resumed(last).items() for word in ("-H", f"{name}: {value}")]
        trust = ["--cacert", arguments.cacert] if arguments.cacert else []
        process = subprocess.Popen(["curl", "-N", "-s", "-f", *trust, *headers, arguments.url], stdout=subprocess.PIPE)
        signal.signal(signal.SIGTERM, lambda *_: (process.kill(), sys.exit(0)))
        id, event, data = last, "", []
        for line in process.stdout:
            if raw:
                raw.write(line)
                raw.flush()
            text = line.decode().rstrip("\n")
            field, _, value = text.partition(": ")
            if text == "":
                if data:
                    last = id
                    emit(id, event or "message", "\n".join(data))
                event, data = "", []
            elif field == "id":
                id = value
            elif field == "event":
                event = value
            elif field == "data":
                data.append(value)
        process.wait()
        if raw:
            # What the cut left unfinished is dropped by a client; here it would join the next stream.
            raw.truncate(raw.tell() - len(unfinished(arguments.raw)))
            raw.seek(0, 2)
        time.sleep(PAUSE)


def unfinished(path):
    kept = open(path, "rb").read()
    return kept[kept.rfind(b"\n\n") + 2 :] if b"\n\n" in kept else kept


CLIENTS = {
    "httpx-sse": httpx_sse,
    "sseclient-py": sseclient_py,
    "requests-sse": requests_sse,
    "aiohttp-sse-client": aiohttp_sse_client,
    "curl": curl,
}
CLIENTS[arguments.name]()
