/** One open menu at a time, placed beside what opened it and driven by keys or pointer. */
import { append, h } from "./dom.js";
import { wayBack } from "./focus.js";

let open = null;

export function closeMenu() {
  if (!open) return;
  const { node, anchor, back } = open;
  open = null;
  node.remove();
  anchor.setAttribute("aria-expanded", "false");
  back();
}

function place(node, anchor) {
  const at = anchor.getBoundingClientRect();
  const size = node.getBoundingClientRect();
  const below = at.bottom + 4;
  const fits = below + size.height < window.innerHeight - 8;
  const top = fits ? below : Math.max(8, at.top - size.height - 4);
  const left = Math.min(Math.max(8, at.right - size.width), window.innerWidth - size.width - 8);
  node.style.top = `${top}px`;
  node.style.left = `${Math.max(8, left)}px`;
}

function move(node, step) {
  const items = [...node.querySelectorAll("[role=menuitem], [role=menuitemradio]")];
  const index = items.indexOf(document.activeElement);
  items[(index + step + items.length) % items.length]?.focus();
}

function keys(event, node) {
  const steps = { ArrowDown: 1, ArrowUp: -1 };
  if (event.key in steps) {
    event.preventDefault();
    move(node, steps[event.key]);
  } else if (event.key === "Escape" || event.key === "Tab") {
    event.preventDefault();
    event.stopPropagation();
    closeMenu();
  }
}

function entry(item) {
  const choose = () => {
    closeMenu();
    item.choose();
  };
  const role = item.checked === undefined ? "menuitem" : "menuitemradio";
  return h(
    "button",
    {
      class: `menu-item ${item.danger ? "danger" : ""}`,
      type: "button",
      role,
      tabindex: "-1",
      "aria-checked": item.checked === undefined ? undefined : String(item.checked),
      testid: item.testid,
      on: { click: choose },
    },
    item.lead ?? null,
    h("span", { class: "menu-text" }, h("span", {}, item.text), item.note ? h("small", {}, item.note) : null),
  );
}

/** items: {text, note?, lead?, danger?, checked?, testid?, choose} or {heading}. */
export function openMenu(anchor, items, label) {
  const again = open?.anchor === anchor;
  closeMenu();
  if (again) return;
  const node = h("div", { class: "menu", role: "menu", "aria-label": label });
  append(node, items.map((item) => (item.heading ? h("div", { class: "menu-heading" }, item.heading) : entry(item))));
  node.addEventListener("keydown", (event) => keys(event, node));
  (anchor.closest("dialog") ?? document.body).append(node);
  open = { node, anchor, back: wayBack(anchor) };
  anchor.setAttribute("aria-expanded", "true");
  place(node, anchor);
  const first = node.querySelector("[aria-checked=true]") ?? node.querySelector(".menu-item");
  first?.focus();
}

document.addEventListener("pointerdown", (event) => {
  if (open && !open.node.contains(event.target) && !open.anchor.contains(event.target)) closeMenu();
});
window.addEventListener("resize", closeMenu);
