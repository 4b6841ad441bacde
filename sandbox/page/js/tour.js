/** Five steps for a newcomer; the server says which are done, the buttons lead there. */
import { fill, h, icon } from "./dom.js";
import { get, post } from "./api.js";
import { keepingFocus } from "./focus.js";
import { emit, on, state } from "./state.js";
import { exactTime } from "./times.js";
import { good } from "./toast.js";

const REFRESH_MS = 1000;
const panel = document.getElementById("tour");
const toggle = document.getElementById("tour-toggle");
let open = true;
let folded = false;
let last = "";
let tour = null;

/** Whether somebody has put the tour away for good; private windows may not remember. */
function wish(value) {
  try {
    if (value !== undefined) localStorage.setItem("tour", value);
    return localStorage.getItem("tour");
  } catch {
    return null;
  }
}

async function press(step, button) {
  const answer = await post(`/sandbox/tour/${step.n}`, { button: button.name });
  if (!good(answer)) return;
  if (answer.place) emit("visit", answer.place);
  await refresh();
}

const isWho = (button) => button.name === "approver" && button.place?.as === state.as;

function evidence(lines) {
  const line = ({ at, words }) => h("li", {}, at ? h("time", {}, exactTime(at)) : null, h("span", {}, words));
  return lines.length ? h("ol", { class: "evidence", testid: "tour-evidence" }, lines.map(line)) : null;
}

function stepButton(step, button) {
  return h(
    "button",
    {
      class: `button ${button.style ?? ""}`,
      type: "button",
      testid: `tour-${step.n}-${button.name}`,
      disabled: button.disabled,
      on: { click: () => (button.place ? emit("visit", button.place) : press(step, button)) },
    },
    isWho(button) ? "Take me to the card" : button.text,
  );
}

function stepNode(step, current) {
  const status = step.done ? "done" : current ? "current" : "later";
  const spoken = step.done ? "Done: " : "";
  return h(
    "li",
    { class: `step ${status}`, testid: `tour-step-${step.n}`, data: { done: String(step.done) }, "aria-current": current ? "step" : undefined },
    h("span", { class: "step-mark", "aria-hidden": "true" }, step.done ? icon("check") : String(step.n)),
    h(
      "div",
      { class: "step-main" },
      h("h3", {}, spoken ? h("span", { class: "visually-hidden" }, spoken) : null, step.title),
      current ? h("p", {}, step.text) : null,
      step.note ? h("p", { class: "note" }, step.note) : null,
      evidence(step.evidence),
      current || step.evidence.length ? h("div", { class: "actions" }, step.buttons.map((button) => stepButton(step, button))) : null,
    ),
  );
}

/** On a telephone a finished tour is one line until it is asked for again. */
function foldButton() {
  const words = folded ? "Show the tour’s steps" : "Fold the tour";
  const press = { click: () => fold(!folded) };
  return h("button", { class: "quiet narrow-only fold", type: "button", testid: "tour-fold", "aria-label": words, "aria-expanded": String(!folded), on: press }, icon("down"));
}

const isOver = (one) => Boolean(one) && one.steps.every((step) => step.done);

function fold(wanted) {
  folded = wanted && isOver(tour);
  panel.classList.toggle("folded", folded);
  if (tour) keepingFocus(draw);
}

function draw() {
  const { steps } = tour;
  const done = steps.filter((step) => step.done).length;
  const current = steps.find((step) => !step.done);
  const over = isOver(tour);
  fill(toggle, icon("compass"), h("span", {}, over ? "Tour done" : `Tour ${done}/${steps.length}`));
  const away = h("button", { class: "quiet", type: "button", testid: "tour-close", "aria-label": "Hide the tour", on: { click: () => choose(false) } }, icon("close"));
  const finish = h("p", { class: "finish", testid: "tour-finished" }, "That was all five. Pull more plugs under Faults, or stream tickets and watch.");
  fill(
    panel,
    h("div", { class: "pane-head" }, h("h2", {}, over ? "The tour is done" : "A two-minute tour"), over ? foldButton() : null, away),
    h("div", { class: "progress", role: "progressbar", "aria-valuenow": done, "aria-valuemax": steps.length, "aria-label": "Steps done" }, steps.map((step) => h("span", { class: step.done ? "on" : "" }))),
    h("ol", { class: "steps" }, steps.map((step) => stepNode(step, step === current))),
    over ? finish : null,
  );
}

function show(wanted) {
  open = wanted;
  panel.hidden = !open;
  toggle.setAttribute("aria-expanded", String(open));
  document.body.classList.toggle("with-tour", open);
}

function choose(wanted) {
  wish(wanted ? "shown" : "hidden");
  fold(false);
  show(wanted);
}

async function refresh() {
  if (document.hidden) return;
  const answer = await get("/sandbox/tour");
  const now = JSON.stringify(answer);
  if (now === last || !answer.steps) return;
  last = now;
  const wasOver = isOver(tour);
  tour = answer;
  fold(wasOver ? folded : true);
}

toggle.addEventListener("click", () => choose(!open));
on("start", refresh);
on("fold-tour", () => show(false));
on("seated", () => tour && keepingFocus(draw));
on("place", () => isOver(tour) && fold(true));
show(wish() !== "hidden" && window.matchMedia("(min-width: 1000px)").matches);
setInterval(refresh, REFRESH_MS);
