/** Times as a person reads them, in the reader's own zone. */

const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const long = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });
const date = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", year: "numeric" });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "medium" });

export const fromTs = (ts) => new Date(Number.parseFloat(ts) * 1000);
export const timeOf = (moment) => clock.format(moment);
export const fullTime = (moment) => full.format(moment);
/** With the seconds; takes what `moment` takes. */
export const exactTime = (value) => moment(value).toLocaleTimeString();
export const dayKey = (moment) => moment.toDateString();

function daysAgo(moment) {
  const start = (value) => new Date(value.getFullYear(), value.getMonth(), value.getDate()).getTime();
  return Math.round((start(new Date()) - start(moment)) / 86_400_000);
}

export function dayTitle(moment) {
  return { 0: "Today", 1: "Yesterday" }[daysAgo(moment)] ?? long.format(moment);
}

/** Accepts ISO text, seconds or milliseconds since 1970. */
export function moment(value) {
  if (typeof value === "number") return new Date(value < 1e11 ? value * 1000 : value);
  return new Date(value);
}

export function when(value) {
  if (value === null || value === undefined || value === "") return "";
  const at = moment(value);
  if (Number.isNaN(at.getTime())) return String(value);
  return daysAgo(at) === 0 ? timeOf(at) : `${date.format(at)}, ${timeOf(at)}`;
}

function pretty(at) {
  return { 0: "today", 1: "yesterday", [-1]: "tomorrow" }[daysAgo(at)];
}

function numbers(at) {
  const two = (number) => String(number).padStart(2, "0");
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** `<!date^seconds^format|fallback>`; a date that cannot be read shows its fallback. */
export function slackDate(seconds, format, fallback) {
  const at = new Date(Number(seconds) * 1000);
  if (!format || Number.isNaN(at.getTime())) return fallback ?? "";
  const names = {
    "{date_num}": numbers(at),
    "{date}": date.format(at),
    "{date_short}": date.format(at),
    "{date_long}": long.format(at),
    "{date_pretty}": pretty(at) ?? date.format(at),
    "{date_short_pretty}": pretty(at) ?? date.format(at),
    "{date_long_pretty}": pretty(at) ?? long.format(at),
    "{time}": timeOf(at),
    "{time_secs}": at.toLocaleTimeString(),
    "{ago}": `${Math.max(0, Math.round((Date.now() - at.getTime()) / 60_000))} minutes ago`,
  };
  return format.replace(/\{[a-z_]+\}/g, (token) => names[token] ?? token);
}
