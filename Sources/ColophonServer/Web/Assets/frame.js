// What every page has: the button that signs out, and menus that close when one goes elsewhere.

import { change } from "./api.js";
import { toastError } from "./toast.js";

export function startFrame() {
  document.getElementById("sign-out")?.addEventListener("click", async () => {
    try {
      await change("DELETE", "/api/v1/session");
      location.assign("/");
    } catch (error) {
      toastError(error);
    }
  });
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      // A choice closes its menu too.
      if (!menu.contains(event.target) || event.target.closest("li a")) menu.open = false;
    }
  });
  document.addEventListener("focusin", (event) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && document.querySelector("details.menu[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}
