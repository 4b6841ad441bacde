/** Short notices over the window, read out by screen readers. */
import { h, icon } from "./dom.js";

const SHOWN_MS = { info: 3000, hint: 8000, error: 8000 };
/** What a person's act comes to while no bot is there to take it. */
const AWAY = new Set(["no_connection", "connection_failed", "connection_closed"]);
const WAIT = "The bot is not running at the moment. Press again once its light is green.";

/** `more` is {text, press}: one thing to do about it. */
export function toast(text, kind = "info", more = null) {
  const host = document.getElementById("toasts");
  const close = h("button", { class: "quiet", type: "button", "aria-label": "Dismiss" }, icon("close"));
  const press = () => [more.press(), note.remove()];
  const button = more ? h("button", { class: "button", type: "button", testid: "toast-more", on: { click: press } }, more.text) : null;
  const note = h(
    "div",
    { class: `toast ${kind}`, testid: "toast", role: kind === "error" ? "alert" : "status" },
    kind === "error" ? icon("warn") : null,
    h("span", {}, text),
    button,
    close,
  );
  close.addEventListener("click", () => note.remove());
  if (kind !== "error") host.querySelectorAll(`.toast.${kind}`).forEach((older) => older.remove());
  host.append(note);
  setTimeout(() => note.remove(), SHOWN_MS[kind]);
}

/** Says what went wrong, and what to do when it is only that the bot is away. */
export function trouble(answer, usual) {
  const words = answer.error ?? usual;
  toast(AWAY.has(answer.status) ? `${words} ${WAIT}` : words, "error");
}

/** Shows what went wrong, if anything did; true when the answer is good. */
export function good(answer) {
  if (answer.ok === false) {
    trouble(answer, "That did not work.");
    return false;
  }
  return true;
}
