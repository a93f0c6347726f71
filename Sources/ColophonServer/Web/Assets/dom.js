// Elements from values: text is always text.

export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

// The part of an element that the server marked with `data-part`.
export function part(root, name) {
  return root.querySelector(`[data-part="${name}"]`);
}

// Changes nothing that is as it should be, so that nothing flickers and no reader is told twice.
export function setText(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}

export function setAttribute(element, name, value) {
  if (value === null || value === undefined || value === false) element.removeAttribute(name);
  else if (element.getAttribute(name) !== String(value)) element.setAttribute(name, value === true ? "" : value);
}

export function show(element, visible) {
  if (element && element.hidden === visible) element.hidden = !visible;
}

// What a button does, once at a time: pressed twice is still meant once. It is not disabled meanwhile, which would lose the focus.
export function single(act) {
  let busy = false;
  return async (...given) => {
    if (busy) return undefined;
    busy = true;
    try {
      return await act(...given);
    } finally {
      busy = false;
    }
  };
}
