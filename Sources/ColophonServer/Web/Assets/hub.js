// Streams by workspace and who listens to each: the first to join opens one, the last to leave closes it.

export function createHub(open) {
  const streams = new Map();

  function join(workspace, cursor, member) {
    leave(member);
    let entry = streams.get(workspace);
    if (!entry) {
      entry = { members: new Set(), state: "connecting", head: null, stream: null };
      streams.set(workspace, entry);
      const tell = (message) => entry.members.forEach((each) => each.post(message));
      entry.members.add(member);
      entry.stream = open(workspace, cursor, {
        state: (state) => {
          entry.state = state;
          tell({ type: "state", state });
        },
        change: (head) => {
          entry.head = head;
          tell({ type: "change", head });
        },
        resync: () => tell({ type: "resync" }),
      });
    }
    entry.members.add(member);
    member.post({ type: "state", state: entry.state });
    // What came before it joined: it looks for itself whether that is news.
    if (entry.head !== null) member.post({ type: "change", head: entry.head });
  }

  function leave(member) {
    for (const [workspace, entry] of streams) {
      if (!entry.members.delete(member) || entry.members.size > 0) continue;
      entry.stream.close();
      streams.delete(workspace);
    }
  }

  return { join, leave, streams };
}
