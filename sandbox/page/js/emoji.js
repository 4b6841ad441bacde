/** The few shortcodes that cards and people here use; an unknown one stays as it was written. */
const EMOJI = {
  white_check_mark: "✅", heavy_check_mark: "✔️", x: "❌", warning: "⚠️", rotating_light: "🚨", bell: "🔔",
  hourglass: "⌛", hourglass_flowing_sand: "⏳", alarm_clock: "⏰", lock: "🔒", unlock: "🔓", key: "🔑",
  moneybag: "💰", credit_card: "💳", money_with_wings: "💸", eyes: "👀", wave: "👋", pray: "🙏", tada: "🎉",
  thumbsup: "👍", "+1": "👍", thumbsdown: "👎", "-1": "👎", smile: "😄", slightly_smiling_face: "🙂", cry: "😢",
  angry: "😠", fire: "🔥", bulb: "💡", book: "📖", books: "📚", memo: "📝", pencil: "✏️", mag: "🔍", link: "🔗",
  speech_balloon: "💬", email: "✉️", phone: "☎️", calendar: "📅", chart_with_upwards_trend: "📈", robot_face: "🤖",
  bust_in_silhouette: "👤", busts_in_silhouette: "👥", raising_hand: "🙋", handshake: "🤝", gear: "⚙️", wrench: "🔧",
  no_entry: "⛔", no_entry_sign: "🚫", octagonal_sign: "🛑", red_circle: "🔴", large_green_circle: "🟢",
  large_yellow_circle: "🟡", large_orange_circle: "🟠", large_blue_circle: "🔵", white_circle: "⚪", arrow_right: "➡️",
  arrow_up: "⬆️", arrow_down: "⬇️", star: "⭐", sparkles: "✨", heart: "❤️", question: "❓", exclamation: "❗",
  information_source: "ℹ️", ticket: "🎫", receipt: "🧾", shield: "🛡️", crown: "👑", seedling: "🌱", zzz: "💤",
};

export function withEmoji(text) {
  return text.replace(/:([a-z0-9_+-]+):/g, (whole, name) => EMOJI[name] ?? whole);
}
