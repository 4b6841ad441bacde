/** Builds DOM nodes. Data only ever becomes text nodes and attributes, so it can never become markup. */

const SPECIAL = new Set(["class", "on", "testid", "data"]);

export function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  if (props.class) node.className = props.class;
  if (props.testid) node.dataset.testid = props.testid;
  for (const [key, value] of Object.entries(props.data ?? {})) node.dataset[key] = value;
  for (const [event, handler] of Object.entries(props.on ?? {})) node.addEventListener(event, handler);
  for (const [name, value] of Object.entries(props)) {
    if (SPECIAL.has(name) || value === undefined || value === null || value === false) continue;
    if (name === "value" || name === "checked") node[name] = value;
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  append(node, children);
  return node;
}

export function append(node, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false || child === "") continue;
    node.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return node;
}

export function fill(node, ...children) {
  node.replaceChildren();
  return append(node, children);
}

const SHAPES = {
  hash: "M7 3 5 17M15 3l-2 14M3 7.5h15M2 12.5h15",
  lock: "M5 9h10v8H5zM7 9V6a3 3 0 0 1 6 0v3",
  menu: "M3 5h14M3 10h14M3 15h14",
  close: "M5 5l10 10M15 5 5 15",
  reply: "M3 4h14v9H9l-4 4v-4H3z",
  more: "M4 10h.01M10 10h.01M16 10h.01",
  send: "M3 10 17 3l-4 14-3-5zM10 12l7-9",
  home: "M3 9l7-6 7 6v8h-5v-5H8v5H3z",
  eye: "M1.5 10S4.5 4.5 10 4.5 18.5 10 18.5 10 15.5 15.5 10 15.5 1.5 10 1.5 10zM10 12.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4z",
  check: "M4 10.5l4 4 8-9",
  down: "M5 7.5l5 5 5-5",
  bolt: "M11 2 4 11h5l-1 7 8-10h-5z",
  warn: "M10 3 2 17h16zM10 8v4M10 14.5h.01",
  back: "M12 4l-6 6 6 6",
  plus: "M10 4v12M4 10h12",
  image: "M3 4h14v12H3zM3 13l4-4 4 4 2-2 4 4M13.5 7.5h.01",
  compass: "M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15zM13 7l-2 4.2L7 13l2-4.2z",
};

export function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  const path = document.createElementNS(space, "path");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", SHAPES[name]);
  svg.append(path);
  return svg;
}

/** Runs a quick burst of calls once, after it has settled. */
export function settle(call, milliseconds) {
  let timer = null;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(call, milliseconds);
  };
}
