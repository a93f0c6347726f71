"""What the browser's tests have in common: a program that serves, browsers at it, and what is read from its pages."""

import http.client
import json
import os

from program import Server, pdf

TESTS = []


def test(function):
    TESTS.append(function)
    return function


class World:
    def __init__(self, program, folder, driver):
        self.folder, self.driver = folder, driver
        self.server = Server(program, os.path.join(folder, "data"))
        self.pictures = os.environ.get("COLOPHON_SCREENSHOTS")

    def file(self, name, content=None):
        path = os.path.join(self.folder, "files", name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(content or pdf(name.rsplit(".", 1)[0]))
        return path

    @property
    def base(self):
        return f"{self.server.address}/w/{self.server.workspace}"

    def signed_in(self, **options):
        """A browser at the key's workspace."""
        browser = self.driver.open(**options)
        browser.go(self.server.address + "/sign-in")
        browser.wait_for("#key")
        browser.type("#key", self.server.key)
        browser.click("#sign-in button")
        browser.wait("the list", lambda: browser.count("#filters"))
        return browser

    def picture(self, browser, name):
        if self.pictures:
            browser.screenshot(os.path.join(self.pictures, name + ".png"))


def names(browser):
    return browser.run("return [...document.querySelectorAll('#rows [data-part=name]')].map((e) => e.textContent)")


def status_of(browser, name):
    return browser.run(
        "const row = [...document.querySelectorAll('#rows tr')].find((e) => e.querySelector('[data-part=name]').textContent === arguments[0]);"
        "return row && row.querySelector('[data-part=status]').textContent", name)


def own_rules_hold(browser):
    bad = [line for line in browser.complaints() if "Content Security Policy" in line or "Uncaught" in line or "SyntaxError" in line]
    assert not bad, bad


def sign_in(world):
    """Signs in as a page would, and gives the cookie as WebDriver wants it."""
    connection = http.client.HTTPConnection("127.0.0.1", world.server.port, timeout=20)
    connection.request("POST", "/api/v1/session", json.dumps({"key": world.server.key}), {"Content-Type": "application/json", "Sec-Fetch-Site": "same-origin"})
    answer = connection.getresponse()
    assert answer.status == 200, answer.read()
    name, value = answer.getheader("Set-Cookie").split(";")[0].split("=", 1)
    return answer.status, {"name": name, "value": value, "path": "/"}
