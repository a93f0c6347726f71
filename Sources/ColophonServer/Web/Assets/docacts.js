// What can be done with a document; each is a request, and what follows from it is read anew.

import { change } from "./api.js";
import { askForText, askToConfirm } from "./dialog.js";
import { single } from "./dom.js";
import { toast, toastError } from "./toast.js";

// `now()` has the document and its newest run; `again()` reads both and tells by itself when it cannot; `gone()` is told of a deletion.
export function createActs({ api, path, now, again, gone }) {
  // Whether it was done; that the page could not be read anew afterwards undoes nothing.
  async function act(method, where, body = {}) {
    try {
      await change(method, where, body);
    } catch (error) {
      toastError(error);
      return false;
    }
    await again();
    return true;
  }

  const runAct = (verb, run) => act("POST", `${api}/runs/${encodeURIComponent(run)}/${verb}`);
  const newRun = () => act("POST", `${path}/runs`);

  async function rename() {
    const { item } = now();
    const name = await askForText({ title: "Rename", label: "Name", value: item.name, confirm: "Rename" });
    if (name && name !== item.name) await act("PATCH", path, { name });
  }

  async function remove() {
    const text = "A run that is going on is cancelled. A deletion can be undone for some time.";
    if (!(await askToConfirm({ title: `Delete “${now().item.name}”?`, text, confirm: "Delete" }))) return;
    try {
      await change("DELETE", path);
      gone();
    } catch (error) {
      toastError(error);
    }
  }

  const byName = { rename, delete: remove, cancel: () => runAct("cancel", now().run.id), retry: () => runAct("retry", now().run.id), start: newRun, reparse: newRun };

  return {
    press: single(async (name) => now().item && byName[name]?.()),
    run: single(runAct),
    tag: (patch) => act("PATCH", `${path}/tags`, patch),
    undo: single(async () => (await act("POST", `${path}/restore`)) && toast("Restored.")),
  };
}
