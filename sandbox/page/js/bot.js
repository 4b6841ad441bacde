/** The bot's process as its supervisor sees it: a light in the top bar, and the plug. */
import { fill, h } from "./dom.js";
import { get, post } from "./api.js";
import { emit, on, state } from "./state.js";
import { when } from "./times.js";
import { good, toast } from "./toast.js";

const REFRESH_MS = 1000;
const pill = document.getElementById("bot-pill");
const WORDS = {
  ready: "Bot is running",
  starting: "Bot is starting",
  importing: "Reading the company’s data",
  stopped: "Bot is not running",
  absent: "Bot is not running",
  unknown: "Bot is not running",
};

export const botWords = () => WORDS[state.bot.state] ?? state.bot.state;

function drawPill() {
  pill.className = `bot-pill ${state.bot.state}`;
  fill(pill, h("span", { class: "light", "aria-hidden": "true" }), h("span", {}, botWords()));
}

export async function pullPlug() {
  const answer = await post("/sandbox/bot/kill");
  if (good(answer)) toast(`Killed process ${answer.pid} without warning. The supervisor starts it again.`);
  await refresh();
}

export async function refresh() {
  const answer = await get("/sandbox/bot");
  const now = answer.ok === false ? { state: "unknown", note: answer.error } : answer;
  const changed = JSON.stringify(now) !== JSON.stringify(state.bot);
  state.bot = now;
  if (changed) {
    drawPill();
    emit("bot");
  }
}

export function botFacts() {
  const { bot } = state;
  const facts = [
    ["State", botWords(), "bot-state"],
    ["Process", bot.pid ?? "–", "bot-pid"],
    ["Starts", bot.starts ?? 0, "bot-starts"],
    ["Kills", bot.kills ?? 0, "bot-kills"],
    ["Last ready", when(bot.last_ready) || "–", "bot-last-ready"],
    ["Time to ready", bot.ready_seconds ? `${bot.ready_seconds.toFixed(1)} s` : "–", "bot-ready-seconds"],
    ["Delivery", bot.delivery ?? "–", "bot-delivery"],
    ["Database", bot.database ?? "–", "bot-database"],
  ];
  const note = bot.note ? h("p", { class: "bot-note", testid: "bot-note" }, bot.note) : null;
  const list = h("dl", { class: "bot-facts" }, facts.map(([name, value, testid]) => h("div", {}, h("dt", {}, name), h("dd", { testid }, String(value)))));
  return [list, note];
}

export async function startBot() {
  if (good(await post("/sandbox/bot/start"))) await refresh();
}

on("start", refresh);
drawPill();
setInterval(() => document.hidden || refresh(), REFRESH_MS);
