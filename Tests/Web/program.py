"""A `colophon serve` on a free port of loopback, with a client for its API: Python's own library alone."""

import json
import os
import re
import signal
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid

from webdriver import end_with_parent


class Server:
    def __init__(self, program, data):
        self.program, self.data, self.process, self.port = program, data, None, 0

    def start(self, data=None):
        self.data = data or self.data
        log = self.data + ".log"
        before = os.path.getsize(log) if os.path.exists(log) else 0
        with open(log, "ab") as output:
            self.process = subprocess.Popen([self.program, "serve", "--data", self.data, "--port", str(self.port)], stdout=output, stderr=output, preexec_fn=end_with_parent)
        end = time.monotonic() + 60
        while time.monotonic() < end:
            with open(log, encoding="utf-8", errors="replace") as text:
                text.seek(before)
                found = re.search(r"is ready at (http://\S+)", text.read())
            if found:
                self.address = found.group(1)
                self.port = int(self.address.rsplit(":", 1)[1])
                with open(os.path.join(self.data, "local.key"), encoding="utf-8") as key:
                    self.key = key.read().strip()
                return
            if self.process.poll() is not None:
                break
            time.sleep(0.02)
        raise SystemExit("the server did not start: " + open(log, encoding="utf-8").read()[-2000:])

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(5)
        self.process = None

    def call(self, method, path, body=None, headers=None, raw=None):
        """Answers (status, JSON or bytes)."""
        data = raw if raw is not None else (None if body is None else json.dumps(body).encode())
        headers = {"Authorization": f"Bearer {self.key}", "Content-Type": "application/json", **(headers or {})}
        request = urllib.request.Request(self.address + path, data=data, method=method, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                status, kind, got = answer.status, answer.headers.get("Content-Type", ""), answer.read()
        except urllib.error.HTTPError as error:
            status, kind, got = error.code, error.headers.get("Content-Type", ""), error.read()
        return status, json.loads(got) if "json" in kind and got else got

    def api(self, method, path, body=None):
        """A call in the key's workspace that must succeed."""
        status, answer = self.call(method, f"/api/v1/workspaces/{self.workspace}{path}", body)
        assert 200 <= status < 300, f"{method} {path}: {status} {answer}"
        return answer

    @property
    def workspace(self):
        if not hasattr(self, "_workspace"):
            status, session = self.call("GET", "/api/v1/session")
            assert status == 200, session
            self._workspace = session["workspaces"][0]["id"]
        return self._workspace

    def upload(self, name, content, process=True):
        boundary = uuid.uuid4().hex
        parts = []
        for field, value in (("run_options", json.dumps({"process": process})), ("conflictMode", "keep_both")):
            parts.append(f'--{boundary}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'.encode())
        quoted = name.replace("\\", "\\\\").replace('"', "%22")
        parts.append(f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{quoted}"\r\nContent-Type: application/pdf\r\n\r\n'.encode() + content + b"\r\n")
        body = b"".join(parts) + f"--{boundary}--\r\n".encode()
        status, answer = self.call("POST", f"/api/v1/workspaces/{self.workspace}/documents", raw=body, headers={"Content-Type": f"multipart/form-data; boundary={boundary}"})
        assert status == 201, f"upload of {name}: {status} {answer}"
        return answer


def pdf(title, pages=2, lines=None):
    """A small PDF of invented text: a title, and a heading, paragraphs, a list and a ruled table on each page."""
    return drawn([page(title, number, lines or TEXT) for number in range(1, pages + 1)])


def drawn(pages):
    """A PDF of pages that are given as what draws them, with Helvetica as /F1 and /F2."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", None, FONT % b"Helvetica", FONT % b"Helvetica-Bold"]
    kids = []
    for content in pages:
        content = content.encode("latin-1", "replace")
        kids.append(len(objects) + 1)
        objects.append(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<</Font<</F1 3 0 R/F2 4 0 R>>>>>>" % (len(objects) + 2))
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(content), content))
    objects[1] = b"<</Type/Pages/Kids[%s]/Count %d>>" % (b" ".join(b"%d 0 R" % kid for kid in kids), len(kids))
    out, offsets = bytearray(b"%PDF-1.4\n"), []
    for index, each in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj%sendobj\n" % (index, each)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % each for each in offsets)
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(out)


FONT = b"<</Type/Font/Subtype/Type1/BaseFont/%s/Encoding/WinAnsiEncoding>>"
TEXT = [
    "The harbour archive keeps the ledgers of forty print shops. Each ledger names the paper, the",
    "type and the binder of every book that left the press, and most of them end with a colophon:",
    "a note that records how the book was made, by whom, and when.",
    "",
    "This survey lists the ledgers that were read in the spring. Copies are bound in vellum, and",
    "their margins hold remarks by at least three hands. Two of the hands could be named.",
]
TABLE = [["Shop", "Ledgers", "Sheets"], ["Lantern & Sons", "12", "4,180"], ["Copper Lane Press", "7", "2,965"], ["Meadow Binders", "21", "8,412"]]


def escape(text):
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def page(title, number, lines):
    # A title on every page would rightly be taken for a running head.
    out = [f"BT /F2 22 Tf 64 760 Td ({escape(title)}) Tj ET"] if number == 1 else []
    out += [f"BT /F2 14 Tf 64 722 Td (Part {number}: what was read) Tj ET"]
    y = 698
    for line in lines:
        if line:
            out.append(f"BT /F1 11 Tf 64 {y} Td ({escape(line)}) Tj ET")
        y -= 15
    y -= 12
    out.append(f"BT /F2 14 Tf 64 {y} Td (Figures of part {number}) Tj ET")
    y -= 18
    left, widths, height = 64, [200, 110, 110], 24
    for index in range(len(TABLE) + 1):
        out.append(f"0.7 w {left} {y - index * height} m {left + sum(widths)} {y - index * height} l S")
    for column in range(len(widths) + 1):
        x = left + sum(widths[:column])
        out.append(f"0.7 w {x} {y} m {x} {y - len(TABLE) * height} l S")
    for row, cells in enumerate(TABLE):
        for column, cell in enumerate(cells):
            out.append(f"BT /{'F2' if row == 0 else 'F1'} 11 Tf {left + sum(widths[:column]) + 8} {y - row * height - 16} Td ({escape(cell)}) Tj ET")
    y -= len(TABLE) * height + 34
    for item in ("Paper from three mills, none of them named.", "Type cast in the shop itself.", "Bindings in vellum, quarto and folio."):
        out.append(f"BT /F1 11 Tf 76 {y} Td (\\225  {escape(item)}) Tj ET")
        y -= 16
    out.append(f"BT /F1 9 Tf 285 40 Td ({number}) Tj ET")
    return "\n".join(out)
