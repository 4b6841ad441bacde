/** Slack's mrkdwn to DOM nodes. Entities are decoded last, inside text nodes, so nothing in a message becomes markup. */
import { h } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { channelById, nameOf, state } from "./state.js";
import { slackDate } from "./times.js";

const INLINE = new RegExp(
  [
    "`([^`\\n]+)`",
    "<([^<>\\n]+)>",
    "(?<![\\w*])\\*(?=[^\\s*])([^*\\n]*[^\\s*]|[^\\s*])\\*(?![\\w*])",
    "(?<![\\w_])_(?=[^\\s_])([^_\\n]*[^\\s_]|[^\\s_])_(?![\\w_])",
    "(?<![\\w~])~(?=[^\\s~])([^~\\n]*[^\\s~]|[^\\s~])~(?![\\w~])",
    "(https?://[^\\s<>|*`]+[^\\s<>|*`.,;:!?)\\]'\"])",
  ].join("|"),
  "g",
);

const LIST = /^(\s*)(?:([•◦▪\-*])|(\d+)[.)])\s+(.*)$/u;

export function decode(text) {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

export function encode(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

const leaf = (text) => document.createTextNode(withEmoji(decode(text)));

function link(target, label) {
  const safe = /^(https?:|mailto:|tel:)/i.test(target);
  if (!safe) return leaf(label ?? target);
  const shown = label ?? target.replace(/^(mailto|tel):/i, "");
  return h("a", { href: decode(target), target: "_blank", rel: "noopener noreferrer" }, leaf(shown));
}

function special(body, label) {
  const [name, ...rest] = body.split("^");
  if (name === "date") return document.createTextNode(slackDate(rest[0], rest[1], label));
  if (["here", "channel", "everyone"].includes(name)) return h("span", { class: "mention loud" }, `@${name}`);
  if (name === "subteam") return h("span", { class: "mention" }, leaf(label ?? rest[0] ?? "group"));
  return leaf(label ?? name);
}

export function reference(inner) {
  const bar = inner.indexOf("|");
  const target = bar < 0 ? inner : inner.slice(0, bar);
  const label = bar < 0 ? undefined : inner.slice(bar + 1);
  if (target.startsWith("@")) {
    const id = target.slice(1);
    return h("span", { class: id === state.as ? "mention me" : "mention" }, "@", nameOf(id));
  }
  if (target.startsWith("#")) {
    const channel = channelById(target.slice(1));
    const data = { goto: target.slice(1) };
    return h("button", { class: "mention channel-ref", type: "button", data }, "#", channel?.name ?? label ?? "private-channel");
  }
  if (target.startsWith("!")) return special(target.slice(1).replace(/^subteam\^/, "subteam^"), label);
  return link(target, label);
}

const STYLES = [["code", 1], [null, 2], ["strong", 3], ["em", 4], ["s", 5], [null, 6]];

function styled(match) {
  for (const [tag, group] of STYLES) {
    if (match[group] === undefined) continue;
    if (group === 2) return reference(match[2]);
    if (group === 6) return link(match[6]);
    if (group === 1) return h("code", {}, decode(match[1]));
    return h(tag, {}, inline(match[group]));
  }
  return leaf(match[0]);
}

export function inline(text) {
  const nodes = [];
  let end = 0;
  for (const match of text.matchAll(INLINE)) {
    if (match.index > end) nodes.push(leaf(text.slice(end, match.index)));
    nodes.push(styled(match));
    end = match.index + match[0].length;
  }
  if (end < text.length) nodes.push(leaf(text.slice(end)));
  return nodes;
}

function kindOf(line) {
  if (/^(&gt;|>)/.test(line)) return "quote";
  const list = LIST.exec(line);
  if (list) return list[3] ? "ol" : "ul";
  return "text";
}

function textLines(lines) {
  return lines.flatMap((line, index) => (index ? [h("br"), ...inline(line)] : inline(line)));
}

function listNode(tag, lines) {
  const items = lines.map((line) => LIST.exec(line));
  const start = tag === "ol" ? items[0][3] : undefined;
  return h(tag, { start }, items.map((item) => h("li", { class: item[1].length > 1 ? "deep" : "" }, inline(item[4]))));
}

function block(kind, lines) {
  if (kind === "quote") return h("blockquote", {}, textLines(lines.map((line) => line.replace(/^(&gt;|>)\s?/, ""))));
  if (kind === "ul" || kind === "ol") return listNode(kind, lines);
  return h("p", {}, textLines(lines));
}

function blocks(text) {
  const nodes = [];
  let kind = null;
  let held = [];
  const flush = () => {
    if (held.some((line) => line.trim())) nodes.push(block(kind, held));
    held = [];
  };
  for (const line of text.split("\n")) {
    const next = kindOf(line);
    if (next !== kind || (next === "text" && !line.trim())) flush();
    kind = next;
    if (next !== "text" || line.trim()) held.push(line);
  }
  flush();
  return nodes;
}

export function mrkdwn(text) {
  const parts = (text ?? "").split(/```\n?([\s\S]*?)\n?```/);
  const nodes = parts.flatMap((part, index) => (index % 2 ? [h("pre", {}, decode(part))] : blocks(part)));
  return h("div", { class: "mrkdwn" }, nodes);
}

/** A text object of either type, as Block Kit has them. */
export function textObject(text) {
  if (!text) return null;
  if (text.type === "mrkdwn") return mrkdwn(text.text);
  return h("span", { class: "plain" }, text.emoji === false ? decode(text.text) : withEmoji(decode(text.text)));
}

export function plain(text) {
  return text ? withEmoji(decode(text.text ?? "")) : "";
}
