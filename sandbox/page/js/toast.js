/** Short notices over the window, read out by screen readers. */
import { h, icon } from "./dom.js";

const SHOWN_MS = { info: 3000, hint: 8000, error: 8000 };
/** What a person's act came to that did not reach the bot; the code stands in the log under Faults. */
const AWAY = "The bot is not running at the moment. Press again once its light is green.";
const LATE = "The bot did not answer in time. Try again.";
const REFUSED = "The bot did not take it. Try again.";
const TOLD = {
  no_connection: AWAY,
  connection_failed: AWAY,
  connection_closed: AWAY,
  http_timeout: LATE,
  timeout: LATE,
  lost: LATE,
};

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

/** Says what went wrong, and what to do; an answer with a status is that of an act which was delivered to the bot. */
export function trouble(answer, usual) {
  toast(answer.status ? (TOLD[answer.status] ?? REFUSED) : (answer.error ?? usual), "error");
}

/** Shows what went wrong, if anything did; true when the answer is good. */
export function good(answer) {
  if (answer.ok === false) {
    trouble(answer, "That did not work.");
    return false;
  }
  return true;
}
