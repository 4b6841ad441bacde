/** Block Kit to DOM. `place` says where the blocks stand; `form` collects input blocks of a view. */
import { h } from "./dom.js";
import { element, imageFallback, whileTyping } from "./elements.js";
import { choice } from "./inputs.js";
import { mrkdwn, plain, textObject } from "./mrkdwn.js";
import { richText } from "./richtext.js";

function section(block, place) {
  const fields = (block.fields ?? []).map((field) => h("div", { class: "fact" }, textObject(field)));
  return h(
    "div",
    { class: `section ${block.accessory ? "with-accessory" : ""}` },
    h(
      "div",
      { class: "section-text" },
      block.text ? textObject(block.text) : null,
      fields.length ? h("div", { class: "facts" }, fields) : null,
    ),
    block.accessory ? h("div", { class: "accessory" }, element(block.accessory, block, place)) : null,
  );
}

function context(block) {
  const one = (item) => (item.type === "image" ? imageFallback(item) : textObject(item));
  return h("div", { class: "context" }, block.elements.map(one));
}

function actions(block, place) {
  return h("div", { class: "actions", role: "group" }, block.elements.map((one) => element(one, block, place)));
}

function image(block) {
  return h("figure", {}, block.title ? h("figcaption", {}, plain(block.title)) : null, imageFallback(block));
}

let fields = 0;

function input(block, place, form) {
  const id = `input-${(fields += 1)}`;
  const node = choice(block.element, `field-${block.block_id}`);
  node.id = id;
  node.setAttribute("aria-describedby", `${id}-hint ${id}-error`);
  if (!block.optional) node.setAttribute("aria-required", "true");
  const error = h("div", { class: "field-error", id: `${id}-error`, role: "alert", testid: `error-${block.block_id}` });
  form?.set(block.block_id, { block, node, error });
  if (block.dispatch_action) node.addEventListener("input", whileTyping(block, place, node));
  return h(
    "div",
    { class: "input" },
    h("label", { for: id }, plain(block.label), block.optional ? h("small", {}, " (optional)") : null),
    node,
    h("div", { class: "hint", id: `${id}-hint` }, block.hint ? plain(block.hint) : ""),
    error,
  );
}

const DRAWN = {
  section,
  context,
  actions,
  input,
  image,
  header: (block) => h("h3", { class: "header" }, plain(block.text)),
  divider: () => h("hr"),
  markdown: (block) => mrkdwn(block.text.replaceAll("**", "*")),
  rich_text: richText,
};

export function blocks(list, place, form) {
  return list.map((block) => {
    const draw = DRAWN[block.type];
    const node = draw ? draw(block, place, form) : h("div", { class: "unknown" }, `[${block.type} block]`);
    node.dataset.block = block.block_id ?? "";
    return node;
  });
}
