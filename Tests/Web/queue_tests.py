"""The queue: many files at once, good and bad, through a server that is killed; what comes out, and who may see it."""

import base64
import os
import signal
import time
import zipfile

from program import TEXT, drawn, escape, page, pdf
from world import own_rules_hold, test

GOOD = 13


def invoice(number, annex=0):
    """An invented invoice, with as many pages of conditions behind it."""
    def put(x, y, text, size=10, font="F1"):
        return f"BT /{font} {size} Tf {x} {y} Td ({escape(text)}) Tj ET"

    out = [put(64, 780, "Lantern Paper Works", 16, "F2"), put(64, 762, "12 Quire Lane, Harbourton")]
    out += [put(360, 780, "INVOICE", 16, "F2")]
    for index, (label, value) in enumerate((("Invoice number:", number), ("Invoice date:", "2031-03-14"), ("Due date:", "2031-04-13"), ("Currency:", "EUR"))):
        out += [put(360, 756 - 15 * index, label), put(460, 756 - 15 * index, value)]
    out += [put(64, 700, "Bill to:", 10, "F2"), put(64, 685, "Copper Lane Press"), put(64, 670, "7 Folio Street, Inkwell")]
    columns = (64, 300, 380, 470)
    out += [put(x, 620, text, 10, "F2") for x, text in zip(columns, ("Description", "Quantity", "Unit price", "Amount"))]
    total = 0
    for index, (name, quantity, cents) in enumerate((("Laid paper, ream", 3, 1250), ("Bookbinder's glue", 2, 899), ("Vellum sheets", 5, 4100))):
        amount, y = quantity * cents, 600 - 16 * index
        total += amount
        out += [put(x, y, text) for x, text in zip(columns, (name, str(quantity), money(cents), money(amount)))]
    out += [put(380, 520, "Subtotal"), put(470, 520, money(total)), put(380, 504, "VAT 20%"), put(470, 504, money(total // 5))]
    out += [put(380, 488, "Total", 10, "F2"), put(470, 488, money(total + total // 5), 10, "F2")]
    return drawn(["\n".join(out)] + [page(f"Conditions {number}", part, TEXT) for part in range(1, annex + 1)])


def money(cents):
    return f"{cents // 100}.{cents % 100:02d}"


def files():
    good = [(f"invoice-{1001 + index}.pdf", invoice(f"LR-{1001 + index}", annex=60 if index > 4 else 0)) for index in range(GOOD)]
    bad = [
        ("notes.pdf", b"Only the name says that this is a PDF.\n"),
        ("empty.pdf", b""),
        ("damaged.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 20),
        ("survey.pdf", pdf("A survey, and no invoice", 1)),
        ("letter.pdf", pdf("A letter, and no invoice", 3)),
        ("picture.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 100),
    ]
    # The same bytes under another name are the same work.
    twin = [("again.pdf", good[0][1])]
    mixed = good[:5] + bad[:3] + good[5:] + bad[3:] + twin
    assert len(mixed) == 20
    return mixed


def drop(browser, files):
    """As if somebody had dropped them from a folder."""
    browser.run(
        """
        const data = new DataTransfer();
        for (const [name, text] of arguments[0]) {
          const bytes = Uint8Array.from(atob(text), (each) => each.charCodeAt(0));
          data.items.add(new File([bytes], name, { type: "application/pdf" }));
        }
        for (const type of ["dragenter", "dragover", "drop"]) document.body.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
        """,
        [[name, base64.b64encode(content).decode()] for name, content in files])


def rows(browser):
    """What each line says: name, state, error."""
    return [tuple(row) for row in browser.run(
        "return [...document.querySelectorAll('#rows tr')].map((row) => [row.querySelector('.job-name').textContent,"
        "row.querySelector('.badge').textContent, row.querySelector('.job-error').textContent])")]


def states(browser):
    return {name: state for name, state, _ in rows(browser)}


def choose(browser, mapping):
    browser.run("const e = document.getElementById('mapping'); e.value = arguments[0]", mapping)


@test
def twenty_files_good_and_bad_all_reach_their_end_though_the_server_is_killed(world):
    server = world.server
    downloads = os.path.join(world.folder, "downloads")
    browser = world.driver.open(width=1280, height=1000)
    browser.command("Browser.setDownloadBehavior", behavior="allow", downloadPath=downloads)
    browser.go(server.address + "/queue")
    browser.wait_for("#empty h2", "Nothing here yet")
    choose(browser, "invoice_generic_v1")
    sent = files()
    drop(browser, sent[:16])
    browser.wait("some XML", lambda: sum(state == "XML ready" for state in states(browser).values()) >= 3, 60)
    server.process.send_signal(signal.SIGKILL)
    server.process.wait(20)
    # Sent while nobody listens, they are sent again when somebody does.
    drop(browser, sent[16:])
    time.sleep(2)
    assert states(browser)["letter.pdf"] == "Sending", states(browser)
    server.start()
    final = {"XML ready", "Failed", "Not taken"}
    browser.wait("all their ends", lambda: rows(browser) and all(state in final for _, state, _ in rows(browser)), 120)
    browser.wait_for("#connection", "Up to date")
    told = rows(browser)
    by_name = states(browser)
    for name, _ in sent:
        if name.startswith("invoice-"):
            assert by_name[name] == "XML ready", (name, told)
    assert by_name["notes.pdf"] == by_name["empty.pdf"] == by_name["picture.png"] == "Not taken", told
    assert by_name["damaged.pdf"] == by_name["survey.pdf"] == by_name["letter.pdf"] == "Failed", told
    # The same bytes again made no line of their own.
    assert "again.pdf" not in by_name and len(told) == 19, told
    assert all(error for _, state, error in told if state != "XML ready"), told
    assert browser.text("#summary") == "13 ready · 6 failed", browser.text("#summary")
    world.picture(browser, "queue")
    # What was refused at the door is not in the ledger; the rest is, after a reload too.
    browser.go(server.address + "/queue")
    browser.wait("the lines", lambda: len(rows(browser)) == 16)
    browser.wait_for("#connection", "Up to date")
    the_zip_holds_all_of_it(browser, downloads)
    own_rules_hold(browser)
    browser.close()


def the_zip_holds_all_of_it(browser, downloads):
    browser.click("#zip")

    def arrived():
        done = [name for name in os.listdir(downloads) if name.endswith(".zip")] if os.path.isdir(downloads) else []
        return done and os.path.join(downloads, done[0])

    path = browser.wait("the download", arrived)
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        assert sorted(archive.namelist()) == [f"invoice-{1001 + index}.xml" for index in range(GOOD)], archive.namelist()
        for index in range(GOOD):
            xml = archive.read(f"invoice-{1001 + index}.xml").decode()
            assert f"<Number>LR-{1001 + index}</Number>" in xml and "<Total>312.57</Total>" in xml, xml
    # What was fetched is counted.
    browser.wait("the count", lambda: "Download again" in browser.text("#rows"))


@test
def values_are_shown_where_they_stand_and_what_failed_can_be_tried_again(world):
    browser = world.driver.open(width=1280, height=900)
    browser.go(world.server.address + "/queue")
    choose(browser, "invoice_generic_v1")
    drop(browser, [("march.pdf", invoice("LR-2001")), ("no invoice.pdf", pdf("Minutes of a meeting", 1))])
    browser.wait("their ends", lambda: sorted(states(browser).values()) == ["Failed", "XML ready"], 60)
    browser.run("[...document.querySelectorAll('#rows button')].find((e) => e.textContent === 'Preview').click()")
    browser.wait_for(".preview-fields", "LR-2001")
    browser.wait("the page", lambda: browser.run("const e = document.querySelector('.preview img'); return e && e.complete && e.naturalWidth > 0"))
    assert browser.run("return document.querySelectorAll('.preview .box').length") >= 10
    # A value leads to its place.
    row = "[...document.querySelectorAll('.preview-fields tr')].find((e) => e.textContent.includes('LR-2001'))"
    browser.run(f"{row}.focus()")
    box = browser.run("const b = document.querySelector('.preview .box.pointed'); return b && [b.x.baseVal.value, b.y.baseVal.value]")
    assert box and 440 < box[0] < 470 and 60 < box[1] < 100, box
    world.picture(browser, "queue-preview")
    browser.size(360, 740)
    assert browser.run("return document.documentElement.scrollWidth") <= 360
    browser.size(1280, 900)
    browser.press("escape")
    browser.wait("its end", lambda: browser.count("dialog") == 0)
    # Tried again it fails again, in the same words, and the page follows it there.
    error = browser.text(".job-error")
    browser.run("[...document.querySelectorAll('#rows button')].find((e) => e.textContent === 'Retry').click()")
    browser.wait("the second attempt", lambda: world_events(browser, "no invoice.pdf").count("failed") == 2, 40)
    browser.wait("its end", lambda: states(browser)["no invoice.pdf"] == "Failed" and browser.text(".job-error") == error)
    own_rules_hold(browser)
    browser.close()


def world_events(browser, name):
    """What happened to a job, as its session may ask."""
    return browser.run(
        """
        const get = (path) => { const r = new XMLHttpRequest(); r.open("GET", path, false); r.send(); return JSON.parse(r.responseText); };
        const job = get("/api/jobs").jobs.find((each) => each.filename === arguments[0]);
        return get(`/api/jobs/${job.id}/events`).events.map((each) => each.event_type);
        """, name)


@test
def a_file_that_is_refused_leaves_the_page_at_rest(world):
    browser = world.driver.open()
    browser.go(world.server.address + "/queue")
    drop(browser, [("notes.pdf", b"no PDF")])
    browser.wait("its refusal", lambda: states(browser).get("notes.pdf") == "Not taken")
    browser.wait_for("#connection", "Up to date")
    assert browser.run("return document.getElementById('main').dataset.state") == "idle"
    # It goes when it is told to, and nothing is left.
    browser.run("[...document.querySelectorAll('#rows button')].find((e) => e.textContent === 'Dismiss').click()")
    browser.wait_for("#empty h2", "Nothing here yet")
    own_rules_hold(browser)
    browser.close()


@test
def seventy_files_are_seventy_lines(world):
    browser = world.driver.open()
    browser.go(world.server.address + "/queue")
    choose(browser, "invoice_generic_v1")
    drop(browser, [(f"{number}.pdf", invoice(f"LR-{5000 + number}")) for number in range(70)])
    browser.wait("all their ends", lambda: len(rows(browser)) == 70 and set(states(browser).values()) == {"XML ready"}, 90)
    browser.wait_for("#zip", "Download all 70 as ZIP")
    browser.go(world.server.address + "/queue")
    browser.wait("the newest", lambda: len(rows(browser)) == 50)
    browser.wait_for("#zip", "Download these 50 as ZIP")
    browser.click("#more")
    browser.wait("the rest", lambda: len(rows(browser)) == 70)
    browser.wait_for("#zip", "Download all 70 as ZIP")
    own_rules_hold(browser)
    browser.close()


@test
def a_long_file_shows_its_pages_and_can_be_cancelled(world):
    browser = world.driver.open()
    browser.go(world.server.address + "/queue")
    choose(browser, "invoice_generic_v1")
    drop(browser, [("long.pdf", invoice("LR-3001", annex=900))])
    browser.wait("its pages", lambda: "of 901" in (browser.text("#rows") or ""), 40)
    browser.run("[...document.querySelectorAll('#rows button')].find((e) => e.textContent === 'Cancel').click()")
    browser.wait("its end", lambda: states(browser).get("long.pdf") == "Cancelled")
    browser.wait_for("#connection", "Up to date")
    own_rules_hold(browser)
    browser.close()


@test
def signing_in_keeps_the_queue_and_changes_the_session(world):
    browser = world.driver.open()
    browser.go(world.server.address + "/queue")
    choose(browser, "invoice_generic_v1")
    drop(browser, [("mine.pdf", invoice("LR-4001"))])
    browser.wait("its end", lambda: states(browser).get("mine.pdf") == "XML ready", 60)
    before = browser.command("Network.getCookies")["cookies"]
    browser.go(world.server.address + "/sign-in")
    browser.wait_for("#key")
    browser.type("#key", world.server.key)
    browser.click("#sign-in button")
    browser.wait("the list", lambda: browser.count("#filters"))
    after = browser.command("Network.getCookies")["cookies"]
    assert before[0]["value"] != after[0]["value"]
    browser.go(world.server.address + "/queue")
    browser.wait("the same job", lambda: states(browser).get("mine.pdf") == "XML ready")
    # Nobody else has it, and the old cookie opens nothing any more.
    other = world.driver.open()
    other.go(world.server.address + "/queue")
    other.wait_for("#empty h2", "Nothing here yet")
    other.close()
    status, _ = world.server.call("GET", "/api/jobs", headers={"Authorization": "", "Cookie": f"{before[0]['name']}={before[0]['value']}"})
    assert status == 401, status
    own_rules_hold(browser)
    browser.close()
