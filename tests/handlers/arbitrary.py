"""Cards with any words at all: hostile, huge, and from every script."""

from hypothesis import strategies as st

from bot.cards import Block, Button, Buttons, Card, Code, Facts, Quote, Span, Strong, Text

HOSTILE = (
    "<!channel> <!here|here> <@U0BOSS> <#C1> <https://evil.example|your bank>",
    "@here @channel @everyone",
    "*bold* _italic_ ~strike~ `code` ```block```",
    "> quoted\n>>> all\n- item\n1. one",
    "https://evil.example www.evil.example evil.example/x?a=1 mailto:a@b.example",
    "[your bank](https://evil.example) ![x](https://evil.example/x.png) <at>Boss</at>",
    "&lt;!channel&gt; &amp;lt;!here&amp;gt;",
    ":white_check_mark: Approved :tada:",
    "safe\u202egnp.exe \u2066hidden\u2069 pay\u200bpal zero\ufeffwidth",
    "{{DATE(2020-01-01T00:00:00Z)}} ${amount}",
    "\x00\x07\x1b[31mred \r\n next\u2028line",
    "👩‍👩‍👧‍👦🏳️‍🌈 می‌خواهم नमस्ते",
    "\ud800 alone \udfff",
)

_pieces = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(max_size=60),
    st.text(alphabet="<>&*_~`:@|!#\n \u202e\u200d👩é", max_size=40),
)
words = st.builds(
    lambda pieces, times: ("".join(pieces) * times)[:100_000],
    st.lists(_pieces, max_size=4),
    st.sampled_from((1, 1, 1, 1, 1, 1, 7, 40, 4_000)),
)
_spans: st.SearchStrategy[Span] = st.one_of(words, st.builds(Strong, words), st.builds(Code, words))
_button = st.builds(
    Button,
    label=words,
    action=st.sampled_from(("approval.grant", "ticket.open", "escalation.claim")),
    args=st.dictionaries(st.sampled_from(("id", "n")), st.integers(0, 2**31), max_size=2),
    tone=st.sampled_from(("neutral", "good", "warning", "bad")),
)
_blocks: st.SearchStrategy[Block] = st.one_of(
    st.builds(Text, st.lists(_spans, max_size=4).map(tuple), st.sampled_from(("body", "context"))),
    st.builds(Quote, text=words, by=words),
    st.builds(Facts, st.lists(st.tuples(words, _spans), max_size=3).map(tuple)),
    st.builds(
        Buttons, st.lists(_button, max_size=3).map(tuple), st.lists(_button, max_size=7).map(tuple)
    ),
)
AMOUNT, RECIPIENT = "1,234,567.89 EUR", f"{'r' * 240}@example.com"
_ACT = Facts((("Amount", Strong(AMOUNT)), ("Recipient", RECIPIENT)))

cards = st.builds(
    lambda title, summary, blocks, place: Card(
        "card-1", title, summary, (*blocks[:place], _ACT, *blocks[place:])
    ),
    words,
    words,
    st.lists(_blocks, max_size=6),
    st.integers(0, 6),
)
