"""A document's page; and what is left of all pages without a script."""

from program import pdf
from webdriver import ELEMENT
from world import own_rules_hold, sign_in, test


@test
def a_document_is_seen_with_its_pages_boxes_text_runs_and_history(world):
    document = world.server.upload("Ledgers of the harbour archive.pdf", pdf("Ledgers of the harbour archive", pages=3))
    browser = world.signed_in(height=900)
    browser.go(world.base + f"/documents/{document['id']}")
    browser.wait_for("#heading .badge", "Complete")
    browser.wait_for("#panel-text .markdown", "## Part 3: what was read")
    browser.wait("the page's image", lambda: browser.run("const i = document.querySelector('.sheet img'); return i && i.complete && i.naturalWidth > 300"))
    browser.wait("its boxes", lambda: browser.run("return document.querySelectorAll('.sheet .box').length") > 3)
    assert browser.count('.legend button[data-group="heading"]') == 1
    # A box tells its text, to the pointer and to keys.
    browser.run("document.querySelector('.sheet').focus()")
    browser.press("right")
    browser.wait_for(".tip", "Ledgers")
    told = lambda: browser.run("return document.querySelector('#pages [data-part=told]').textContent")
    browser.wait("the box to be told", lambda: "Ledgers" in told())
    browser.press("escape")
    browser.wait("the tip's end", lambda: browser.count(".tip") == 0 and told() == "")
    # One page is a stop of the tab key; from there keys lead to the others.
    page = lambda: browser.run("return document.activeElement.dataset.page")
    for key, number in (("pagedown", "2"), ("end", "3"), ("pageup", "2"), ("home", "1")):
        browser.press(key)
        assert page() == number, (key, page())
    assert browser.run("return document.querySelectorAll('.sheet[tabindex=\"0\"]').length") == 1
    browser.click('.legend button[data-group="heading"]')
    browser.wait("hidden boxes", lambda: browser.count('.box[data-group="heading"]') == 0)
    browser.click('.legend button[data-group="heading"]')
    browser.click('[data-zoom="full"]')
    assert abs(browser.run("return document.querySelector('.sheet').clientWidth") - 595 * 96 / 72) < 2
    browser.click('[data-zoom="fit"]')
    world.picture(browser, "document")
    browser.click("#tab-events")
    browser.wait_for("#panel-events li", "Complete")
    browser.click("#tab-versions")
    browser.wait_for("#panel-versions tbody", "application/pdf")
    browser.click("#tab-runs")
    browser.wait_for("#panel-runs tbody tr", "#1")
    # A new run is seen from its beginning to its end.
    browser.click('#heading [data-act="reparse"]')
    browser.wait_for("#panel-runs tbody tr:first-child", "#2")
    browser.wait_for("#panel-runs tbody tr:first-child .badge", "Complete")
    # Tags and name.
    browser.type(".tag-form input", "Archive, 2026")
    browser.press("enter")
    tags = lambda: browser.run("return [...document.querySelectorAll('#tags .chip a')].map((e) => e.textContent)")
    browser.wait("both tags", lambda: sorted(tags()) == ["2026", "archive"])
    browser.click('#tags button[aria-label="Remove tag 2026"]')
    browser.wait("the tag's end", lambda: tags() == ["archive"])
    browser.click('#heading [data-act="rename"]')
    browser.wait_for("dialog input")
    browser.type("dialog input", "Harbour ledgers.pdf")
    browser.press("enter")
    browser.wait_for("h1", "Harbour ledgers.pdf")
    # What others do shows here too.
    world.server.api("PATCH", f"/documents/{document['id']}", {"name": "Harbour ledgers, read.pdf"})
    browser.wait_for("h1", "Harbour ledgers, read.pdf")
    # Downloads give what they say.
    links = browser.run("return [...document.querySelectorAll('#downloads li:not([hidden]) a')].map((e) => [e.textContent, e.href])")
    assert [word for word, _ in links] == ["Source", "Markdown", "HTML", "Plain text", "JSON"], links
    for word, link in links:
        status, _ = world.server.call("GET", link.removeprefix(world.server.address))
        assert status == 200, (word, status)
    browser.click('#heading [data-act="delete"]')
    browser.wait_for("dialog h2", "Delete")
    browser.click("dialog button.danger")
    browser.wait_for('#state [data-part="deleted"]', "was deleted")
    browser.run("document.querySelector('#state [data-part=deleted] button').click()")
    browser.wait("its return", lambda: browser.count('#state [data-part="deleted"]') == 0)
    assert world.server.api("GET", f"/documents/{document['id']}")["name"] == "Harbour ledgers, read.pdf"
    # Who types while somebody else deletes it goes on typing, and does not undo it with the next key.
    browser.run("document.querySelector('.tag-form input').focus()")
    world.server.api("DELETE", f"/documents/{document['id']}")
    browser.wait_for('#state [data-part="deleted"]', "was deleted")
    assert browser.run("return document.activeElement.matches('.tag-form input')")
    world.server.api("POST", f"/documents/{document['id']}/restore", {})
    browser.wait("its return", lambda: browser.count('#state [data-part="deleted"]') == 0)
    own_rules_hold(browser)
    browser.close()


@test
def a_run_that_fails_says_why(world):
    document = world.server.upload("Not really a paper.pdf", b"%PDF-1.4\nnothing of what a PDF has\n")
    browser = world.signed_in()
    browser.go(world.base + f"/documents/{document['id']}")
    browser.wait_for("#heading .badge", "Failed")
    browser.wait_for('#state [data-part="message"]')
    assert len(browser.text('#state [data-part="message"]')) > 10
    assert browser.count('#heading [data-act="retry"]') == 1
    browser.go(world.base + "/documents/doc-that-is-not-there")
    browser.wait_for("h1", "Not found")
    browser.close()


@test
def what_is_no_pdf_shows_its_text_and_no_pages(world):
    document = world.server.upload("Types of the harbour press.md", b"# Specimen\n\nSet in **Garamond**.\n")
    browser = world.signed_in()
    browser.go(world.base + f"/documents/{document['id']}")
    browser.wait_for("#heading .badge", "Complete")
    browser.wait_for("#pages", "Only the pages of PDFs are shown")
    browser.wait("its text", lambda: "**Garamond**" in browser.text("body"))
    assert "0 pages" not in browser.text("body")
    world.server.api("DELETE", f"/documents/{document['id']}")
    own_rules_hold(browser)
    browser.close()


@test
def without_a_script_the_lists_pages_and_filters_work(world):
    browser = world.driver.open(scripts=False)
    # The cookie is all that a browser without scripts can show; it is signed in by the API.
    browser.go(world.server.address + "/sign-in")
    status, session = sign_in(world)
    browser.call("POST", "/cookie", {"cookie": session})
    browser.go(world.base)
    rows = lambda: browser.call("POST", "/elements", {"using": "css selector", "value": "#rows tr"})
    assert len(rows()) == 50
    browser.click('#pager a[rel="next"]')
    assert 0 < len(rows()) < 50
    browser.go(world.base)
    browser.type("#q", "specimen quarto\ue007")
    assert len(rows()) == 1
    browser.click("#rows a")
    text = browser.call("GET", f"/element/{browser.find('main')[ELEMENT]}/text")
    assert "Quarto specimen.pdf" in text and "Complete" in text and "#1" in text, text
    browser.click(".no-js a")
    assert "## Part 2: what was read" in browser.call("GET", f"/element/{browser.find('body')[ELEMENT]}/text")
    browser.close()
