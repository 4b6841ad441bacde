/** What the page knows, and who wants to hear when it changes. */

export const state = {
  world: { team: {}, people: [], default: "" },
  as: "",
  seat: { team: {}, me: null, people: [], channels: [], commands: [], shortcuts: [], apps: [] },
  tab: "workspace",
  channel: "",
  thread: "",
  home: false,
  bot: { state: "unknown" },
};

const listeners = new Map();

export function on(topic, listener) {
  if (!listeners.has(topic)) listeners.set(topic, []);
  listeners.get(topic).push(listener);
}

export function emit(topic, detail) {
  for (const listener of listeners.get(topic) ?? []) listener(detail);
}

export function person(id) {
  return state.seat.people.find((one) => one.id === id) ?? state.world.people.find((one) => one.id === id);
}

export function nameOf(id) {
  const app = state.seat.apps.find((one) => one.user_id === id);
  if (app) return app.name;
  const found = person(id);
  return found ? found.real_name || found.name : id;
}

export function isApp(id) {
  return state.seat.apps.some((one) => one.user_id === id) || Boolean(person(id)?.is_bot);
}

export const channelById = (id) => state.seat.channels.find((one) => one.id === id);
export const channelByName = (name) => state.seat.channels.find((one) => one.name === name);


/** The direct conversation between the acting person and the app, once it exists. */
export function appChannel(app) {
  return state.seat.channels.find((one) => one.is_im && one.name === app.name);
}
