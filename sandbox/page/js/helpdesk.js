/** The customer's side: their tickets, what they can see of them, and what they write. */
import { fill, h, icon } from "./dom.js";
import { get, post } from "./api.js";
import { avatar } from "./avatar.js";
import { keepingFocus } from "./focus.js";
import { undisturbed } from "./press.js";
import { on, state } from "./state.js";
import { moment, when } from "./times.js";
import { good } from "./toast.js";

const place = document.getElementById("helpdesk");
const list = h("div", { class: "tickets", role: "list", "aria-label": "Tickets" });
const detail = h("div", { class: "conversation" });
const fresh = h(
  "button",
  { class: "button primary", type: "button", testid: "new-ticket", on: { click: () => write() } },
  icon("plus"),
  h("span", {}, "New ticket"),
);
const unpressed = undisturbed(place);
let tickets = [];
let shown = "";

fill(
  place,
  h("section", { class: "ticket-pane" }, h("div", { class: "pane-head" }, h("h2", {}, "Tickets"), fresh), list),
  detail,
);

function ticketRow(ticket) {
  return h(
    "button",
    {
      class: `ticket-row ${ticket.id === shown ? "current" : ""}`,
      type: "button",
      testid: `ticket-${ticket.id}`,
      on: { click: () => open(ticket.id) },
    },
    h("span", { class: "ticket-line" }, h("strong", {}, ticket.customer?.name ?? ""), h("small", {}, when(ticket.updated))),
    h("span", { class: "ticket-subject" }, ticket.subject || "(no subject)"),
    h("span", { class: "ticket-line" }, h("span", { class: `status ${ticket.status}` }, ticket.status), h("small", {}, `${ticket.id}`)),
  );
}

const newest = (one, other) => moment(other.updated) - moment(one.updated) || other.id - one.id;

function drawList() {
  const rows = [...tickets].sort(newest).map(ticketRow);
  fill(list, rows.length ? rows : h("p", { class: "empty" }, "No tickets yet. Write one, or let the next one arrive from Faults."));
}

function bubble(comment) {
  const mine = !comment.is_staff;
  const name = comment.from;
  return h(
    "article",
    { class: `bubble ${mine ? "mine" : "theirs"}`, testid: `comment-${comment.id}` },
    avatar({ id: name, name, app: false }),
    h("div", { class: "bubble-main" }, h("div", { class: "bubble-line" }, h("strong", {}, name), h("small", {}, when(comment.at))), h("p", {}, comment.text)),
  );
}

async function reply(ticket, area) {
  const body = area.value.trim();
  if (!body) return;
  const { name, email } = ticket.customer ?? {};
  if (good(await post("/sandbox/helpdesk/customer", { ticket: ticket.id, email, name, body }))) {
    area.value = "";
    await refresh();
  }
}

function drawDetail(ticket) {
  const who = ticket.customer?.name ?? "the customer";
  const typed = detail.querySelector("textarea")?.value ?? "";
  const kept = detail.dataset.ticket === String(ticket.id) ? typed : "";
  const area = h("textarea", { class: "field", rows: 3, testid: "customer-reply", "aria-label": `Reply as ${who}`, placeholder: `Reply as ${who}…`, value: kept });
  const send = h("button", { class: "button primary", type: "button", testid: "customer-send", on: { click: () => reply(ticket, area) } }, "Send as customer");
  const back = h("button", { class: "quiet narrow-only", type: "button", "aria-label": "Back to tickets", on: { click: () => open("") } }, icon("back"));
  const comments = h("div", { class: "bubbles" }, (ticket.messages ?? []).map(bubble));
  detail.dataset.ticket = String(ticket.id);
  fill(
    detail,
    h("div", { class: "pane-head" }, back, h("div", {}, h("h2", {}, ticket.subject || "(no subject)"), h("small", {}, `${who} · #${ticket.id} · ${ticket.status}`))),
    comments,
    h("div", { class: "reply-box" }, area, send),
  );
  comments.scrollTop = comments.scrollHeight;
}

function nothingShown() {
  detail.dataset.ticket = "";
  fill(detail, h("p", { class: "empty" }, "Choose a ticket to see what the customer sees."));
}

export async function open(id) {
  shown = id;
  place.classList.toggle("with-detail", Boolean(id));
  unpressed(() => keepingFocus(drawList));
  if (!id) return nothingShown();
  const answer = await get(`/sandbox/helpdesk/tickets/${encodeURIComponent(id)}`);
  if (shown === id && good(answer)) unpressed(() => keepingFocus(() => drawDetail(answer)));
}

async function refresh() {
  if (state.tab !== "helpdesk") return;
  const answer = await get("/sandbox/helpdesk/tickets");
  tickets = answer.tickets ?? [];
  unpressed(() => keepingFocus(drawList));
  if (shown) await open(shown);
}

function labelled(text, node) {
  return h("label", { class: "stacked" }, h("span", {}, text), node);
}

async function send(dialog, fields, customers) {
  const customer = customers.find((one) => one.id === fields.customer.value);
  const subject = fields.subject.value.trim();
  const body = fields.body.value.trim();
  if (!body || !customer) return fields.body.focus();
  const what = { email: customer.email, name: customer.name, organization: customer.account, subject, body };
  const answer = await post("/sandbox/helpdesk/customer", what);
  if (!good(answer)) return;
  dialog.close();
  await refresh();
  await open(answer.ticket);
}

async function write() {
  const { customers = [] } = await get("/sandbox/customers");
  const name = (one) => `${one.name} · ${one.account_name ?? ""} (${one.role})`;
  const fields = {
    customer: h("select", { class: "select", testid: "ticket-customer" }, customers.map((one) => h("option", { value: one.id }, name(one)))),
    subject: h("input", { class: "field", testid: "ticket-subject", maxlength: 200 }),
    body: h("textarea", { class: "field", rows: 6, testid: "ticket-body" }),
  };
  const dialog = h("dialog", { class: "dialog", "aria-label": "New ticket", testid: "ticket-form" });
  const cancel = h("button", { class: "button", type: "button", on: { click: () => dialog.close() } }, "Cancel");
  const go = h("button", { class: "button primary", type: "button", testid: "ticket-send", on: { click: () => send(dialog, fields, customers) } }, "Send ticket");
  dialog.append(
    h("div", { class: "dialog-head" }, h("h2", {}, "Write as a customer")),
    h("div", { class: "dialog-body" }, labelled("Customer", fields.customer), labelled("Subject", fields.subject), labelled("Message", fields.body)),
    h("div", { class: "dialog-foot" }, cancel, go),
  );
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

on("tab", refresh);
on("helpdesk", refresh);
nothingShown();
