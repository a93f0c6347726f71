// Ways about the list: its own links, the filters and the browser's history, all followed in place.

import * as address from "./address.js";

// Where the page begins: its address, and where the pages before it began, as far as this tab has seen them.
export function startingPlace() {
  const where = address.parse(location.search);
  return { where, trail: history.state?.trail ?? (where.cursor ? null : []) };
}

// `list()` shows the list at `at.where`; it tells by itself what went wrong.
export function startWays({ main, at, view, list }) {
  const { base } = main.dataset;
  const form = document.getElementById("filters");
  let typing = null;

  async function go(to, { push = true, back = false } = {}) {
    if (to.cursor && !back && at.trail !== null) at.trail = to.cursor === view.next ? [...at.trail, at.where.cursor] : at.trail;
    if (!to.cursor) at.trail = [];
    at.where = to;
    const here = base + address.format(to);
    if (push) history.pushState({ trail: at.trail }, "", here);
    else history.replaceState({ trail: at.trail }, "", here);
    await list();
  }

  function toTop() {
    scrollTo({ top: 0 });
    view.focusFirst();
  }

  // A link of this list, followed in place; anything but a plain click is the browser's.
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a[href]");
    if (!link || event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const url = new URL(link.href);
    if (url.origin !== location.origin || url.pathname !== base || !main.contains(link)) return;
    event.preventDefault();
    clearTimeout(typing);
    if (link.dataset.act === "previous") {
      const before = at.trail.at(-1);
      at.trail = at.trail.slice(0, -1);
      await go({ ...at.where, cursor: before }, { back: true });
    } else {
      await go(address.parse(url.search));
    }
    // What was pressed may be gone, and the focus with it.
    if (link.dataset.act) toTop();
    else if (link.getClientRects().length === 0) view.focusFirst();
  });

  addEventListener("popstate", () => {
    Object.assign(at, startingPlace());
    for (const name of ["q", "status", "type"]) form.elements[name].value = at.where[name];
    list();
  });

  const filter = (push) => {
    clearTimeout(typing);
    const to = { ...at.where, cursor: "" };
    for (const name of ["q", "status", "type"]) to[name] = form.elements[name].value.trim();
    go(to, { push });
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    filter(true);
  });
  form.addEventListener("change", (event) => event.target.matches("select") && filter(true));
  form.elements.q.addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(() => filter(false), 300);
  });
}
