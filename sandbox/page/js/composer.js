/** Where a person writes: text, mentions with "@", slash commands with "/". */
import { fill, h, icon } from "./dom.js";
import { act } from "./api.js";
import { emit, state } from "./state.js";
import { good, toast } from "./toast.js";

const MAX_SUGGESTIONS = 8;

function commandSuggestions(text) {
  if (!/^\/\S*$/.test(text)) return [];
  return state.seat.commands
    .filter((one) => one.command.startsWith(text))
    .map((one) => ({ insert: `${one.command} `, from: 0, text: one.command, hint: one.usage_hint, note: one.description }));
}

function mentionSuggestions(text, caret) {
  const found = /(^|\s)@([\p{L}\p{N}._-]*)$/u.exec(text.slice(0, caret));
  if (!found) return [];
  const start = found[2].toLowerCase();
  const people = state.seat.people.filter((one) => !one.is_bot && !one.deleted);
  const apps = state.seat.apps.map((app) => ({ id: app.user_id, real_name: app.name, title: "App" }));
  return [...apps, ...people]
    .filter((one) => (one.real_name || one.name).toLowerCase().includes(start))
    .map((one) => {
      const name = one.real_name || one.name;
      return { insert: `@${name} `, from: caret - found[2].length - 1, text: `@${name}`, note: one.title };
    });
}

/** Names become mentions as Slack's client makes them; the workspace escapes the rest. */
export function typed(text) {
  const apps = state.seat.apps.map((app) => ({ id: app.user_id, real_name: app.name }));
  const known = [...apps, ...state.seat.people].sort((a, b) => (b.real_name ?? "").length - (a.real_name ?? "").length);
  return known.reduce(
    (sofar, one) => (one.real_name ? sofar.replaceAll(`@${one.real_name}`, `<@${one.id}>`) : sofar),
    text,
  );
}

export class Composer {
  /** options: {testid, label, commands: whether slash commands work here, place: () => {channel, thread?}} */
  constructor({ testid, label, commands, place }) {
    this.commands = commands;
    this.place = place;
    this.drafts = new Map();
    this.spot = "";
    this.suggested = [];
    this.active = 0;
    this.list = h("div", { class: "suggestions", role: "listbox", id: `${testid}-list`, "aria-label": "Suggestions", hidden: true });
    this.area = h("textarea", {
      rows: 1,
      testid,
      "aria-label": label,
      role: "combobox",
      "aria-expanded": "false",
      "aria-controls": `${testid}-list`,
      "aria-autocomplete": "list",
      on: { input: () => this.changed(), keydown: (event) => this.key(event), blur: () => this.suggest([]) },
    });
    const button = h(
      "button",
      { class: "send", type: "button", testid: `${testid}-send`, "aria-label": "Send", on: { click: () => this.send() } },
      icon("send"),
    );
    this.node = h("div", { class: "composer" }, this.list, h("div", { class: "composer-box" }, this.area, button));
  }

  label(text) {
    this.area.placeholder = text;
    this.area.setAttribute("aria-label", text);
  }

  /** Each person's unsent words stay with that person and that place. */
  recall() {
    const spot = JSON.stringify([state.as, this.place()]);
    if (spot === this.spot) return this.fit();
    this.drafts.set(this.spot, this.area.value);
    this.spot = spot;
    this.area.value = this.drafts.get(spot) ?? "";
    this.changed();
    this.suggest([]);
  }

  /** What is out of sight has no height to measure, so this is done again once it is in view. */
  fit() {
    this.area.style.height = "auto";
    this.area.style.height = `${Math.min(this.area.scrollHeight, 180)}px`;
  }

  changed() {
    this.fit();
    const text = this.area.value;
    const commands = this.commands ? commandSuggestions(text) : [];
    this.suggest(commands.length ? commands : mentionSuggestions(text, this.area.selectionStart));
  }

  suggest(items) {
    this.suggested = items.slice(0, MAX_SUGGESTIONS);
    this.active = 0;
    this.list.hidden = !this.suggested.length;
    this.area.setAttribute("aria-expanded", String(this.suggested.length > 0));
    this.drawSuggestions();
  }

  drawSuggestions() {
    const one = (item, index) =>
      h(
        "div",
        {
          class: "suggestion",
          role: "option",
          id: `${this.list.id}-${index}`,
          testid: `suggestion-${index}`,
          "aria-selected": String(index === this.active),
          on: { pointerdown: (event) => this.take(item, event) },
        },
        h("strong", {}, item.text),
        item.hint ? h("code", {}, item.hint) : null,
        item.note ? h("small", {}, item.note) : null,
      );
    fill(this.list, this.suggested.map(one));
    const active = this.suggested.length ? `${this.list.id}-${this.active}` : "";
    this.area.setAttribute("aria-activedescendant", active);
  }

  take(item, event) {
    event?.preventDefault();
    const rest = this.area.value.slice(this.area.selectionStart);
    this.area.value = this.area.value.slice(0, item.from) + item.insert + rest;
    this.area.focus();
    this.suggest([]);
  }

  key(event) {
    if (this.suggested.length && this.suggestionKey(event)) return;
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.send();
    }
  }

  suggestionKey(event) {
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    const finished = this.suggested[this.active].insert.trim() === this.area.value.trim();
    if (event.key in steps) {
      this.active = (this.active + steps[event.key] + this.suggested.length) % this.suggested.length;
      this.drawSuggestions();
    } else if (event.key === "Escape") this.suggest([]);
    else if (event.key === "Tab" || (event.key === "Enter" && !finished)) this.take(this.suggested[this.active]);
    else return false;
    event.preventDefault();
    return true;
  }

  async send() {
    const text = this.area.value.trim();
    const command = /^(\/\S+)(?:\s+([\s\S]*))?$/.exec(text);
    if (!text) return;
    if (command && !this.commands) {
      toast("Slash commands do not work in threads. Mention the app here instead.", "error");
      return;
    }
    const what = command
      ? { act: "command", command: command[1], text: command[2] ?? "", ...this.place() }
      : { act: "post", text: typed(text), ...this.place() };
    this.area.value = "";
    this.changed();
    const answer = await act(state.as, what);
    if (!good(answer)) {
      this.area.value = this.area.value || text;
      return;
    }
    if (answer.view) emit("view", answer.view);
  }
}
