/** The payment provider's own ledger, which is the last word on what was paid. */
import { fill, h } from "./dom.js";
import { get } from "./api.js";
import { on, state } from "./state.js";
import { when } from "./times.js";

const REFRESH_MS = 1500;
const place = document.getElementById("payments");
const names = new Map();
let last = "";

async function learnNames() {
  const { customers = [] } = await get("/sandbox/customers");
  for (const one of customers) names.set(one.id, `${one.name}, ${one.account_name ?? ""}`);
}

export function money(amount, currency) {
  const format = new Intl.NumberFormat(undefined, { style: "currency", currency: (currency ?? "usd").toUpperCase() });
  const digits = format.resolvedOptions().maximumFractionDigits;
  return format.format(amount / 10 ** digits);
}

function figure(label, value, testid, kind = "") {
  return h("div", { class: `figure ${kind}` }, h("span", { class: "figure-value", testid }, String(value)), h("span", {}, label));
}

function facts(metadata) {
  const entries = Object.entries(metadata ?? {});
  if (!entries.length) return "";
  return entries.map(([key, value]) => h("span", { class: "meta" }, h("b", {}, key), ` ${value}`));
}

/** The key that a refund came with, and what else the bot left at it to find it again by. */
function key(one) {
  const others = Object.entries(one.metadata ?? {}).map(([name, value]) => (value === one.idempotency_key ? [name, "the same key"] : [name, value]));
  return [one.idempotency_key ?? "", facts(Object.fromEntries(others))];
}

const whose = (one) => names.get(one.customer) ?? one.customer ?? one.account ?? "";
const sum = (one) => (one.amount === undefined ? "" : money(one.amount, one.currency));

const CLASSES = { When: "time", Amount: "amount", Charge: "id", "Provider’s id": "id" };
const REFUND = [
  ["When", (one) => when(one.at)],
  ["Customer", whose],
  ["Amount", sum],
  ["Charge", (one) => one.charge],
  ["Provider’s id", (one) => one.id],
  ["Idempotency key", key],
];
const CHANGE = [
  ["When", (one) => when(one.at)],
  ["Account", whose],
  ["Change", (one) => facts(rest(one))],
  ["Idempotency key", (one) => one.idempotency_key],
];
const CHARGE = [
  ["When", (one) => when(one.created)],
  ["Customer", whose],
  ["Amount", sum],
  ["Charge", (one) => one.id],
  ["For", (one) => one.description],
];

function rest({ at, account, idempotency_key, ...others }) {
  const flat = Object.entries(others).map(([key, value]) => [key, typeof value === "object" ? JSON.stringify(value) : value]);
  return Object.fromEntries(flat);
}

function row(columns, kind, one) {
  const cells = columns.map(([name, read]) =>
    h("td", { "data-label": name, class: CLASSES[name] }, read(one) ?? ""),
  );
  return h("tr", { testid: "ledger-row", data: { kind } }, cells);
}

function table(title, kind, columns, rows, empty) {
  const head = h("tr", {}, columns.map(([name]) => h("th", { scope: "col" }, name)));
  const lines = rows.map((one) => row(columns, kind, one)).reverse();
  const body = rows.length ? h("table", {}, h("thead", {}, head), h("tbody", {}, lines)) : h("p", { class: "empty" }, empty);
  return h("section", { class: "ledger" }, h("h3", {}, title), h("div", { class: "scroll-x" }, body));
}

function draw(ledger) {
  const { refunds, charges, account_changes: changes } = ledger;
  const refunded = new Set(refunds.map((one) => one.charge));
  fill(
    place,
    h("div", { class: "pane-head" }, h("h2", {}, "Payment provider’s ledger"), h("small", {}, "Kept by the provider, outside the bot")),
    h(
      "div",
      { class: "figures" },
      figure("refunds", refunds.length, "refund-count"),
      figure("charges refunded", refunded.size, "refunded-charges"),
      figure("account changes", changes.length, "change-count"),
      figure("charges", charges.length, "charge-count"),
    ),
    table("Money going out", "refund", REFUND, refunds, "No refund has been made."),
    changes.length ? table("Account changes", "account-change", CHANGE, changes, "") : null,
    table("Charges", "charge", CHARGE, charges, "No charges."),
  );
}

async function refresh() {
  if (state.tab !== "payments" || document.hidden) return;
  if (!names.size) await learnNames();
  const ledger = await get("/sandbox/payments/ledger");
  const now = JSON.stringify(ledger);
  if (now !== last && ledger.ok !== false) draw(ledger);
  last = now;
}

on("tab", refresh);
setInterval(refresh, REFRESH_MS);
