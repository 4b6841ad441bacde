/** Five steps for a newcomer; the server says which are done, the buttons lead there. */
import { fill, h, icon } from "./dom.js";
import { get, post } from "./api.js";
import { emit, on } from "./state.js";
import { good } from "./toast.js";

const REFRESH_MS = 1000;
const panel = document.getElementById("tour");
const toggle = document.getElementById("tour-toggle");
let open = true;
let last = "";

async function press(step, button) {
  const answer = await post(`/sandbox/tour/${step.n}`, { button: button.name });
  if (!good(answer)) return;
  if (answer.place) emit("visit", answer.place);
  await refresh();
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
    button.text,
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
      current ? h("div", { class: "actions" }, step.buttons.map((button) => stepButton(step, button))) : null,
    ),
  );
}

function draw({ steps }) {
  const done = steps.filter((step) => step.done).length;
  const current = steps.find((step) => !step.done);
  const over = !current;
  fill(toggle, icon("compass"), h("span", {}, over ? "Tour done" : `Tour ${done}/${steps.length}`));
  const fold = h("button", { class: "quiet", type: "button", testid: "tour-close", "aria-label": "Hide the tour", on: { click: () => show(false) } }, icon("close"));
  const finish = h("p", { class: "finish", testid: "tour-finished" }, "That was all five. Pull more plugs under Faults, or stream tickets and watch.");
  fill(
    panel,
    h("div", { class: "pane-head" }, h("h2", {}, "A two-minute tour"), fold),
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

async function refresh() {
  if (document.hidden) return;
  const tour = await get("/sandbox/tour");
  const now = JSON.stringify(tour);
  if (now === last || !tour.steps) return;
  last = now;
  draw(tour);
}

toggle.addEventListener("click", () => show(!open));
on("start", refresh);
on("fold-tour", () => show(false));
show(window.matchMedia("(min-width: 1000px)").matches);
setInterval(refresh, REFRESH_MS);
