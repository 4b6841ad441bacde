/** Everything that can go wrong on purpose, the bot's plug, and what arrives. */
import { fill, h } from "./dom.js";
import { get, post } from "./api.js";
import { botFacts, pullPlug, startBot } from "./bot.js";
import { drawLog } from "./log.js";
import { on, state } from "./state.js";
import { good, toast } from "./toast.js";

const REFRESH_MS = 1500;
const place = document.getElementById("faults");
const slots = { bot: h("div"), arrivals: h("div"), parts: h("div", { class: "fault-parts" }), log: h("div") };
const plug = h("button", { class: "button danger", type: "button", testid: "pull-plug", on: { click: pullPlug } }, "Pull the plug");
const starter = h("button", { class: "button primary", type: "button", testid: "start-bot", on: { click: startBot } }, "Start the bot");
let drawnFaults = "";
let isTyping = false;

const card = (title, note, ...body) =>
  h("section", { class: "card" }, h("h3", {}, title), note ? h("p", { class: "note" }, note) : null, body);

fill(
  place,
  h("div", { class: "pane-head" }, h("h2", {}, "Faults and traffic")),
  h(
    "div",
    { class: "cards" },
    card("The bot", "Pulling the plug is kill -9: no goodbye, no tidying up. The supervisor starts it again.", slots.bot, h("div", { class: "actions" }, plug, starter)),
    card("Tickets", "From the sample company’s tickets, in their order.", slots.arrivals),
  ),
  slots.parts,
  card("What passed between bot and Slack", "Newest first.", slots.log),
);

async function set(part, name, value) {
  const answer = await post("/sandbox/faults", { [part]: { [name]: value } });
  if (good(answer)) await drawParts();
}

function toggle(part, fault) {
  const change = (event) => set(part, fault.name, event.target.checked);
  return h("input", { type: "checkbox", role: "switch", class: "switch", checked: fault.value, testid: `fault-${part}-${fault.name}`, on: { change } });
}

function slider(part, fault) {
  const shown = h("output", {}, `${Math.round(fault.value * 100)} %`);
  const change = (event) => set(part, fault.name, Number(event.target.value));
  const input = (event) => fill(shown, `${Math.round(event.target.value * 100)} %`);
  const range = { type: "range", min: 0, max: 1, step: 0.01, value: fault.value, testid: `fault-${part}-${fault.name}`, on: { change, input } };
  return h("span", { class: "slider" }, h("input", range), shown);
}

function number(part, fault) {
  const step = fault.kind === "seconds" ? 0.1 : 1;
  const change = (event) => set(part, fault.name, Number(event.target.value));
  const field = { type: "number", class: "field short", min: 0, step, value: fault.value ?? 0, testid: `fault-${part}-${fault.name}`, on: { change } };
  return h("span", { class: "slider" }, h("input", field), fault.kind === "seconds" ? "s" : "");
}

function words(part, fault) {
  const change = (event) => set(part, fault.name, event.target.value);
  return h("input", { class: "field", value: fault.value ?? "", testid: `fault-${part}-${fault.name}`, on: { change } });
}

const CONTROLS = { switch: toggle, probability: slider, count: number, seconds: number, text: words };

const isActive = (fault) => Boolean(fault) && Boolean(fault.value) && fault.value !== fault.usual;

/** How many of the next requests the fault strikes for certain, beside its probability. */
function nextOnes(part, fault) {
  const change = (event) => set(part, fault.name, Number(event.target.value));
  const field = { type: "number", class: "field short", min: 0, step: 1, value: fault.value, testid: `fault-${part}-${fault.name}`, on: { change } };
  return h("label", { class: "next" }, "next", h("input", field));
}

function line(part, fault, next) {
  const id = `fault-${part}-${fault.name}`;
  const control = CONTROLS[fault.kind](part, fault);
  const input = control.matches("input") ? control : control.querySelector("input");
  input.id = id;
  const active = isActive(fault) || isActive(next);
  const label = h("label", { for: id }, fault.label);
  return h("div", { class: `fault ${active ? "active" : ""}` }, h("span", {}, label), control, next ? nextOnes(part, next) : null);
}

function lines(part, faults) {
  const byName = new Map(faults.map((fault) => [fault.name, fault]));
  return faults
    .filter((fault) => !byName.has(fault.name.replace(/_next$/, "")) || !fault.name.endsWith("_next"))
    .map((fault) => line(part, fault, byName.get(`${fault.name}_next`)));
}

const TITLES = { slack: "Slack", helpdesk: "Help desk", payments: "Payment provider" };

async function drawParts() {
  const answer = await get("/sandbox/faults/controls");
  const now = JSON.stringify(answer);
  if (now === drawnFaults || isTyping) return;
  drawnFaults = now;
  const reset = async () => good(await post("/sandbox/faults/reset")) && drawParts();
  const calm = h("button", { class: "button", type: "button", testid: "faults-reset", on: { click: reset } }, "Everything works again");
  const parts = Object.entries(answer.parts ?? {}).map(([part, faults]) =>
    card(TITLES[part] ?? part, "", lines(part, faults)),
  );
  fill(slots.parts, h("div", { class: "cards" }, parts), h("div", { class: "actions" }, calm));
}

// A value half typed, or a slider half drawn, is not redrawn under the hand: `change` and leaving end it.
slots.parts.addEventListener("input", () => (isTyping = true));
for (const end of ["change", "focusout"]) slots.parts.addEventListener(end, () => (isTyping = false));

async function next() {
  const answer = await post("/sandbox/tickets/next");
  if (good(answer)) toast(`${answer.customer} wrote: ${answer.subject || "(no subject)"}`);
  await drawArrivals();
}

let rate = null;

async function stream(perMinute) {
  if (good(await post("/sandbox/tickets/stream", { per_minute: perMinute }))) await drawArrivals();
}

function arrivalsControls() {
  rate = h("input", { type: "range", min: 0, max: 120, step: 1, value: 0, testid: "stream-rate", "aria-label": "Tickets a minute" });
  const shown = h("output", { testid: "stream-shown" }, "off");
  rate.addEventListener("input", () => fill(shown, rate.value === "0" ? "off" : `${rate.value} a minute`));
  rate.addEventListener("change", () => stream(Number(rate.value)));
  const one = h("button", { class: "button primary", type: "button", testid: "send-next-ticket", on: { click: next } }, "Send next ticket");
  const count = h("p", { class: "note", testid: "tickets-sent" });
  fill(slots.arrivals, one, h("label", { class: "fault" }, h("span", {}, "Stream tickets"), h("span", { class: "slider" }, rate, shown)), count);
  return { shown, count };
}

const arrivals = arrivalsControls();

async function drawArrivals() {
  const { sent = 0, total = 0, per_minute = 0 } = await get("/sandbox/tickets");
  fill(arrivals.count, `${sent} of ${total} sent`);
  if (document.activeElement !== rate) {
    rate.value = per_minute;
    fill(arrivals.shown, per_minute ? `${per_minute} a minute` : "off");
  }
}

function drawBot() {
  fill(slots.bot, botFacts());
  plug.disabled = !state.bot.pid;
  starter.hidden = state.bot.state !== "stopped";
}

async function refresh() {
  if (state.tab !== "faults" || document.hidden) return;
  drawBot();
  await Promise.all([drawArrivals(), drawParts(), drawLog(slots.log)]);
}

on("tab", refresh);
on("bot", drawBot);
setInterval(refresh, REFRESH_MS);
