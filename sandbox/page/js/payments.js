/** The payment provider's own ledger, which is the last word on what was paid. */
import { fill, h } from "./dom.js";
import { get } from "./api.js";
import { on, state } from "./state.js";
import { when } from "./times.js";

const REFRESH_MS = 1500;
const place = document.getElementById("payments");
let last = "";

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

const COLUMNS = ["When", "What", "Amount", "Charge", "Provider’s id", "Idempotency key", "Details"];

function row(one) {
  const cells = [
    when(one.created ?? one.at),
    one.what,
    one.amount === undefined ? "" : money(one.amount, one.currency),
    one.charge ?? one.charge_id ?? (one.what === "Charge" ? one.id : ""),
    one.id,
    one.idempotency_key ?? one.key ?? "",
    facts(one.metadata ?? one.change),
  ];
  const data = { kind: one.what.toLowerCase() };
  return h("tr", { testid: "ledger-row", data }, cells.map((cell, index) => h("td", { "data-label": COLUMNS[index] }, cell)));
}

function table(title, rows, empty) {
  const head = h("tr", {}, COLUMNS.map((name) => h("th", { scope: "col" }, name)));
  const body = rows.length ? h("table", {}, h("thead", {}, head), h("tbody", {}, rows.map(row))) : h("p", { class: "empty" }, empty);
  return h("section", { class: "ledger" }, h("h3", {}, title), h("div", { class: "scroll-x" }, body));
}

const named = (list, what) => (list ?? []).map((one) => ({ ...one, what })).reverse();

function draw(ledger) {
  const refunds = named(ledger.refunds, "Refund");
  const changes = named(ledger.account_changes, "Account change");
  const charges = named(ledger.charges, "Charge");
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
    table("Money going out", refunds, "No refund has been made."),
    changes.length ? table("Account changes", changes, "") : null,
    table("Charges", charges, "No charges."),
  );
}

async function refresh() {
  if (state.tab !== "payments" || document.hidden) return;
  const ledger = await get("/sandbox/payments/ledger");
  const now = JSON.stringify(ledger);
  if (now !== last && ledger.ok !== false) draw(ledger);
  last = now;
}

on("tab", refresh);
setInterval(refresh, REFRESH_MS);
