/** The "are you sure" of Block Kit: resolves to true when the person goes on. */
import { h } from "./dom.js";
import { wayBack } from "./focus.js";
import { plain, textObject } from "./mrkdwn.js";

export function confirmed(confirm) {
  if (!confirm) return Promise.resolve(true);
  return new Promise((resolve) => {
    const style = confirm.style === "danger" ? "danger" : "primary";
    const dialog = h("dialog", { class: "dialog confirm", testid: "confirm", "aria-label": plain(confirm.title) });
    const button = (kind, text, testid, value) =>
      h("button", { class: `button ${kind}`, type: "button", testid, on: { click: () => dialog.close(value) } }, text);
    dialog.append(
      h("h2", {}, plain(confirm.title)),
      h("div", { class: "dialog-body" }, textObject(confirm.text)),
      h(
        "div",
        { class: "dialog-foot" },
        button("", plain(confirm.deny) || "Cancel", "confirm-no", "no"),
        button(style, plain(confirm.confirm) || "Yes", "confirm-yes", "yes"),
      ),
    );
    dialog.addEventListener("close", () => {
      dialog.remove();
      back();
      resolve(dialog.returnValue === "yes");
    });
    const back = wayBack();
    document.body.append(dialog);
    dialog.showModal();
  });
}
