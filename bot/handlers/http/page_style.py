"""How our own page looks: one column, on a phone and on a desk, by day and by night."""

STYLE = """
:root { color-scheme: light dark; --ink: #1b1f24; --soft: #57606a; --line: #d0d7de;
  --ground: #f6f8fa; --sheet: #fff; --good: #11632a; --bad: #b3202a; --link: #0a58ca; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --soft: #9da7b3; --line: #3d444d;
  --ground: #0d1117; --sheet: #161b22; --good: #1f7a37; --bad: #c2323c; --link: #79b8ff; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
main { max-width: 40rem; margin: 1rem auto; padding: 1rem 1.25rem 1.5rem;
  background: var(--sheet); border: 1px solid var(--line); border-radius: .5rem; }
main, blockquote, dd { overflow-wrap: anywhere; }
h1 { font-size: 1.25rem; line-height: 1.3; margin: .25rem 0 1rem; }
p { margin: .5rem 0; }
.context, figcaption { color: var(--soft); font-size: .875rem; }
dl { margin: 0 0 1rem; }
dt { color: var(--soft); font-size: .875rem; margin-top: .5rem; }
dd { margin: 0; }
figure { margin: .75rem 0; }
blockquote { margin: .25rem 0; padding: .25rem .75rem; border-left: 4px solid var(--line); }
hr { border: 0; border-top: 1px solid var(--line); margin: 1rem 0; }
a { color: var(--link); }
label { display: block; font-weight: 600; margin-top: 1rem; }
input, textarea, select { width: 100%; margin-top: .25rem; padding: .625rem; font: inherit;
  color: inherit; background: var(--ground); border: 1px solid var(--soft);
  border-radius: .375rem; }
#code { max-width: 12rem; font-size: 1.25rem; letter-spacing: .15em; }
.wrong { color: var(--sheet); background: var(--bad); padding: .5rem .75rem;
  border-radius: .375rem; }
@media (prefers-color-scheme: dark) { .wrong { color: #fff; } }
.buttons { display: flex; flex-wrap: wrap; gap: .75rem; margin-top: 1.25rem; }
button, summary { min-height: 2.75rem; padding: .5rem 1.25rem; font: inherit; font-weight: 600;
  color: var(--ink); background: var(--sheet); border: 1px solid var(--soft);
  border-radius: .375rem; cursor: pointer; }
button { flex: 1 1 8rem; }
button.good { background: var(--good); border-color: var(--good); color: #fff; }
button.bad { border-color: var(--bad); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
@media (max-width: 30rem) { main { margin: 0; border: 0; border-radius: 0; padding: 1rem; } }
"""
