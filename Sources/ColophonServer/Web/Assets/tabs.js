// Sections that follow each other without a script become tabs with one; as the ARIA practices have them.

import { make } from "./dom.js";

export function makeTabs(root, { opened = () => {} } = {}) {
  const panels = [...root.querySelectorAll("[data-panel]")];
  const list = make("div", { role: "tablist", class: "tabs", "aria-label": "What is known of this document" });
  const tabs = panels.map((panel) => {
    const head = panel.querySelector("h2");
    const tab = make("button", { type: "button", role: "tab", id: `tab-${panel.dataset.panel}`, "aria-controls": panel.id }, head.textContent);
    head.classList.add("visually-hidden");
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", tab.id);
    panel.tabIndex = 0;
    tab.addEventListener("click", () => open(panel.dataset.panel));
    return tab;
  });
  list.append(...tabs);
  root.prepend(list);

  list.addEventListener("keydown", (event) => {
    const at = tabs.indexOf(document.activeElement);
    const to = { ArrowRight: (at + 1) % tabs.length, ArrowLeft: (at + tabs.length - 1) % tabs.length, Home: 0, End: tabs.length - 1 }[event.key];
    // With another key they are the browser's: Alt and ← goes back.
    if (to === undefined || at < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    open(panels[to].dataset.panel);
    tabs[to].focus();
  });

  let current = null;
  function open(name) {
    current = name;
    panels.forEach((panel, index) => {
      const on = panel.dataset.panel === name;
      panel.hidden = !on;
      tabs[index].setAttribute("aria-selected", String(on));
      tabs[index].tabIndex = on ? 0 : -1;
    });
    opened(name);
  }

  return { open, current: () => current };
}
