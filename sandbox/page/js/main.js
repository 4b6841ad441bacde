/** Starts the page and holds its places together: the person, the tab, the channel and the address. */
import { fill, h, icon } from "./dom.js";
import * as api from "./api.js";
import { avatar } from "./avatar.js";
import "./bot.js";
import { settle } from "./dom.js";
import "./faults.js";
import { open as openTicket } from "./helpdesk.js";
import { openMenu } from "./menu.js";
import "./modal.js";
import "./payments.js";
import "./sidebar.js";
import { appChannel, channelByName, emit, on, person, state } from "./state.js";
import { listen } from "./stream.js";
import { good } from "./toast.js";
import "./tour.js";
import { openChannel, openHome } from "./workspace.js";

const $ = (id) => document.getElementById(id);
const TABS = ["workspace", "helpdesk", "payments", "faults"];

async function loadSeat() {
  const seated = state.as;
  const answer = await api.workspace(seated);
  // Somebody else may have sat down meanwhile, and reads their own.
  if (seated !== state.as || !good(answer)) return;
  const names = JSON.stringify(state.seat.people) !== JSON.stringify(answer.people);
  state.seat = { ...state.seat, ...answer };
  emit("seat");
  if (names) emit("names");
}

const staleSeat = settle(loadSeat, 120);

function roleLine(one) {
  const marks = [one.is_stranger && "another workspace", one.is_restricted && "guest"].filter(Boolean);
  const words = [...(one.roles ?? []), ...marks].join(", ").replaceAll("_", " ");
  return words ? `${one.title ?? ""} · ${words}` : (one.title ?? "");
}

function drawPerson() {
  const one = person(state.as);
  if (!one) return;
  const name = one.real_name || one.name;
  const words = h("span", { class: "who" }, h("strong", {}, name), h("small", {}, one.title ?? ""));
  fill($("person-switch"), avatar({ id: one.id, name }, "small"), words, icon("down"));
  $("person-switch").setAttribute("aria-label", `Acting as ${name}. Switch person`);
}

function choosePerson() {
  const items = state.world.people
    .filter((one) => !one.is_bot)
    .map((one) => ({
      text: `${one.real_name || one.name}${one.deleted ? " (deactivated)" : ""}`,
      note: roleLine(one),
      lead: avatar({ id: one.id, name: one.real_name || one.name }),
      checked: one.id === state.as,
      testid: `person-${one.id}`,
      choose: () => actAs(one.id),
    }));
  openMenu($("person-switch"), [{ heading: "Act as" }, ...items], "Act as");
}

function firstChannel() {
  const wanted = [channelByName("escalations"), ...state.seat.channels.filter((one) => one.is_member)];
  return wanted.find(Boolean)?.id ?? state.seat.channels[0]?.id ?? "";
}

async function actAs(id, stay = true) {
  if (id === state.as) return;
  state.as = id;
  emit("view-closed", "");
  listen();
  await loadSeat();
  drawPerson();
  emit("seated");
  if (!stay) return;
  const seen = state.seat.channels.some((one) => one.id === state.channel);
  if (state.home) await openHome();
  else await openChannel(seen ? state.channel : firstChannel(), seen ? state.thread : "");
}

function showTab(tab) {
  state.tab = TABS.includes(tab) ? tab : "workspace";
  for (const one of TABS) {
    $(one).hidden = one !== state.tab;
    $(`tab-${one}`).setAttribute("aria-selected", String(one === state.tab));
    $(`tab-${one}`).tabIndex = one === state.tab ? 0 : -1;
  }
  document.body.dataset.tab = state.tab;
  emit("tab");
  emit("place");
}

function tabKeys(event) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const next = TABS[(TABS.indexOf(state.tab) + step + TABS.length) % TABS.length];
  showTab(next);
  $(`tab-${next}`).focus();
}

function drawer(open) {
  document.body.classList.toggle("drawer-open", open);
  $("drawer-open").setAttribute("aria-expanded", String(open));
}

/** place: {tab?, as?, channel?: name, thread?: ts, home?: true, dm?: true, ticket?: id, type?: composer text}; `as` first, then the rest. */
async function visit(place) {
  if (window.matchMedia("(max-width: 760px)").matches) emit("fold-tour");
  showTab(place.tab ?? "workspace");
  if (place.as) await actAs(place.as, false);
  if (place.ticket) return openTicket(place.ticket);
  if (place.home) return openHome();
  const channel = place.dm ? appChannel(state.seat.apps[0]) : channelByName(place.channel ?? "");
  if (channel) await openChannel(channel.id, place.thread ?? "");
  if (place.type) startTyping(place.type);
}

function startTyping(text) {
  const area = document.querySelector("[data-testid=composer]");
  area.value = text;
  area.focus();
}

function remember() {
  const words = new URLSearchParams({ as: state.as, tab: state.tab });
  if (state.home) words.set("home", "1");
  else if (state.channel) words.set("channel", state.channel);
  if (state.thread) words.set("thread", state.thread);
  history.replaceState(null, "", `#${words}`);
}

async function start() {
  const asked = new URLSearchParams(location.hash.slice(1));
  const world = await api.world();
  if (!good(world)) return;
  state.world = world;
  const wanted = world.people.find((one) => one.id === asked.get("as"));
  await actAs(wanted?.id ?? world.default, false);
  showTab(asked.get("tab") ?? "workspace");
  if (asked.get("home")) await openHome();
  else {
    const known = state.seat.channels.some((one) => one.id === asked.get("channel"));
    await openChannel(known ? asked.get("channel") : firstChannel(), known ? (asked.get("thread") ?? "") : "");
  }
  on("place", remember);
  emit("start");
  document.body.dataset.ready = "true";
}

for (const tab of TABS) $(`tab-${tab}`).addEventListener("click", () => showTab(tab));
$("tabs").addEventListener("keydown", tabKeys);
$("person-switch").addEventListener("click", choosePerson);
$("drawer-open").append(icon("menu"));
$("drawer-open").addEventListener("click", () => drawer(!document.body.classList.contains("drawer-open")));
$("skip").addEventListener("click", (event) => {
  event.preventDefault();
  const place = state.tab !== "workspace" ? state.tab : state.home ? "home-body" : "messages";
  $(place).tabIndex = -1;
  $(place).focus();
});
$("shade").addEventListener("click", () => drawer(false));
on("place", () => drawer(false));
on("stale-seat", staleSeat);
on("visit", visit);
const desk = new EventSource("/sandbox/helpdesk/stream");
desk.addEventListener("message", () => emit("helpdesk"));
start();
