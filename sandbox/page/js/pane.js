/** A live list of messages: a channel, or one thread of it. */
import { h } from "./dom.js";
import { keepingFocus } from "./focus.js";
import { authorOf, messageNode } from "./message.js";
import { undisturbed } from "./press.js";
import { dayKey, dayTitle, fromTs } from "./times.js";

const SAME_BREATH_SECONDS = 300;
const NEAR_END_PX = 120;

function follows(message, before) {
  if (!before || before.ephemeral !== message.ephemeral || message.ephemeral) return false;
  const near = Number.parseFloat(message.ts) - Number.parseFloat(before.ts) < SAME_BREATH_SECONDS;
  const plain = !message.blocks?.length && !before.blocks?.length;
  return near && plain && authorOf(message).id === authorOf(before).id;
}

export class Pane {
  /** node: the scrolling element; options: {inThread, empty} */
  constructor(node, { inThread = false, empty = "" } = {}) {
    this.node = node;
    this.inThread = inThread;
    this.empty = empty;
    this.channel = "";
    this.known = new Map();
    this.undisturbed = undisturbed(node);
  }

  show(channel, messages) {
    this.channel = channel;
    this.known = new Map(messages.map((message) => [message.ts, message]));
    this.draw();
    this.node.scrollTop = 0;
    this.toEnd();
  }

  has(ts) {
    return this.known.has(ts);
  }

  put(message) {
    const before = this.known.get(message.ts);
    const after = { ...before, ...message };
    if (JSON.stringify(before) === JSON.stringify(after)) return;
    this.known.set(message.ts, after);
    this.undisturbed(() => this.drawPut(message.ts));
  }

  drawPut(ts) {
    const stays = this.isNearEnd();
    if (this.find(ts)) this.replace(ts);
    else this.draw();
    if (stays) this.toEnd();
  }

  drop(ts) {
    if (this.known.delete(ts)) this.undisturbed(() => this.draw());
  }

  ordered() {
    return [...this.known.values()].sort((one, other) => (one.ts < other.ts ? -1 : 1));
  }

  replace(ts) {
    const old = this.find(ts);
    const list = this.ordered();
    const index = list.findIndex((message) => message.ts === ts);
    if (index >= 0) keepingFocus(() => old?.replaceWith(this.draft(list[index], list[index - 1])));
  }

  draft(message, before) {
    const options = { channel: this.channel, inThread: this.inThread, follows: follows(message, before) };
    return messageNode(message, options);
  }

  draw() {
    const nodes = [];
    let day = "";
    let before = null;
    for (const message of this.ordered()) {
      const key = dayKey(fromTs(message.ts));
      if (key !== day && !this.inThread) {
        nodes.push(h("div", { class: "day", role: "separator" }, h("span", {}, dayTitle(fromTs(message.ts)))));
        before = null;
      }
      nodes.push(this.find(message.ts) ?? this.draft(message, before));
      day = key;
      before = message;
    }
    if (!nodes.length) nodes.push(h("p", { class: "empty" }, this.empty));
    keepingFocus(() => this.lay(nodes));
  }

  /** What stays is not touched: taken out and put back, it would lose the focus and its cursor. */
  lay(nodes) {
    const wanted = new Set(nodes);
    for (const one of [...this.node.childNodes]) if (!wanted.has(one)) one.remove();
    nodes.forEach((one, index) => {
      const there = this.node.childNodes[index];
      if (there !== one) this.node.insertBefore(one, there ?? null);
    });
  }

  redraw() {
    const anew = () => {
      this.node.replaceChildren();
      this.draw();
    };
    this.undisturbed(() => keepingFocus(anew));
  }

  isNearEnd() {
    return this.node.scrollHeight - this.node.scrollTop - this.node.clientHeight < NEAR_END_PX;
  }

  find(ts) {
    return this.node.querySelector(`[data-ts="${CSS.escape(ts)}"]`);
  }

  isInView(ts) {
    const place = this.node.getBoundingClientRect();
    const message = this.find(ts)?.getBoundingClientRect();
    return Boolean(message) && message.top >= place.top - 1 && message.top < place.bottom - 40;
  }

  lookAt(ts) {
    const message = this.find(ts);
    message?.scrollIntoView({ block: message.offsetHeight > this.node.clientHeight ? "start" : "center" });
    message?.focus({ preventScroll: true });
  }

  /** The end, but not past the beginning of the last message while that is still to be read. */
  toEnd() {
    const last = this.node.lastElementChild;
    const top = last ? last.getBoundingClientRect().top - this.node.getBoundingClientRect().top : 0;
    const room = this.node.scrollHeight - this.node.clientHeight - this.node.scrollTop;
    this.node.scrollTop += top < -1 ? room : Math.min(room, top);
  }
}
