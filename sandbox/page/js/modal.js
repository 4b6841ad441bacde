/** The stack of modal views: opened, pushed, updated and closed as the app answers. */
import { fill, h, icon } from "./dom.js";
import { act, frontView } from "./api.js";
import { blocks } from "./blocks.js";
import { keepingFocus, wayBack } from "./focus.js";
import { elementState, isEmpty } from "./inputs.js";
import { plain } from "./mrkdwn.js";
import { on, state } from "./state.js";
import { trouble } from "./toast.js";

const dialog = document.getElementById("modal");
let stack = [];
let form = new Map();
let back = () => {};
const forms = new Map();

const top = () => stack.at(-1);

/** Views that were left; what the stream still says of them comes too late. */
const left = new Set();

function put(view) {
  const index = stack.findIndex((one) => one.id === view.id);
  const pushed = view.previous_view_id && stack.some((one) => one.id === view.previous_view_id);
  if (index >= 0) stack[index] = view;
  else if (pushed) stack.push(view);
  else stack = [view];
}

function copy(from, to) {
  if (to.value !== undefined && !to.multiple) to.value = from.value;
  const chosen = new Set([...(from.selectedOptions ?? from.querySelectorAll("input:checked"))].map((one) => one.value));
  for (const one of to.querySelectorAll("input, option")) {
    if (one.tagName === "INPUT") one.checked = chosen.has(one.value);
    else one.selected = chosen.has(one.value);
  }
}

/** What was typed, and what was wrong with it, stays in blocks that stay: through an update, and below a pushed view. */
function keepTyped(before) {
  for (const [id, { block, node }] of form) {
    const old = before?.get(id);
    if (!old || old.block.element.type !== block.element.type) continue;
    copy(old.node, node);
    markError(form.get(id), old.error.textContent);
  }
}

/** An update leaves the cursor and the view of the form where they were. */
function holdingPlace(redraw) {
  const scrolled = dialog.querySelector(".dialog-body")?.scrollTop ?? 0;
  keepingFocus(redraw);
  dialog.querySelector(".dialog-body").scrollTop = scrolled;
}

function button(text, kind, testid, press) {
  return h("button", { class: `button ${kind}`, type: "button", testid, on: { click: press } }, h("span", { class: "label" }, text));
}

function foot(view) {
  const close = plain(view.close) || (stack.length > 1 ? "Back" : "Cancel");
  const submit = view.submit ? button(plain(view.submit), "primary", "modal-submit", send) : null;
  return h("div", { class: "dialog-foot" }, button(close, "", "modal-cancel", () => close_(false)), submit);
}

function draw(keep) {
  const view = top();
  if (!view) {
    forms.clear();
    dialog.close();
    return;
  }
  const before = forms.get(view.id);
  form = new Map();
  forms.set(view.id, form);
  const cross = h(
    "button",
    { class: "quiet", type: "button", testid: "modal-close", "aria-label": "Close", on: { click: () => close_(true) } },
    icon("close"),
  );
  dialog.dataset.testid = "modal";
  dialog.dataset.view = view.id;
  dialog.setAttribute("aria-label", plain(view.title));
  fill(
    dialog,
    h("div", { class: "dialog-head" }, h("h2", {}, plain(view.title)), cross),
    h("div", { class: "dialog-body" }, blocks(view.blocks, { view_id: view.id, values }, form)),
    foot(view),
  );
  keepTyped(before);
  if (!dialog.open) {
    back = wayBack();
    dialog.showModal();
  }
  if (!keep) [...form.values()][0]?.node.focus();
}

export function showView(view) {
  if (!view || view.type === "home" || left.has(view.id)) return;
  const known = stack.some((one) => one.id === view.id);
  if (known && JSON.stringify(stack.find((one) => one.id === view.id)) === JSON.stringify(view)) return;
  put(view);
  if (known) holdingPlace(() => draw(true));
  else draw(false);
}

function leave(views) {
  for (const view of views.filter(Boolean)) left.add(view.id);
  stack = stack.filter((one) => !left.has(one.id));
}

/** Leaves a view that the app, or its timing, has closed. */
export function dropView(id) {
  const before = stack.length;
  leave(id ? stack.filter((one) => one.id === id) : stack);
  if (stack.length !== before) draw(false);
}

async function close_(all) {
  const closing = all ? [...stack].reverse() : [top()];
  leave(closing);
  draw(false);
  for (const view of closing.filter(Boolean)) await act(state.as, { act: "close", view_id: view.id, is_cleared: all });
}

function markError({ node, error }, words) {
  error.textContent = words;
  node.classList.toggle("invalid", Boolean(words));
  node.setAttribute("aria-invalid", String(Boolean(words)));
}

function showErrors(errors) {
  let first = null;
  for (const [id, field] of form) {
    markError(field, errors[id] ?? "");
    if (errors[id] && !first) first = field.node;
  }
  first?.focus();
}

function localErrors() {
  const errors = {};
  for (const [id, { block, node }] of form) {
    if (!block.optional && isEmpty(block.element, node)) errors[id] = "Please complete this required field.";
  }
  return errors;
}

function values() {
  const all = {};
  for (const [id, { block, node }] of form) all[id] = { [block.element.action_id]: elementState(block.element, node) };
  return all;
}

function settled(answer, view) {
  if (answer.errors) showErrors(answer.errors);
  else if (answer.ok === false) trouble(answer, "We had some trouble connecting. Try again?");
  else {
    if (answer.closed) dropView(answer.view ? view.id : "");
    showView(answer.view);
  }
}

async function send() {
  const view = top();
  const submit = dialog.querySelector("[data-testid=modal-submit]");
  const missing = localErrors();
  showErrors(missing);
  if (Object.keys(missing).length || submit.getAttribute("aria-busy") === "true") return;
  submit.setAttribute("aria-busy", "true");
  const answer = await act(state.as, { act: "submit", view_id: view.id, values: values() });
  submit.removeAttribute("aria-busy");
  settled(answer, view);
}

dialog.addEventListener("cancel", (event) => {
  event.preventDefault();
  close_(false);
});
dialog.addEventListener("close", () => back());
dialog.addEventListener("keydown", (event) => {
  const field = event.target.tagName === "INPUT" || ((event.ctrlKey || event.metaKey) && event.target.tagName === "TEXTAREA");
  if (event.key === "Enter" && field && top()?.submit && !["radio", "checkbox"].includes(event.target.type)) {
    event.preventDefault();
    send();
  }
});
/** A page that was loaded anew shows the modal that is still open. */
on("seated", async () => showView((await frontView(state.as)).view));
on("view", showView);
on("view-closed", dropView);
