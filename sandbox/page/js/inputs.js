/** Elements a person fills in, and the state Slack would send for each. */
import { h } from "./dom.js";
import { plain } from "./mrkdwn.js";
import { state } from "./state.js";

const optionsOf = (element) => element.options ?? (element.option_groups ?? []).flatMap((group) => group.options);
const same = (one, other) => one && other && one.value === other.value;

const people = () =>
  state.seat.people
    .filter((one) => !one.is_bot && !one.deleted)
    .map((one) => ({ value: one.id, text: { type: "plain_text", text: one.real_name || one.name } }));

const channels = () =>
  state.seat.channels
    .filter((one) => !one.is_im)
    .map((one) => ({ value: one.id, text: { type: "plain_text", text: `#${one.name}` } }));

function listed(element) {
  if (element.type.endsWith("users_select")) return people();
  if (element.type.endsWith("channels_select") || element.type.endsWith("conversations_select")) return channels();
  return optionsOf(element);
}

function initial(element) {
  const one = element.initial_user ?? element.initial_channel ?? element.initial_conversation;
  if (one) return [one];
  const many = element.initial_users ?? element.initial_options ?? [element.initial_option].filter(Boolean);
  return many.map((item) => item.value ?? item);
}

function options(element) {
  const chosen = new Set(initial(element));
  const one = (item) => h("option", { value: item.value, selected: chosen.has(item.value) }, plain(item.text));
  if (element.option_groups) {
    return element.option_groups.map((group) => h("optgroup", { label: plain(group.label) }, group.options.map(one)));
  }
  return listed(element).map(one);
}

function select(element, testid) {
  const many = element.type.startsWith("multi_");
  const label = plain(element.placeholder) || "Choose";
  const node = h("select", { class: "select", testid, multiple: many, "aria-label": label });
  const chosen = initial(element).length > 0;
  if (!many) node.append(h("option", { value: "", selected: !chosen, disabled: element.type === "static_select" }, label));
  node.append(...options(element));
  return node;
}

let groups = 0;

function ticks(element, testid) {
  const kind = element.type === "checkboxes" ? "checkbox" : "radio";
  const name = `choice-${(groups += 1)}`;
  const chosen = [...(element.initial_options ?? []), element.initial_option].filter(Boolean);
  const one = (option, index) =>
    h(
      "label",
      { class: "tick" },
      h("input", {
        type: kind,
        name,
        value: option.value,
        checked: chosen.some((item) => same(item, option)),
        testid: `${testid}-${index}`,
      }),
      h("span", {}, plain(option.text), option.description ? h("small", {}, plain(option.description)) : null),
    );
  return h("div", { class: "ticks", role: kind === "radio" ? "radiogroup" : "group", testid }, element.options.map(one));
}

const picker = (type, initialKey) => (element, testid) =>
  h("input", { class: "field", type, testid, value: element[initialKey] ?? "", "aria-label": plain(element.placeholder) || undefined });

function text(element, testid) {
  const shared = {
    class: "field",
    testid,
    value: element.initial_value ?? "",
    placeholder: plain(element.placeholder) || undefined,
    maxlength: element.max_length,
    minlength: element.min_length,
    autofocus: element.focus_on_load,
  };
  if (element.multiline) return h("textarea", { ...shared, rows: 5 });
  const kinds = { email_text_input: "email", url_text_input: "url", number_input: "number" };
  const step = element.type === "number_input" && element.is_decimal_allowed ? "any" : undefined;
  return h("input", { ...shared, type: kinds[element.type] ?? "text", step });
}

const MAKERS = {
  plain_text_input: text,
  email_text_input: text,
  url_text_input: text,
  number_input: text,
  radio_buttons: ticks,
  checkboxes: ticks,
  datepicker: picker("date", "initial_date"),
  timepicker: picker("time", "initial_time"),
};

export const choice = (element, testid) => (MAKERS[element.type] ?? select)(element, testid);

const ticked = (node) => [...node.querySelectorAll("input:checked")].map((one) => one.value);
const pick = (element, value) => optionsOf(element).find((option) => option.value === value) ?? null;
const selected = (node) => [...node.selectedOptions].map((one) => one.value).filter(Boolean);

const STATES = {
  plain_text_input: (_, node) => ({ value: node.value || null }),
  email_text_input: (_, node) => ({ value: node.value || null }),
  url_text_input: (_, node) => ({ value: node.value || null }),
  number_input: (_, node) => ({ value: node.value || null }),
  radio_buttons: (element, node) => ({ selected_option: pick(element, ticked(node)[0]) }),
  checkboxes: (element, node) => ({ selected_options: ticked(node).map((value) => pick(element, value)) }),
  datepicker: (_, node) => ({ selected_date: node.value || null }),
  timepicker: (_, node) => ({ selected_time: node.value || null }),
  static_select: (element, node) => ({ selected_option: pick(element, node.value) }),
  multi_static_select: (element, node) => ({ selected_options: selected(node).map((value) => pick(element, value)) }),
  users_select: (_, node) => ({ selected_user: node.value || null }),
  multi_users_select: (_, node) => ({ selected_users: selected(node) }),
  channels_select: (_, node) => ({ selected_channel: node.value || null }),
  conversations_select: (_, node) => ({ selected_conversation: node.value || null }),
};

/** What the element holds, without its type: `{value}`, `{selected_option}` and so on. */
export const choiceState = (element, node) => (STATES[element.type] ?? (() => ({})))(element, node);

export const elementState = (element, node) => ({ type: element.type, ...choiceState(element, node) });

export function isEmpty(element, node) {
  return Object.values(choiceState(element, node)).every((held) => held === null || held?.length === 0);
}
