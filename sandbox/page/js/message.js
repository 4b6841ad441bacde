/** One message, as it stands in a channel or in a thread. */
import { append, h, icon } from "./dom.js";
import { act } from "./api.js";
import { avatar } from "./avatar.js";
import { blocks } from "./blocks.js";
import { confirmed } from "./confirm.js";
import { openMenu } from "./menu.js";
import { decode, mrkdwn } from "./mrkdwn.js";
import { emit, isApp, nameOf, person, state } from "./state.js";
import { fromTs, fullTime, timeOf } from "./times.js";
import { good } from "./toast.js";

export function authorOf(message) {
  const id = message.user ?? state.seat.apps[0]?.user_id ?? "";
  const app = Boolean(message.bot_id) || isApp(id);
  return { id, app, name: message.username ?? nameOf(id), title: person(id)?.title ?? "" };
}

function marks(message, author) {
  const guest = person(author.id);
  return [
    author.app ? h("span", { class: "tag" }, "APP") : null,
    guest?.is_restricted || guest?.is_ultra_restricted ? h("span", { class: "tag" }, "GUEST") : null,
    guest?.is_stranger ? h("span", { class: "tag" }, "EXTERNAL") : null,
  ];
}

async function editText(message, channel, node) {
  const body = node.querySelector(".message-body");
  const area = h("textarea", { class: "field", rows: 3, value: decode(message.text), testid: "edit-text", "aria-label": "Edit message" });
  const save = async () => {
    const answer = await act(state.as, { act: "edit", channel, ts: message.ts, text: area.value });
    if (good(answer)) emit("refresh");
  };
  const shown = [...body.childNodes];
  const restore = () => body.replaceChildren(...shown);
  const cancel = h("button", { class: "button", type: "button", testid: "edit-cancel", on: { click: restore } }, "Cancel");
  const keep = h("button", { class: "button primary", type: "button", testid: "edit-save", on: { click: save } }, "Save");
  body.replaceChildren(area, h("div", { class: "actions" }, cancel, keep));
  area.focus();
}

async function remove(message, channel) {
  const text = (words) => ({ type: "plain_text", text: words });
  const ask = { title: text("Delete message"), text: text("This cannot be undone."), confirm: text("Delete"), style: "danger" };
  if (!(await confirmed(ask))) return;
  if (good(await act(state.as, { act: "delete", channel, ts: message.ts }))) emit("refresh");
}

async function shortcut(one, message, channel) {
  const answer = await act(state.as, { act: "shortcut", callback_id: one.callback_id, channel, ts: message.ts });
  if (good(answer) && answer.view) emit("view", answer.view);
}

function choices(message, channel, inThread, node) {
  const items = state.seat.shortcuts
    .filter((one) => one.type === "message")
    .map((one) => ({
      text: one.name,
      note: state.seat.apps[0]?.name,
      testid: `shortcut-${one.callback_id}`,
      choose: () => shortcut(one, message, channel),
    }));
  if (!inThread) items.unshift({ text: "Reply in thread", testid: "message-thread", choose: () => openThread(message) });
  if (message.user === state.as && !message.bot_id) {
    items.push({ text: "Edit message", testid: "message-edit", choose: () => editText(message, channel, node) });
    items.push({ text: "Delete message", danger: true, testid: "message-delete", choose: () => remove(message, channel) });
  }
  return items.length ? items : [{ text: "Nothing to do here", choose: () => {} }];
}

const openThread = (message) => emit("open-thread", message.thread_ts ?? message.ts);

function toolbar(message, channel, inThread, node) {
  if (message.ephemeral) return null;
  const more = h(
    "button",
    {
      class: "quiet",
      type: "button",
      testid: "more-actions",
      "aria-label": "More actions",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      on: { click: (event) => openMenu(event.currentTarget, choices(message, channel, inThread, node), "Message actions") },
    },
    icon("more"),
  );
  const open = () => openThread(message);
  const reply = h(
    "button",
    { class: "quiet", type: "button", testid: "reply-in-thread", "aria-label": "Reply in thread", on: { click: open } },
    icon("reply"),
  );
  return h("div", { class: "toolbar", role: "toolbar", "aria-label": "Message" }, inThread ? null : reply, more);
}

function body(message, channel) {
  const node = h("div", { class: "message-body" });
  const place = { channel, ts: message.ts };
  append(node, message.blocks?.length ? blocks(message.blocks, place) : [mrkdwn(message.text)]);
  if (message.edited && !message.bot_id) node.append(h("span", { class: "edited" }, "(edited)"));
  return node;
}

function thread(message) {
  if (!message.reply_count) return null;
  const words = message.reply_count === 1 ? "1 reply" : `${message.reply_count} replies`;
  const open = () => emit("open-thread", message.ts);
  return h("button", { class: "thread-link", type: "button", testid: `view-thread-${message.ts}`, on: { click: open } }, words);
}

/** options: {channel, inThread, follows} where `follows` leaves out the author's line. */
export function messageNode(message, { channel, inThread = false, follows = false }) {
  const author = authorOf(message);
  const at = fromTs(message.ts);
  const stamp = h("time", { datetime: at.toISOString(), title: fullTime(at) }, timeOf(at));
  const node = h("article", {
    class: `message ${follows ? "follows" : ""} ${message.ephemeral ? "ephemeral" : ""}`,
    testid: `message-${message.ts}`,
    data: { ts: message.ts },
    tabindex: "-1",
    "aria-label": `${author.name}, ${timeOf(at)}`,
  });
  const line = h(
    "div",
    { class: "message-line" },
    h("span", { class: "author" }, author.name),
    marks(message, author),
    stamp,
  );
  append(node, [
    h("div", { class: "gutter" }, follows ? stamp.cloneNode(true) : avatar(author)),
    h(
      "div",
      { class: "message-main" },
      message.ephemeral ? h("div", { class: "only-you" }, icon("eye"), "Only visible to you") : null,
      follows ? null : line,
      body(message, channel),
      inThread ? null : thread(message),
    ),
    toolbar(message, channel, inThread, node),
  ]);
  return node;
}
