/** Interactive Block Kit elements outside input blocks: each sends one click and waits for the answer. */
import { h, icon } from "./dom.js";
import { act } from "./api.js";
import { confirmed } from "./confirm.js";
import { choice, choiceState } from "./inputs.js";
import { openMenu } from "./menu.js";
import { plain } from "./mrkdwn.js";
import { emit, state } from "./state.js";
import { good } from "./toast.js";

const TYPING_RESTS_MS = 120;

/** place: where the element stands: {channel, ts} in a message, {view_id, values()} in a view. */
async function click({ values, ...place }, node, what, confirm) {
  if (node.getAttribute("aria-busy") === "true" || !(await confirmed(confirm))) return;
  node.setAttribute("aria-busy", "true");
  const answer = await act(state.as, { act: "click", ...place, ...what, values: values?.() });
  node.removeAttribute("aria-busy");
  if (good(answer) && answer.view) emit("view", answer.view);
}

function button(element, block, place) {
  const label = plain(element.text);
  const what = { action_id: element.action_id, block_id: block.block_id, value: element.value };
  const press = (event) => {
    if (element.url && /^https?:/i.test(element.url)) window.open(element.url, "_blank", "noopener");
    return click(place, event.currentTarget, what, element.confirm);
  };
  return h(
    "button",
    {
      class: `button ${element.style ?? ""}`,
      type: "button",
      testid: `action-${element.action_id}`,
      "aria-label": element.accessibility_label,
      on: { click: press },
    },
    h("span", { class: "label" }, label),
    element.url ? h("span", { class: "visually-hidden" }, " (opens in a new tab)") : null,
  );
}

function overflow(element, block, place) {
  const choose = (option, anchor) =>
    click(
      place,
      anchor,
      { action_id: element.action_id, block_id: block.block_id, selected_option: option },
      element.confirm,
    );
  const show = (event) => {
    const anchor = event.currentTarget;
    const items = element.options.map((option, index) => ({
      text: plain(option.text),
      note: plain(option.description),
      testid: `option-${index}`,
      choose: () => choose(option, anchor),
    }));
    openMenu(anchor, items, "More");
  };
  return h(
    "button",
    {
      class: "button overflow",
      type: "button",
      "aria-label": "More choices",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      testid: `action-${element.action_id}`,
      on: { click: show },
    },
    icon("more"),
  );
}

function chooser(element, block, place) {
  const node = choice(element, `action-${element.action_id}`);
  node.addEventListener("change", () => {
    const what = { action_id: element.action_id, block_id: block.block_id, ...choiceState(element, node) };
    return click(place, node, what, element.confirm);
  });
  return node;
}

/** Tells the app what stands in an input, once the keys have rested a moment, if it asked to be told. */
export function whileTyping(block, { values, ...place }, node) {
  const { action_id, dispatch_action_config: config } = block.element;
  const what = { action_id, block_id: block.block_id };
  let rest = 0;
  return () => {
    clearTimeout(rest);
    if (!config?.trigger_actions_on?.includes("on_character_entered")) return;
    rest = setTimeout(() => act(state.as, { act: "click", ...place, ...what, value: node.value, values: values?.() }), TYPING_RESTS_MS);
  };
}

const DRAWN = {
  button,
  overflow,
  image: (element) => imageFallback(element),
};

const CHOICES = new Set([
  "static_select", "users_select", "channels_select", "conversations_select",
  "multi_static_select", "multi_users_select", "radio_buttons", "checkboxes", "datepicker", "timepicker",
]);

export function element(one, block, place) {
  if (DRAWN[one.type]) return DRAWN[one.type](one, block, place);
  if (CHOICES.has(one.type)) return chooser(one, block, place);
  return h("span", { class: "unknown" }, `[${one.type}]`);
}

/** The sandbox fetches nothing from elsewhere, so a picture is shown by its description. */
export function imageFallback(image) {
  return h(
    "span",
    { class: "image-fallback", role: "img", "aria-label": image.alt_text },
    icon("image"),
    h("span", {}, image.alt_text || "Image"),
  );
}
