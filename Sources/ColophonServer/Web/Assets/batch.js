// What is done to all chosen documents at once.

import { get } from "./api.js";
import { askForText, askToConfirm, splitTags } from "./dialog.js";
import { single } from "./dom.js";
import { count } from "./format.js";

const most = 200;

export function startBatches({ bar, selection, api, change, done, toast, toastError }) {
  const documents = (number) => count(number, "document", "documents");

  async function tags(member) {
    const known = await get(`${api}/documents/tags?limit=100&sort=-count`).then((answer) => answer.items.map((item) => item.tag)).catch(() => []);
    const ids = selection.ids().slice(0, most);
    const typed = await askForText({
      title: member === "add" ? `Add tags to ${documents(ids.length)}` : `Remove tags from ${documents(ids.length)}`,
      label: "Tags",
      hint: "Several with commas between them.",
      confirm: member === "add" ? "Add" : "Remove",
      suggestions: known,
    });
    if (!typed) return;
    const answer = await change("POST", `${api}/documents/batch/tags`, { documentIds: ids, [member]: splitTags(typed) });
    toast(`Changed ${documents(answer.documents.length)}.`);
  }

  async function remove() {
    const ids = selection.ids().slice(0, most);
    const sure = await askToConfirm({
      title: `Delete ${documents(ids.length)}?`,
      text: "Runs that are going on are cancelled. A deletion can be undone for some time.",
      confirm: "Delete",
    });
    if (!sure) return;
    const { deleted } = await change("POST", `${api}/documents/batch/delete`, { documentIds: ids });
    selection.clear();
    toast(`Deleted ${documents(deleted.length)}.`, { action: "Undo", act: () => restore(deleted), seconds: 20 });
  }

  async function restore(ids) {
    let back = 0;
    try {
      // One after the other: a restore takes no more than the deletion did, and the server has other guests.
      for (; back < ids.length; back += 1) await change("POST", `${api}/documents/${encodeURIComponent(ids[back])}/restore`, {});
      toast(`Restored ${documents(back)}.`);
    } catch (error) {
      const again = { action: "Try again", act: () => restore(ids.slice(back)), kind: "problem", seconds: 20 };
      toast(`${error.message} Restored ${back} of ${documents(ids.length)}.`, again);
    }
    done();
  }

  async function rerun() {
    const { runs } = await change("POST", `${api}/runs/batch`, { documentIds: selection.ids().slice(0, most) });
    toast(`Started ${count(runs.length, "run", "runs")}.`);
  }

  const acts = { "add-tags": () => tags("add"), "remove-tags": () => tags("remove"), delete: remove, rerun, clear: selection.clear };
  const press = single(async (act) => {
    try {
      await act();
      done();
    } catch (error) {
      toastError(error);
    }
  });
  bar.addEventListener("click", (event) => {
    const act = acts[event.target.closest("button")?.dataset.act];
    if (act) press(act);
  });
}
