"""One stream for all tabs of a browser, with a shared worker and without; and a place in it that is lost."""

import shutil

from program import pdf
from world import names, own_rules_hold, sign_in, test


@test
def tabs_share_one_stream(world):
    browser = world.signed_in()
    browser.wait_for("#connection", "Live")
    first = browser.call("GET", "/window")
    second = browser.call("POST", "/window/new", {"type": "tab"})["handle"]
    browser.call("POST", "/window", {"handle": second})
    browser.go(world.base)
    browser.wait_for("#connection", "Live")
    targets = browser.command("Target.getTargets")["targetInfos"]
    workers = [each for each in targets if each["type"] == "shared_worker"]
    assert len(workers) == 1, targets
    for handle in (first, second):
        browser.call("POST", "/window", {"handle": handle})
        streams = browser.run("return performance.getEntriesByType('resource').filter((e) => e.name.includes('/documents/stream')).length")
        assert streams == 0, "a page opened a stream of its own"
    new = world.server.upload("For both tabs.pdf", pdf("For both tabs"), process=False)
    for handle in (first, second):
        browser.call("POST", "/window", {"handle": handle})
        browser.wait("the row in each tab", lambda: new["name"] in names(browser))
    # The one that opened the stream goes; the other one is still told.
    browser.call("POST", "/window", {"handle": first})
    browser.call("DELETE", "/window")
    browser.call("POST", "/window", {"handle": second})
    new = world.server.upload("For the other tab.pdf", pdf("For the other tab"), process=False)
    browser.wait("the row", lambda: new["name"] in names(browser))
    browser.close()


@test
def where_no_worker_can_be_shared_one_tab_follows_for_all(world):
    browser = world.driver.open()
    browser.command("Page.addScriptToEvaluateOnNewDocument", source="delete window.SharedWorker")
    browser.go(world.server.address + "/sign-in")
    browser.call("POST", "/cookie", {"cookie": sign_in(world)[1]})
    browser.go(world.base)
    browser.wait_for("#connection", "Live")
    assert browser.run("return typeof SharedWorker") == "undefined"
    new = world.server.upload("Without a worker.pdf", pdf("Without a worker"), process=False)
    browser.wait("the row", lambda: new["name"] in names(browser))
    own_rules_hold(browser)
    browser.close()


@test
def a_lost_place_in_the_feed_means_a_new_list(world):
    """As after a backup was put back: the page is ahead of the ledger."""
    server = world.server
    browser = world.signed_in()
    browser.wait_for("#connection", "Live")
    server.stop()
    older = server.data + "-older"
    shutil.copytree(server.data, older)
    browser.wait("the break to be told", lambda: browser.text("#connection") in ("Reconnecting", "Offline"))
    server.start()
    browser.wait_for("#connection", "Live", 40)
    lost = server.upload("Only in the newer ledger.pdf", pdf("Newer"), process=False)
    browser.wait("the row", lambda: lost["name"] in names(browser))
    server.stop()
    server.start(older)
    browser.wait("the older list", lambda: lost["name"] not in names(browser) and browser.text("#connection") == "Live", 40)
    after = server.upload("After the backup.pdf", pdf("After"), process=False)
    browser.wait("what comes then", lambda: after["name"] in names(browser))
    own_rules_hold(browser)
    browser.close()
