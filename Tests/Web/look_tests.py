"""Keys, focus, contrast, narrow windows; and the handbook's pictures."""

import os
import time

from program import Server, pdf
from world import World, names, test


# Where the focus is, whether it is seen there, and whether it has been there before.
STOP = """
const e = document.activeElement;
if (!e || e === document.body) return null;
const outlined = (x) => { const s = getComputedStyle(x); return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 1; };
const r = e.getBoundingClientRect();
// What is there for readers alone has a label that is outlined in its place.
const seen = r.width > 2 ? outlined(e) && r.bottom > 0 && r.top < innerHeight && r.right > 0 && r.left < innerWidth : [...(e.labels ?? [])].some(outlined);
const stops = (window.stops ??= []);
const again = stops.includes(e);
stops.push(e);
return { seen, again, what: e.outerHTML.slice(0, 150) };
"""
UNREACHED = """
const controls = 'a[href], button, input, select, textarea, summary, [tabindex="0"]';
return [...document.querySelectorAll(controls)].filter((e) => e.tabIndex >= 0 && !e.disabled && e.type !== 'hidden' && e.checkVisibility({ visibilityProperty: true }) && !window.stops.includes(e)).map((e) => e.outerHTML.slice(0, 150));
"""


def walk(browser):
    """Goes through the page by the tab key until it is where it began; gives how many stops there are."""
    browser.run("delete window.stops")
    for _ in range(400):
        browser.press("tab")
        # Past the last one the browser has a stop of its own, before it begins again.
        if (stop := browser.run(STOP)) is None:
            continue
        if stop["again"]:
            break
        assert stop["seen"], f"the focus is not seen: {stop['what']}"
    assert stop and stop["again"], "the keys come to no end"
    assert not (unreached := browser.run(UNREACHED)), unreached
    return browser.run("return window.stops.length")


@test
def keys_reach_everything_and_focus_is_seen(world):
    browser = world.signed_in()
    browser.wait_for("#connection", "Live")
    browser.press("tab")
    assert browser.run("return document.activeElement.textContent") == "Skip to content"
    assert walk(browser) > 100
    browser.run("document.querySelector('#rows [data-part=name]').focus()")
    browser.press("down")
    assert browser.run("return document.activeElement.closest('tr').rowIndex") == 2
    browser.press("up", "up")
    assert browser.run("return document.activeElement.closest('tr').rowIndex") == 1
    # What is done with chosen rows takes the place of the filters.
    browser.click("#rows tr input")
    browser.wait_for("#selection strong", "1 selected")
    walk(browser)
    browser.go(world.base + "?q=specimen%20quarto")
    browser.run("document.querySelector('#rows [data-part=name]').focus()")
    browser.press("enter")
    browser.wait("the document", lambda: browser.count("#heading"))
    browser.wait_for("#panel-text .markdown", "##")
    browser.wait("the boxes", lambda: browser.count(".legend button") > 1)
    browser.run("document.querySelector('#tab-text').focus()")
    for tab in ("text", "runs", "events", "versions"):
        assert browser.run("return document.querySelector('[aria-selected=true]').id") == f"tab-{tab}"
        browser.wait("its rows", lambda: tab == "text" or browser.count(f"#panel-{tab} :is(tbody tr, li)"))
        walk(browser)
        browser.run("document.querySelector('[aria-selected=true]').focus()")
        browser.press("right")
    browser.close()


CONTRAST = """
const lum = (c) => { const [r, g, b] = c.map((v) => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
const parse = (c) => { const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true}); canvas.fillStyle = c; canvas.fillRect(0, 0, 1, 1); return [...canvas.getImageData(0, 0, 1, 1).data]; };
const ground = (e) => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor); if (c[3] > 200) return c; } return [255, 255, 255, 255]; };
return [...document.querySelectorAll('h1, h2, p, a, th, td, button, summary, time, .badge, .chip, .muted, .connection, label, option, code, pre, strong')]
  .filter((e) => e.checkVisibility() && [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim()))
  .map((e) => { const a = lum(parse(getComputedStyle(e).color).slice(0, 3)), b = lum(ground(e).slice(0, 3)); return [(Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), e.tagName + '.' + e.className + ' ' + e.textContent.slice(0, 30)]; })
  .filter(([ratio]) => ratio < 4.5);
"""


@test
def light_dark_and_narrow_are_all_legible(world):
    browser = world.signed_in()
    document = world.server.upload("Legible in every light.pdf", pdf("Legible in every light"))["id"]
    for path in ("", f"/documents/{document}"):
        browser.go(world.base + path)
        browser.wait_for("#connection", "Live")
        time.sleep(0.5)
        grounds = set()
        for dark in (False, True):
            browser.scheme(dark)
            time.sleep(0.4)
            grounds.add(browser.run("return getComputedStyle(document.documentElement).backgroundColor"))
            assert not (faint := browser.run(CONTRAST)), (path, dark, faint)
        assert len(grounds) == 2, "dark and light are the same"
        browser.size(360, 740)
        wide = browser.run("return document.documentElement.scrollWidth")
        assert wide <= 360, (path, wide)
        unnamed = browser.run(
            "return [...document.querySelectorAll('button, a[href], input:not([type=hidden]), select')].filter((e) => e.checkVisibility() &&"
            "!(e.textContent.trim() || e.getAttribute('aria-label') || e.labels?.length)).map((e) => e.outerHTML.slice(0, 120))")
        assert not unnamed, unnamed
        browser.size(1280, 860)
    browser.close()


@test
def pictures_for_the_handbook(world):
    if not world.pictures:
        return
    shelf = Server(world.server.program, os.path.join(world.folder, "shelf"))
    shelf.start()
    try:
        cards = [("Annual report 2025.pdf", ["finance", "2025"], 12), ("Lease agreement, Harbour Street 12.pdf", ["contracts"], 4),
                 ("Minutes of the March meeting.pdf", ["board"], 3), ("Invoice 2041, Lantern & Sons.pdf", ["finance", "to check"], 1),
                 ("Field survey, draft.pdf", [], 9), ("Binding catalogue.pdf", ["reference"], 24), ("Handbook for new binders.pdf", ["reference", "people"], 18)]
        for name, tags, pages in cards:
            made = shelf.upload(name, pdf(name.rsplit(".", 1)[0], pages=pages))
            if tags:
                shelf.api("PUT", f"/documents/{made['id']}/tags", {"tags": tags})
        shelf.upload("Scan without pages.pdf", b"%PDF-1.4\nnothing of what a PDF has\n")
        ours = World(world.server.program, world.folder, world.driver)
        ours.server = shelf
        browser = ours.signed_in(height=620)
        browser.wait("all runs", lambda: browser.count('.badge[data-status="succeeded"]') == 7 and browser.count('.badge[data-status="failed"]') == 1, 60)
        ours.picture(browser, "list")
        files = [ours.file(f"Ledger {year}.pdf", pdf(f"Ledger {year}", pages=pages)) for year, pages in ((1881, 300), (1882, 40), (1883, 8))]
        browser.type("#files", "\n".join(files + [ours.file("Binding catalogue.pdf")]))
        browser.wait_for("#uploads li[data-state=conflict]")
        browser.wait("the rows", lambda: "Ledger 1883.pdf" in names(browser))
        ours.picture(browser, "upload")
        browser.scheme(True)
        time.sleep(0.3)
        ours.picture(browser, "list-dark")
        browser.close()
    finally:
        shelf.stop()
