#!/usr/bin/env python3
"""Follows a change stream with Chromium's own EventSource, and prints each event as one line of JSON: [id, event, data].

  chromium.py PAGE STREAM [--cookie NAME=VALUE]

PAGE is a URL of the same origin, where the browser stands; STREAM is a path. Runs until it is killed; when the stream ends the browser comes
back by itself. Spoken to over a pipe, so that no port is opened (Chrome DevTools Protocol, --remote-debugging-pipe).
"""
import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile

# Whoever started this may have had it blocked, and that is inherited.
signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGTERM])

parser = argparse.ArgumentParser()
parser.add_argument("page")
parser.add_argument("stream")
parser.add_argument("--cookie")
arguments = parser.parse_args()

FOLLOW = """
(() => {
  const source = new EventSource(%s);
  for (const name of ["ready", "document.changed", "document.deleted", "keepalive", "documents.resync", "message"])
    source.addEventListener(name, event => emit(JSON.stringify([event.lastEventId, name, event.data])));
  source.onerror = () => note("error, state " + source.readyState);
})()
"""


class Browser:
    def __init__(self, profile):
        to_browser, self.output = os.pipe()
        self.input, from_browser = os.pipe()

        def place():
            # The browser reads commands from 3 and answers on 4; neither must be overwritten by the other.
            reading, writing = os.dup(to_browser), os.dup(from_browser)
            os.dup2(reading, 3)
            os.dup2(writing, 4)
            os.set_inheritable(3, True)
            os.set_inheritable(4, True)

        words = ["chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"]
        words += ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-default-browser-check"]
        words += [f"--user-data-dir={profile}", "--remote-debugging-pipe", "about:blank"]
        self.process = subprocess.Popen(
            words, preexec_fn=place, close_fds=False, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True)
        os.close(to_browser)
        os.close(from_browser)
        self.pending = b""
        self.number = 0

    def messages(self):
        while True:
            while b"\0" in self.pending:
                message, self.pending = self.pending.split(b"\0", 1)
                yield json.loads(message)
            received = os.read(self.input, 1 << 16)
            if not received:
                raise SystemExit("The browser has ended.")
            self.pending += received

    def call(self, method, session=None, **parameters):
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        os.write(self.output, json.dumps(message).encode() + b"\0")
        for answer in self.messages():
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise SystemExit(f"{method}: {answer['error']}")
                return answer["result"]

    def end(self):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def follow(browser):
    target = browser.call("Target.createTarget", url="about:blank")["targetId"]
    session = browser.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
    browser.call("Page.enable", session)
    browser.call("Runtime.enable", session)
    # A page of errors or of health may forbid itself everything; what is looked at here is the stream.
    browser.call("Page.setBypassCSP", session, enabled=True)
    for name in ("emit", "note"):
        browser.call("Runtime.addBinding", session, name=name)
    if arguments.cookie:
        name, value = arguments.cookie.split("=", 1)
        browser.call("Network.setCookie", session, name=name, value=value, url=arguments.page)
    browser.call("Page.navigate", session, url=arguments.page)
    for message in browser.messages():
        if message.get("method") == "Page.loadEventFired":
            break
    browser.call("Runtime.evaluate", session, expression=FOLLOW % json.dumps(arguments.stream))
    for message in browser.messages():
        if message.get("method") == "Runtime.bindingCalled":
            text = message["params"]["payload"]
            print(text, flush=True, file=sys.stdout if message["params"]["name"] == "emit" else sys.stderr)


signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
profile = tempfile.mkdtemp(prefix="colophon-chromium-")
browser = Browser(profile)
try:
    follow(browser)
finally:
    browser.end()
    shutil.rmtree(profile, ignore_errors=True)
