/** The middle of the workspace: the channel shown, its thread, and the app's Home. */
import { fill, h, icon } from "./dom.js";
import * as api from "./api.js";
import { blocks } from "./blocks.js";
import { Composer } from "./composer.js";
import { Pane } from "./pane.js";
import { appChannel, channelById, emit, on, state } from "./state.js";
import { good, toast } from "./toast.js";

const $ = (id) => document.getElementById(id);
const pane = new Pane($("messages"), { empty: "Nothing here yet." });
const threadPane = new Pane($("thread-messages"), { inThread: true, empty: "No replies yet." });
const composer = new Composer({
  testid: "composer",
  label: "Message",
  commands: true,
  place: () => ({ channel: state.channel }),
});
const threadComposer = new Composer({
  testid: "thread-composer",
  label: "Reply",
  commands: false,
  place: () => ({ channel: state.channel, thread: state.thread }),
});
threadComposer.label("Reply…");
$("composer-place").append(composer.node);
$("thread-composer-place").append(threadComposer.node);

const inChannel = (message) => !message.thread_ts || message.thread_ts === message.ts || message.subtype === "thread_broadcast";
const inThread = (message) => message.ts === state.thread || message.thread_ts === state.thread;

function head(title, note) {
  fill($("channel-title"), title);
  fill($("channel-topic"), note ?? "");
}

async function join(channel) {
  if (good(await api.act(state.as, { act: "join", channel: channel.id }))) emit("stale-seat");
}

/** What stands where the composer would, for those who cannot write here. */
function instead(channel) {
  if (channel.is_archived) return "This channel has been archived.";
  if (channel.is_member) return null;
  const press = { click: () => join(channel) };
  return ["You are looking at ", h("b", {}, `#${channel.name}`), h("button", { class: "button primary", type: "button", testid: "join-channel", on: press }, "Join channel")];
}

function drawHead() {
  const channel = channelById(state.channel);
  if (state.home || !channel) return;
  const mark = channel.is_im ? null : icon(channel.is_private ? "lock" : "hash");
  head([mark, channel.name], channel.topic);
  composer.label(`Message ${channel.is_im ? "" : "#"}${channel.name}`);
  composer.node.hidden = !channel.is_member || channel.is_archived;
  fill($("no-composer"), instead(channel));
}

let reads = 0;
let heard = [];

/** What happens while messages are being read may be missing in the answer, so it is applied again after. */
async function reading(read) {
  reads += 1;
  await read();
  reads -= 1;
  if (reads) return;
  const again = heard;
  heard = [];
  again.forEach(apply);
}

const loadChannel = () => reading(readChannel);
const loadThread = () => reading(readThread);

async function readChannel() {
  const channel = state.channel;
  const answer = await api.messages(state.as, channel);
  if (channel !== state.channel || state.home) return;
  const messages = good(answer) ? answer.messages : [];
  pane.show(channel, messages.filter(inChannel));
  await markRead();
}

async function readThread() {
  const { thread, channel } = state;
  if (!thread) return;
  const answer = await api.messages(state.as, channel, thread);
  if (thread === state.thread && good(answer)) threadPane.show(channel, answer.messages);
}

async function markRead() {
  const channel = channelById(state.channel);
  if (!state.channel || state.home || document.hidden || state.tab !== "workspace") return;
  if (channel && !channel.unread && !channel.mentions) return;
  await api.act(state.as, { act: "read", channel: state.channel });
  emit("stale-seat");
}

function showHome(view) {
  const app = state.seat.apps[0];
  const nothing = h("p", { class: "empty" }, "The app has not drawn its Home yet.");
  const body = view ? blocks(view.blocks, { view_id: view.id }) : [nothing];
  fill($("home-body"), body);
  $("home-messages").hidden = !app || !appChannel(app);
}

export async function openHome() {
  state.home = true;
  state.thread = "";
  const app = state.seat.apps[0];
  head([icon("home"), app?.name ?? "App"], "Home");
  document.body.classList.add("at-home");
  emit("place");
  await loadThread();
  const before = await api.home(state.as);
  showHome(before.view);
  await api.act(state.as, { act: "open_home" });
}

/** `at` is the message to look at; without it the newest is. */
export async function openChannel(id, thread = "", at = "") {
  state.home = false;
  state.channel = id;
  state.thread = thread;
  document.body.classList.remove("at-home");
  $("home-messages").hidden = true;
  drawHead();
  emit("place");
  await Promise.all([loadChannel(), loadThread()]);
  if (at) pane.lookAt(at);
}

async function openThread(ts) {
  state.thread = ts;
  emit("place");
  await loadThread();
  threadComposer.area.focus();
}

function closeThread() {
  const parent = pane.find(state.thread);
  state.thread = "";
  emit("place");
  parent?.focus({ preventScroll: true });
  return loadThread();
}

/** A reply arrives without its parent; the number below the parent is raised here. */
function countReply(message) {
  const parent = pane.known.get(message.thread_ts);
  if (!parent || inChannel(message) || message.ts <= (parent.latest_reply ?? "")) return;
  pane.put({ ...parent, reply_count: (parent.reply_count ?? 0) + 1, latest_reply: message.ts });
}

function live(event) {
  if (reads) heard.push(event);
  apply(event);
}

function apply(event) {
  const { kind, message } = event;
  if (event.channel !== state.channel || !message) return;
  const put = kind === "deleted" ? (target) => target.drop(message.ts ?? message.deleted_ts) : (target) => target.put(message);
  if (inChannel({ ...message, thread_ts: message.thread_ts ?? event.thread })) put(pane);
  if (state.thread && inThread({ ...message, thread_ts: message.thread_ts ?? event.thread })) put(threadPane);
  if (kind === "message") countReply(message);
  if (kind === "ephemeral") pointAt(message);
  if (kind === "message" && inChannel(message)) markRead();
}

/** A private word that came below what is in view would be missed. */
function pointAt(message) {
  const there = inChannel(message) ? pane : threadPane;
  if (state.tab === "workspace" && there.has(message.ts) && !there.isInView(message.ts)) {
    toast("The app answered you further down. Only you can see it.", "hint", { text: "Show it", press: () => there.lookAt(message.ts) });
  }
}

/** Addresses of messages, and of tickets in the help desk, lead there without leaving the page. */
function follow(event) {
  const link = event.target.closest?.("a[href]");
  const [, ticket] = /\/zendesk\/agent\/tickets\/(\d+)$/.exec(link?.href ?? "") ?? [];
  if (ticket) {
    event.preventDefault();
    emit("visit", { tab: "helpdesk", ticket });
    return;
  }
  const [, id, seconds, rest] = /\/archives\/(\w+)\/p(\d+)(\d{6})$/.exec(link?.href ?? "") ?? [];
  if (!id || !link.href.startsWith(`https://${state.seat.team.domain}.slack.com/`)) return;
  event.preventDefault();
  if (channelById(id)) openChannel(id, "", `${seconds}.${rest}`);
  else toast("You are not in that channel.", "error");
}

on("live-message", live);
on("live-home", async (view) => {
  if (state.home) showHome(view ?? (await api.home(state.as)).view);
});
on("seat", drawHead);
on("place", () => {
  $("thread").hidden = !state.thread;
  document.body.classList.toggle("with-thread", Boolean(state.thread));
  [composer, threadComposer].forEach((one) => one.recall());
});
on("go-channel", (id) => openChannel(id));
on("go-home", openHome);
on("open-thread", openThread);
on("refresh", () => Promise.all([state.home ? openHome() : loadChannel(), loadThread()]));
on("names", () => [pane, threadPane].forEach((one) => one.redraw()));
$("thread-close").append(icon("close"));
$("thread-close").addEventListener("click", closeThread);
$("home-messages").addEventListener("click", () => openChannel(appChannel(state.seat.apps[0]).id));
document.addEventListener("click", (event) => {
  const target = event.target.closest?.("[data-goto]");
  if (target && channelById(target.dataset.goto)) openChannel(target.dataset.goto);
});
document.addEventListener("click", follow);
document.addEventListener("visibilitychange", markRead);
