/** Short notices at the foot of the window, read out by screen readers. */
import { h, icon } from "./dom.js";

const SHOWN_MS = { info: 3000, error: 8000 };

export function toast(text, kind = "info") {
  const host = document.getElementById("toasts");
  const close = h("button", { class: "quiet", type: "button", "aria-label": "Dismiss" }, icon("close"));
  const note = h(
    "div",
    { class: `toast ${kind}`, testid: "toast", role: kind === "error" ? "alert" : "status" },
    kind === "error" ? icon("warn") : null,
    h("span", {}, text),
    close,
  );
  close.addEventListener("click", () => note.remove());
  if (kind === "info") host.querySelectorAll(".toast.info").forEach((older) => older.remove());
  host.append(note);
  setTimeout(() => note.remove(), SHOWN_MS[kind]);
}

/** Shows what went wrong, if anything did; true when the answer is good. */
export function good(answer) {
  if (answer.ok === false) {
    toast(answer.error ?? "That did not work.", "error");
    return false;
  }
  return true;
}
