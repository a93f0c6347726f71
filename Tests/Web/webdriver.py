"""A browser that a program drives: chromedriver over WebDriver's HTTP (W3C), with nothing but Python's own library."""

import base64
import ctypes
import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
KEYS = {"tab": "\ue004", "enter": "\ue007", "escape": "\ue00c", "down": "\ue015", "up": "\ue013", "right": "\ue014", "left": "\ue012", "space": " ",
        "pageup": "\ue00e", "pagedown": "\ue00f", "end": "\ue010", "home": "\ue011"}


def end_with_parent():
    """Run in a child that is being started: however its parent ends, it ends too (prctl, PR_SET_PDEATHSIG)."""
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)


class WebDriverError(Exception):
    def __init__(self, kind, message):
        super().__init__(f"{kind}: {message}")
        self.kind = kind


class Driver:
    """One chromedriver; browsers of it are independent of each other."""

    def __init__(self):
        program = shutil.which("chromedriver")
        if program is None:
            raise SystemExit("chromedriver is missing: run scripts/install-deps test")
        self.log = tempfile.TemporaryFile()
        self.browsers = []
        # Beside many other processes it sometimes ends at once: it wants the port that it was given for IPv4 for IPv6 too.
        for _ in range(5):
            self.process = subprocess.Popen([program, "--port=0", "--log-level=SEVERE"], stdout=subprocess.PIPE, stderr=self.log, text=True, preexec_fn=end_with_parent)
            for line in self.process.stdout:
                if "started successfully on port" in line:
                    self.address = "http://127.0.0.1:" + line.split("port")[-1].strip(" .\n")
                    return
            self.process.wait(timeout=30)
        self.log.seek(0)
        raise SystemExit("chromedriver did not start: " + self.log.read()[-1000:].decode(errors="replace"))

    def call(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.address + path, data=data, method=method, headers={"Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            value = json.load(error)["value"]
            raise WebDriverError(value["error"], value["message"].split("\n")[0]) from None

    def open(self, **options):
        browser = Browser(self, **options)
        self.browsers.append(browser)
        return browser

    def close(self):
        for browser in self.browsers:
            browser.close()
        self.process.terminate()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            # It has been seen to hang in its own ending; its browsers are gone by now.
            self.process.kill()
            self.process.wait()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


class Browser:
    def __init__(self, driver, width=1280, height=860, dark=False, scripts=True):
        self.driver, self.scripts = driver, scripts
        self.profile = tempfile.mkdtemp(prefix="colophon-browser-")
        arguments = ["--headless=new", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars", f"--window-size={width},{height}",
                     f"--user-data-dir={self.profile}", "--lang=en-GB", "--force-color-profile=srgb"]
        if os.geteuid() == 0:
            # Chromium refuses its own sandbox to root; nothing but our own pages is opened here.
            arguments.append("--no-sandbox")
        preferences = {} if scripts else {"profile.managed_default_content_settings.javascript": 2}
        capabilities = {"browserName": "chrome", "goog:loggingPrefs": {"browser": "ALL"}, "goog:chromeOptions": {"args": arguments, "prefs": preferences}}
        self.session = driver.call("POST", "/session", {"capabilities": {"alwaysMatch": capabilities}})["sessionId"]
        self.path = f"/session/{self.session}"
        self.call("POST", "/timeouts", {"script": 20000, "pageLoad": 30000, "implicit": 0})
        self.command("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        self.scheme(dark)

    def call(self, method, path, body=None):
        return self.driver.call(method, self.path + path, body)

    def command(self, name, **parameters):
        """A command of the Chrome DevTools Protocol."""
        return self.call("POST", "/goog/cdp/execute", {"cmd": name, "params": parameters})

    def scheme(self, dark):
        self.command("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])

    def size(self, width, height):
        self.command("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)

    def go(self, address):
        self.call("POST", "/url", {"url": address})

    def run(self, script, *arguments):
        return self.call("POST", "/execute/sync", {"script": script, "args": list(arguments)})

    def find(self, selector):
        return self.call("POST", "/element", {"using": "css selector", "value": selector})

    def click(self, selector):
        # WebDriver scrolls only as far as it must, and then what stays at the top may cover the element.
        if self.scripts:
            self.run("document.querySelector(arguments[0]).scrollIntoView({ block: 'center' })", selector)
        self.call("POST", f"/element/{self.find(selector)[ELEMENT]}/click", {})

    def type(self, selector, text):
        self.call("POST", f"/element/{self.find(selector)[ELEMENT]}/value", {"text": text})

    def press(self, *keys):
        actions = [{"type": kind, "value": KEYS.get(key, key)} for key in keys for kind in ("keyDown", "keyUp")]
        self.call("POST", "/actions", {"actions": [{"type": "key", "id": "keys", "actions": actions}]})

    def text(self, selector):
        return self.run("const e = document.querySelector(arguments[0]); return e && e.innerText", selector)

    def count(self, selector):
        return self.run("return [...document.querySelectorAll(arguments[0])].filter((e) => e.checkVisibility()).length", selector)

    def wait(self, what, condition, seconds=20):
        """Asks until the answer is neither false nor none, and gives it."""
        end = time.monotonic() + seconds
        while True:
            answer = condition()
            if answer:
                return answer
            if time.monotonic() > end:
                raise AssertionError(f"{what}: did not happen within {seconds} s; the page says: {self.text('main')!r}")
            time.sleep(0.05)

    def wait_for(self, selector, text="", seconds=20):
        return self.wait(f"{selector} with {text!r}", lambda: self.count(selector) and text in (self.text(selector) or ""), seconds)

    def complaints(self):
        """What the page wrote to the console as warning or error, since the last time; refused scripts and styles are among it."""
        return [entry["message"] for entry in self.call("POST", "/se/log", {"type": "browser"}) if entry["level"] in ("SEVERE", "WARNING")]

    def screenshot(self, path):
        with open(path, "wb") as file:
            file.write(base64.b64decode(self.call("GET", "/screenshot")))

    def close(self):
        if self.session is None:
            return
        try:
            self.call("DELETE", "")
        except (WebDriverError, OSError):
            pass
        self.session = None
        shutil.rmtree(self.profile, ignore_errors=True)
