/** Live updates for the acting person; after a break everything shown is read again. */
import { emit, state } from "./state.js";
import { toast } from "./toast.js";

const MESSAGE_KINDS = new Set(["message", "changed", "deleted", "ephemeral"]);
let source = null;

function heard(event) {
  if (MESSAGE_KINDS.has(event.kind)) {
    emit("live-message", event);
    if (event.channel !== state.channel || state.home) emit("stale-seat");
  } else if (event.kind === "view") emit("view", event.view);
  else if (event.kind === "view_closed") emit("view-closed", event.view?.id);
  else if (event.kind === "home") emit("live-home", event.view);
  else if (event.kind === "channels") emit("stale-seat");
  else if (event.kind === "trouble") toast(event.text ?? "Slack: that did not work.", "error");
}

export function listen() {
  source?.close();
  const mine = new EventSource(`/sandbox/slack/stream?as=${encodeURIComponent(state.as)}`);
  let broken = false;
  mine.addEventListener("message", (event) => heard(JSON.parse(event.data)));
  mine.addEventListener("error", () => {
    broken = true;
  });
  mine.addEventListener("open", () => {
    if (broken) {
      emit("stale-seat");
      emit("refresh");
    }
    broken = false;
  });
  source = mine;
}
