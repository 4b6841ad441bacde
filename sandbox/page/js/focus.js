/** Keeps the keyboard's place: a node that is drawn anew has lost the focus. */

const nameOf = (node) => [node.tagName, node.dataset.testid, node.getAttribute("href")].join(" ");
const named = (root, like) => [...root.querySelectorAll(like.tagName)].filter((one) => nameOf(one) === nameOf(like));
const firstButton = (root) => root.querySelector("button.button") ?? root.querySelector("button");

/** A dialog that has just closed still has the focus until the next picture is drawn. */
const isFree = (active) => active === document.body || Boolean(active?.closest("dialog:not([open])"));

function above(node) {
  const up = [];
  for (let one = node.parentElement; one; one = one.parentElement) up.push(one);
  return up;
}

function focus(node, like) {
  node?.focus({ preventScroll: true });
  if (typeof like.selectionStart === "number") node?.setSelectionRange?.(like.selectionStart, like.selectionEnd);
}

/** A way back to what holds the focus now, or to what stands there instead by then; whoever has the focus by then keeps it. */
export function wayBack(held = document.activeElement) {
  const parents = above(held);
  const message = held.closest("[data-ts]");
  const nth = message ? named(message, held).indexOf(held) : 0;
  return () => {
    if (!isFree(document.activeElement)) return;
    if (held.isConnected) return focus(held, held);
    const place = parents.find((one) => one.isConnected);
    if (!message) return focus(named(place, held)[0], held);
    const fresh = place.querySelector(`[data-ts="${CSS.escape(message.dataset.ts)}"]`);
    if (!fresh || held === message) return focus(fresh ?? place, held);
    focus(named(fresh, held)[nth] ?? firstButton(fresh) ?? fresh, held);
  };
}

export function keepingFocus(redraw) {
  const back = wayBack();
  redraw();
  back();
}
