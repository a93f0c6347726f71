"""The list: uploads, other people's changes, pages, filters, many documents at once."""

from program import pdf
from world import names, own_rules_hold, status_of, test


@test
def a_stranger_is_welcomed_uploads_and_sees_the_run_to_its_end(world):
    browser = world.driver.open()
    browser.go(world.server.address + "/")
    browser.wait_for("#empty h2", "No documents yet")
    browser.wait_for("#connection", "Live")
    assert browser.count("#table") == 0
    browser.type("#files", world.file("Harbour archive survey.pdf"))
    browser.wait_for("#rows tr", "Harbour archive survey.pdf")
    browser.wait("its completion", lambda: status_of(browser, "Harbour archive survey.pdf") == "Complete")
    assert "2" == browser.text("#rows tr [data-part=pages]")
    assert browser.text("#total") == "1 document"
    assert browser.text("#uploads li").startswith("Harbour archive survey.pdf")
    # The same name again is a question.
    browser.type("#files", world.file("Harbour archive survey.pdf"))
    browser.wait_for("#uploads li[data-state=conflict]", "there already")
    browser.click("#uploads li[data-state=conflict] .upload-actions button")
    browser.wait_for("#rows tr", "Harbour archive survey (2).pdf")
    own_rules_hold(browser)
    # Another stranger sees nothing of it.
    other = world.driver.open()
    other.go(world.server.address + "/")
    other.wait_for("#empty h2", "No documents yet")
    other.close()
    browser.close()


@test
def a_wrong_key_is_refused_in_words_and_the_right_one_opens_its_workspace(world):
    browser = world.driver.open()
    browser.go(world.server.address + "/sign-in")
    browser.wait_for("#key")
    browser.type("#key", "colophon_0000000000000000_" + "A" * 43)
    browser.click("#sign-in button")
    browser.wait_for("#sign-in-error", "not known here")
    browser.run("document.getElementById('key').value = ''")
    browser.type("#key", world.server.key)
    browser.click("#sign-in button")
    browser.wait("the list", lambda: browser.count("#filters"))
    assert browser.run("return location.pathname") == f"/w/{world.server.workspace}"
    browser.click("#sign-out")
    browser.wait("the stranger's page", lambda: browser.count('a[href="/sign-in"]'))
    browser.close()


@test
def what_others_do_shows_on_the_first_page_by_itself(world):
    server = world.server
    kept = server.upload("Lease of the copper press.pdf", pdf("Lease"), process=False)
    doomed = server.upload("Draft to be thrown away.pdf", pdf("Draft"), process=False)
    browser = world.signed_in()
    browser.wait_for("#connection", "Live")
    assert {kept["name"], doomed["name"]} <= set(names(browser))
    browser.run("window.kept = document.querySelector(`#rows tr[data-id='${arguments[0]}']`)", kept["id"])
    server.api("PATCH", f"/documents/{kept['id']}", {"name": "Lease of the copper press, signed.pdf"})
    browser.wait("the new name", lambda: "Lease of the copper press, signed.pdf" in names(browser))
    server.api("PUT", f"/documents/{kept['id']}/tags", {"tags": ["contracts"]})
    browser.wait("the tag", lambda: browser.count('#rows a.chip[data-tag="contracts"]'))
    server.api("DELETE", f"/documents/{doomed['id']}")
    browser.wait("the end of the row", lambda: doomed["name"] not in names(browser))
    new = server.upload("Quarto specimen.pdf", pdf("Quarto specimen"))
    browser.wait("the new row, on top", lambda: names(browser)[:1] == [new["name"]])
    browser.wait("its completion", lambda: status_of(browser, new["name"]) == "Complete")
    # By itself: the page was not loaded anew, nor was a row that stayed made anew.
    assert browser.run("return Boolean(window.kept?.isConnected)")
    own_rules_hold(browser)
    browser.close()


@test
def a_name_full_of_markup_is_only_text(world):
    hostile = "<img src=x onerror=\"document.title='broken'\"><script>1</script>&amp;'.pdf"
    document = world.server.upload(hostile, pdf("Hostile"), process=False)
    browser = world.signed_in()
    for path in ("", f"/documents/{document['id']}"):
        browser.go(world.base + path)
        browser.wait_for("#connection", "Live")
        assert document["name"] in browser.run("return document.body.textContent"), path
        assert browser.run("return document.title") != "broken" and browser.count("main img[src=x]") == 0
    world.server.api("DELETE", f"/documents/{document['id']}")
    own_rules_hold(browser)
    browser.close()


@test
def further_pages_keep_still_and_say_that_there_is_news(world):
    server = world.server
    have = server.api("GET", "/documents?limit=1&includeTotal=true")["meta"]["totalCount"]
    content = pdf("Catalogue card", pages=1)
    for index in range(max(0, 57 - have)):
        server.upload(f"Catalogue card {index:02}.pdf", content, process=False)
    browser = world.signed_in()
    assert len(names(browser)) == 50
    browser.click('#pager [data-act="next"]')
    browser.wait("the second page", lambda: 0 < len(names(browser)) < 50)
    before = names(browser)
    browser.wait_for("#connection", "Live")
    new = server.upload("Late arrival.pdf", content, process=False)
    browser.wait_for("#updates button", "Refresh")
    assert names(browser) == before
    # A row of this page is kept up to date all the same.
    shown = browser.run("return document.querySelector('#rows tr').dataset.id")
    server.api("PATCH", f"/documents/{shown}/tags", {"add": ["seen"]})
    browser.wait("the tag", lambda: browser.count('#rows a.chip[data-tag="seen"]'))
    gone = browser.run("return document.querySelector('#rows tr:nth-child(2)').dataset.id")
    server.api("DELETE", f"/documents/{gone}")
    browser.wait("the end of the row", lambda: len(names(browser)) == len(before) - 1)
    browser.click("#updates button")
    browser.wait("the end of the notice", lambda: browser.count("#updates button") == 0)
    browser.click('#pager [data-act="previous"]')
    browser.wait("the first page", lambda: names(browser)[:1] == [new["name"]])
    browser.call("POST", "/back", {})
    browser.wait("the second page again", lambda: 0 < len(names(browser)) < 50)
    browser.call("POST", "/refresh", {})
    browser.wait("the same page after a reload", lambda: 0 < len(names(browser)) < 50 and browser.count('#pager [data-act="previous"]'))
    own_rules_hold(browser)
    browser.close()


@test
def searching_sorting_and_filtering_happen_in_place(world):
    browser = world.signed_in()
    browser.wait_for("#connection", "Live")
    browser.press("/")
    browser.press(*"specimen quarto")
    browser.wait("what was searched", lambda: names(browser) == ["Quarto specimen.pdf"])
    assert browser.run("return location.search") == "?q=specimen%20quarto"
    browser.press("escape")
    browser.click("#clear")
    browser.wait("the whole list", lambda: len(names(browser)) == 50)
    browser.click('th[data-sort="name"] a')
    browser.wait("the order", lambda: names(browser) == sorted(names(browser), key=str.casefold))
    assert browser.run("return document.querySelector('th[data-sort=name]').getAttribute('aria-sort')") == "ascending"
    browser.click('th[data-sort="name"] a')
    browser.wait("the other way round", lambda: names(browser) == sorted(names(browser), key=str.casefold, reverse=True))
    browser.run("const s = document.getElementById('status'); s.value = 'succeeded'; s.dispatchEvent(new Event('change', {bubbles: true}))")
    browser.wait("the complete ones", lambda: names(browser) == ["Quarto specimen.pdf"])
    browser.run("const s = document.getElementById('status'); s.value = 'failed'; s.dispatchEvent(new Event('change', {bubbles: true}))")
    browser.wait_for('#empty [data-part="filtered"] h2', "Nothing matches")
    browser.call("POST", "/back", {})
    browser.wait("the ones before", lambda: names(browser) == ["Quarto specimen.pdf"])
    # What no longer matches leaves a filtered list, what begins to match comes.
    browser.go(world.base + "?tag=contracts")
    browser.wait_for("#connection", "Live")
    assert names(browser) == ["Lease of the copper press, signed.pdf"], names(browser)
    id = browser.run("return document.querySelector('#rows tr').dataset.id")
    world.server.api("PUT", f"/documents/{id}/tags", {"tags": ["other"]})
    browser.wait("the row's end", lambda: names(browser) == [])
    world.server.api("PUT", f"/documents/{id}/tags", {"tags": ["contracts"]})
    browser.wait("the row's return", lambda: names(browser) == ["Lease of the copper press, signed.pdf"])
    own_rules_hold(browser)
    browser.close()


@test
def many_documents_are_tagged_deleted_and_brought_back_at_once(world):
    browser = world.signed_in()
    browser.go(world.base + "?q=catalogue&sort=name")
    browser.wait_for("#connection", "Live")
    first = names(browser)[:2]
    browser.click("#rows tr:nth-child(1) input")
    browser.click("#rows tr:nth-child(2) input")
    browser.wait_for("#selection strong", "2 selected")
    browser.click('#selection [data-act="add-tags"]')
    browser.wait_for("dialog input")
    browser.type("dialog input", "Cards, to  check")
    browser.press("enter")
    browser.wait("both tags on both", lambda: browser.count('#rows a.chip[data-tag="cards"]') == 2 and browser.count('#rows a.chip[data-tag="to check"]') == 2)
    browser.click('#selection [data-act="delete"]')
    browser.wait_for("dialog h2", "Delete 2 documents?")
    browser.press("escape")
    browser.wait("the dialog's end", lambda: browser.count("dialog") == 0)
    assert names(browser)[:2] == first
    browser.click('#selection [data-act="delete"]')
    browser.wait_for("dialog h2", "Delete 2 documents?")
    browser.click("dialog button.danger")
    browser.wait("their end", lambda: not set(first) & set(names(browser)))
    browser.wait_for(".toast", "Deleted 2 documents.")
    browser.run("[...document.querySelectorAll('.toast')].find((e) => e.textContent.includes('Deleted')).querySelector('button').click()")
    browser.wait("their return", lambda: names(browser)[:2] == first)
    own_rules_hold(browser)
    browser.close()
