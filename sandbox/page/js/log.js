/** The workspace's log: the bot's Web API calls and what was delivered to it. */
import { fill, h } from "./dom.js";
import { get } from "./api.js";
import { when } from "./times.js";

const SHOWN = 200;
let since = 0;
let lines = [];

function fact(entry) {
  const text = entry.args ? JSON.stringify(entry.args) : "";
  return text.length > 160 ? `${text.slice(0, 160)}…` : text;
}

function line(entry) {
  const call = Boolean(entry.method);
  const failed = call ? entry.ok === false : !(Number(entry.status) < 300);
  return h(
    "li",
    { class: `log-line ${failed ? "failed" : ""}`, testid: call ? "log-call" : "log-delivery" },
    h("span", { class: "log-at" }, when(entry.at)),
    h("span", { class: "log-way" }, call ? "bot → Slack" : "Slack → bot"),
    h("span", { class: "log-what" }, call ? entry.method : `${entry.kind}${entry.attempt > 0 ? `, attempt ${entry.attempt + 1}` : ""}`),
    h("span", { class: "log-result" }, call ? (entry.ok ? "ok" : entry.error) : String(entry.status ?? "")),
    h("span", { class: "log-args" }, fact(entry)),
  );
}

export async function drawLog(place) {
  const answer = await get("/sandbox/slack/log", { since });
  const fresh = answer.log ?? [];
  if (!fresh.length && place.firstChild) return;
  since = Math.max(since, ...fresh.map((one) => one.n));
  lines = [...lines, ...fresh].slice(-SHOWN);
  const rows = [...lines].reverse().map(line);
  fill(place, rows.length ? h("ol", { class: "log", tabindex: 0, "aria-label": "Log" }, rows) : h("p", { class: "empty" }, "Nothing yet."));
}
