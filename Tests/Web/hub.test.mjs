import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./assets.mjs";

const { createHub } = await load("hub.js");

function hub() {
  const opened = [];
  const self = createHub((workspace, cursor, on) => {
    const stream = { workspace, cursor, on, closed: false, close: () => (stream.closed = true) };
    opened.push(stream);
    return stream;
  });
  const member = () => {
    const messages = [];
    return { messages, post: (message) => messages.push(message) };
  };
  return { self, opened, member };
}

test("many tabs of a workspace share one stream, and the last to leave closes it", () => {
  const { self, opened, member } = hub();
  const [one, two] = [member(), member()];
  self.join("w", "1", one);
  self.join("w", "2", two);
  assert.equal(opened.length, 1);
  opened[0].on.change("7");
  assert.deepEqual([one.messages.at(-1), two.messages.at(-1)], [{ type: "change", head: "7" }, { type: "change", head: "7" }]);
  self.leave(one);
  assert.equal(opened[0].closed, false);
  self.leave(two);
  assert.deepEqual([opened[0].closed, self.streams.size], [true, 0]);
});

test("who comes later learns how the stream stands and what it may have missed", () => {
  const { self, opened, member } = hub();
  self.join("w", "1", member());
  opened[0].on.state("live");
  opened[0].on.change("7");
  const late = member();
  self.join("w", "3", late);
  assert.deepEqual(late.messages, [{ type: "state", state: "live" }, { type: "change", head: "7" }]);
});

test("workspaces have streams of their own, and a tab that goes to another leaves the first", () => {
  const { self, opened, member } = hub();
  const tab = member();
  self.join("a", "1", tab);
  self.join("b", "1", tab);
  assert.deepEqual(opened.map((each) => [each.workspace, each.closed]), [["a", true], ["b", false]]);
});
