// What was found on a page, as rectangles over its image.

import { groupOf } from "./labels.js";

const vector = "http://www.w3.org/2000/svg";

// The layer over a page's image; its `rects` are in reading order.
export function drawBoxes({ width, height, boxes }) {
  const layer = document.createElementNS(vector, "svg");
  layer.setAttribute("viewBox", `0 0 ${width} ${height}`);
  layer.setAttribute("class", "boxes");
  layer.setAttribute("aria-hidden", "true");
  layer.rects = boxes.map(draw);
  // The larger ones first: what lies inside them stays within reach of the pointer.
  const area = ({ box }) => (box.r - box.l) * (box.b - box.t);
  layer.append(...[...layer.rects].sort((a, b) => area(b) - area(a)));
  return layer;
}

function draw(box) {
  const rect = document.createElementNS(vector, "rect");
  rect.setAttribute("x", box.l);
  rect.setAttribute("y", box.t);
  rect.setAttribute("width", Math.max(1, box.r - box.l));
  rect.setAttribute("height", Math.max(1, box.b - box.t));
  rect.setAttribute("class", "box");
  rect.setAttribute("rx", 2);
  rect.dataset.group = groupOf(box.label);
  rect.box = box;
  return rect;
}
