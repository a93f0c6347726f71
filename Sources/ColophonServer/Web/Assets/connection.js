// The word in the header that says whether the page follows the workspace.

const words = {
  connecting: "Connecting",
  live: "Live",
  late: "Delayed",
  idle: "Up to date",
  reconnecting: "Reconnecting",
  offline: "Offline",
  ended: "Signed out",
};

const titles = {
  live: "Changes show by themselves",
  idle: "Nothing is in progress; what is sent next is followed again",
  late: "Changes cannot be read at the moment; the page goes on trying",
  ended: "Reload the page to go on",
};

// `state` says how the stream is, `late` whether what it announces cannot be read: a stream may live where nothing else does.
export function connectionSign(element) {
  let [timer, stream, isLate] = [null, "connecting", false];

  function show() {
    clearTimeout(timer);
    const state = stream === "live" && isLate ? "late" : stream;
    const tell = () => {
      element.dataset.state = state;
      element.title = titles[state] ?? "Changes show with a delay";
      element.querySelector('[data-part="word"]').textContent = words[state] ?? state;
    };
    // A moment's break is nobody's business.
    if (state === "connecting" || state === "reconnecting") timer = setTimeout(tell, 800);
    else tell();
  }

  return {
    state(next) {
      // From here only a new page leads on.
      if (stream === "ended") return;
      stream = next;
      show();
    },
    late(next) {
      isLate = next;
      show();
    },
  };
}
