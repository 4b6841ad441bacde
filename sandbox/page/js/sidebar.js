/** Channels, direct messages and apps, with what is unread. */
import { fill, h, icon } from "./dom.js";
import { keepingFocus } from "./focus.js";
import { avatar } from "./avatar.js";
import { undisturbed } from "./press.js";
import { emit, on, state } from "./state.js";

const node = document.getElementById("sidebar");

function badge(channel) {
  if (channel.mentions > 0 || (channel.is_im && channel.unread > 0)) {
    const count = channel.mentions || channel.unread;
    return h("span", { class: "badge", testid: `mentions-${channel.name}`, "aria-label": `${count} for you` }, count);
  }
  return null;
}

function row({ testid, lead, text, current, unread, tail, choose, note }) {
  return h(
    "button",
    {
      class: `row ${unread ? "unread" : ""} ${current ? "current" : ""}`,
      type: "button",
      testid,
      title: note,
      "aria-current": current ? "page" : undefined,
      on: { click: choose },
    },
    h("span", { class: "lead" }, lead),
    h("span", { class: "row-text" }, text, unread ? h("span", { class: "visually-hidden" }, " (unread)") : null),
    tail,
  );
}

function channelRow(channel) {
  const lead = channel.is_im
    ? avatar({ id: channel.id, name: channel.name, app: true }, "small")
    : icon(channel.is_private ? "lock" : "hash");
  const current = !state.home && state.channel === channel.id;
  return row({
    testid: `channel-${channel.name}`,
    lead,
    text: channel.name,
    note: channel.topic,
    current,
    unread: channel.unread > 0 && !current,
    tail: badge(channel),
    choose: () => emit("go-channel", channel.id),
  });
}

function appRow(app) {
  return row({
    testid: `app-home-${app.name}`,
    lead: avatar({ id: app.user_id, name: app.name, app: true }, "small"),
    text: app.name,
    current: state.home,
    tail: h("span", { class: "row-note" }, "Home"),
    choose: () => emit("go-home", app.user_id),
  });
}

const byName = (one, other) => one.name.localeCompare(other.name);

function group(title, rows) {
  if (!rows.length) return null;
  return h("section", { class: "group" }, h("h2", {}, title), rows);
}

function draw() {
  const { channels, team, apps } = state.seat;
  const joined = channels.filter((one) => !one.is_im && one.is_member).sort(byName);
  const others = channels.filter((one) => !one.is_im && !one.is_member && !one.is_private).sort(byName);
  const direct = channels.filter((one) => one.is_im).sort(byName);
  fill(
    node,
    h("div", { class: "team" }, h("strong", {}, team.name ?? "Workspace"), h("small", {}, "Sandbox workspace")),
    h(
      "nav",
      { "aria-label": "Channels" },
      group("Channels", joined.map(channelRow)),
      group("Other channels", others.map(channelRow)),
      group("Direct messages", direct.map(channelRow)),
      group("Apps", apps.map(appRow)),
    ),
  );
}

const unpressed = undisturbed(node);
for (const change of ["seat", "place"]) on(change, () => unpressed(() => keepingFocus(draw)));
