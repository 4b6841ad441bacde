/** Slack's rich_text block: sections, lists, quotes and code made of styled runs. */
import { h } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { reference } from "./mrkdwn.js";
import { slackDate } from "./times.js";

const RUNS = {
  text: (run) => lines(run.text),
  link: (run) => [link(run)],
  user: (run) => [reference(`@${run.user_id}`)],
  channel: (run) => [reference(`#${run.channel_id}`)],
  usergroup: () => [h("span", { class: "mention" }, "@group")],
  broadcast: (run) => [h("span", { class: "mention loud" }, `@${run.range}`)],
  emoji: (run) => [withEmoji(`:${run.name}:`)],
  date: (run) => [slackDate(run.timestamp, run.format, run.fallback)],
};

function link({ url, text }) {
  if (!/^(https?:|mailto:|tel:)/i.test(url)) return text || url;
  return h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, text || url);
}

/** The text of a run is plain: it holds no entities and no markup. */
function lines(text) {
  return text.split("\n").flatMap((line, index) => (index ? [h("br"), line] : [line]));
}

const STYLES = [["code", "code"], ["bold", "strong"], ["italic", "em"], ["strike", "s"]];

function run(one) {
  const nodes = (RUNS[one.type] ?? (() => [`[${one.type}]`]))(one);
  return STYLES.reduce((inner, [style, tag]) => (one.style?.[style] ? [h(tag, {}, inner)] : inner), nodes);
}

const runs = (element) => element.elements.map(run);

function list(element) {
  const tag = element.style === "ordered" ? "ol" : "ul";
  const start = tag === "ol" && element.offset ? element.offset + 1 : undefined;
  const items = element.elements.map((item) => h("li", {}, runs(item)));
  return h(tag, { start, class: element.indent ? "deep" : "" }, items);
}

const PARTS = {
  rich_text_section: (element) => h("p", {}, runs(element)),
  rich_text_list: list,
  rich_text_quote: (element) => h("blockquote", {}, runs(element)),
  rich_text_preformatted: (element) => h("pre", {}, runs(element)),
};

export function richText(block) {
  const parts = block.elements.map((element) => (PARTS[element.type] ?? PARTS.rich_text_section)(element));
  return h("div", { class: "mrkdwn" }, parts);
}
