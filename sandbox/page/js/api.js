/** Every request the page makes. */

async function answer(response) {
  const text = await response.text();
  let body;
  try {
    body = text ? JSON.parse(text) : {};
  } catch {
    body = { ok: false, error: `The sandbox answered ${response.status}.` };
  }
  if (!response.ok && body.ok === undefined) body.ok = false;
  if (!response.ok && !body.error) body.error = `The sandbox answered ${response.status}.`;
  return body;
}

export async function get(path, query = {}) {
  const search = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== undefined));
  const address = search.size ? `${path}?${search}` : path;
  try {
    return await answer(await fetch(address, { headers: { Accept: "application/json" } }));
  } catch {
    return { ok: false, error: "The sandbox cannot be reached." };
  }
}

export async function post(path, body = {}) {
  try {
    const response = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    return await answer(response);
  } catch {
    return { ok: false, error: "The sandbox cannot be reached." };
  }
}

export const world = () => get("/sandbox/world");
export const workspace = (as) => get("/sandbox/slack/workspace", { as });
export const messages = (as, channel, thread) => get("/sandbox/slack/messages", { as, channel, thread });
export const frontView = (as) => get("/sandbox/slack/view", { as });
export const home = (as) => get("/sandbox/slack/home", { as });
export const act = (as, what) => post("/sandbox/slack/do", { as, ...what });
