/** A person's picture made of initials; the colour follows from the id and is the same everywhere. */
import { h, icon } from "./dom.js";

const HUES = [208, 158, 262, 24, 338, 190, 92, 286, 44, 0, 228, 128];

function hue(id) {
  let sum = 7;
  for (const letter of id) sum = (sum * 31 + letter.codePointAt(0)) % 9973;
  return HUES[sum % HUES.length];
}

function initials(name) {
  const words = name.split(/\s+/).filter(Boolean);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0] ?? "?"];
  return letters.map((word) => [...word][0].toUpperCase()).join("");
}

export function avatar({ id, name, app }, size = "") {
  if (app) return h("span", { class: `avatar app ${size}`, "aria-hidden": "true" }, icon("bolt"));
  const node = h("span", { class: `avatar ${size}`, "aria-hidden": "true" }, initials(name));
  node.style.setProperty("--hue", String(hue(id)));
  return node;
}
