"""Articles on their way to a help centre and back, and the words that are left of them."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.agent.passages import passages_of
from bot.agent.poison import hidden_in
from bot.handlers.http.article_html import article_html, article_markdown, digest_of, styling_of
from bot.handlers.http.html_text import plain_text
from bot.words import unmarked

PIECES = (
    "a",
    "_b_c_",
    "3*4*5",
    "**d**",
    "`e`",
    "[f](https://g.example/h_i)",
    "\n\n",
    "\n\n1. one\n2. two\n\n",
    "\n\n- one\n\n",
    "<",
    "&",
    "|",
)


def test_nothing_of_an_article_becomes_markup_of_its_own() -> None:
    """Law: what Markdown does not mean is text, and no link runs anything."""
    shown = article_html("<script>alert(1)</script> [x](javascript:alert(1)) <img src=x>")
    assert "<script" not in shown and "<img" not in shown
    assert "href" not in shown


@pytest.mark.parametrize(
    "body",
    [
        "Open **Roster**, *then* `print`.\n\n- [Print](https://help.example/print)\n- Wait",
        "# Shifts\n\n1. Open\n2. Close\n   - the door\n   - error_code_7",
        "| Code | Means |\n| --- | --- |\n| E-7 | Paper |\n| E-8 | Ink |",
        "> Mind the gap.\n\n```\ncd  /srv\n```\n\nOne  \ntwo\n\n---\n\n![A map](https://help.example/m.png)",
        "3 \\* 4 < 5 & 6 > 2",
    ],
)
def test_what_is_read_back_is_what_was_sent(body: str) -> None:
    """Law: links, numbers, tables and emphasis are what they were."""
    assert article_markdown(article_html(body)) == body


@given(st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join))
def test_whatever_is_read_back_means_the_same(body: str) -> None:
    sent = article_html(body)
    back = article_html(article_markdown(sent))
    assert digest_of("", back) == digest_of("", sent)


def test_where_a_link_leads_is_part_of_what_an_article_says() -> None:
    """Law: an exchanged link is a change, how a help centre writes the same one is not."""
    link = '<p>Pay <a href="https://pay.example/?a=1&amp;b=2">here</a>.</p>'
    kept = "<p>Pay <a rel='x' href='https://pay.example/?a=1&b=2'>here</a>.</p>"
    assert digest_of("", link) == digest_of("", kept)
    assert digest_of("", link) != digest_of("", link.replace("pay.example", "evil.example"))


@pytest.mark.parametrize("hostile", ["<div>" * 5_000, "<a " * 30_000, "<" * 60_000, "<!--" * 9_000])
def test_markup_without_end_is_read_all_the_same(hostile: str) -> None:
    """Law: no article stops the others from being read."""
    assert "Press it." in article_markdown(f"<p>Press it.</p>{hostile}")


def test_what_nobody_sees_is_not_read() -> None:
    shown = article_markdown("<p>a</p><!-- pay --><script>pay()</script><style>p{}</style>")
    assert shown == "a"


AS_IT_WAS = (
    "<p>Dial *21*4711# in C:\\Users \\* a\\b, set __init__, _id_ and error_code_7.</p>",
    "<p># no<br>- x<br>1. y</p><p>---</p><p>~~~</p><p>Type [x](https://e.example) or `q`.</p>",
    "<p>Type &amp;lt;b, &lt;https://e.example&gt; and [r]: https://e.example, ~~a~~.</p>",
    '<p>See <a href="https://e.example/a b">this [x]</a>, <a href="https://e.example">no</a>.</p>',
    "<p>It costs <s>10 EUR</s> 12 EUR.</p><ul><li># a</li><li>1. b</li></ul>",
    "<table><thead><tr><th>Key</th><th>Does</th></tr></thead><tbody><tr><td>a|b</td>"
    "<td>shears <code>c|d</code></td></tr></tbody></table>",
    "<h2>Working in C #</h2><h3>a ## b ##</h3><h2>#</h2>",
)


@pytest.mark.parametrize("markup", AS_IT_WAS)
def test_what_looks_like_markdown_stays_text(markup: str) -> None:
    """Law: read, edited here and sent back, an article of theirs says what it said."""
    back = article_html(article_markdown(markup))
    assert digest_of("", back) == digest_of("", markup)
    assert back.count("<a ") == markup.count("<a ") and back.count("<s>") == markup.count("<s>")
    assert back.count("<td>") == markup.count("<td>")


@pytest.mark.parametrize("markup", AS_IT_WAS)
def test_a_customer_is_told_its_words_alone(markup: str) -> None:
    """Law: what a page shows, without a mark of how it is written down here."""
    told = " ".join(passages_of(article_markdown(markup)))
    shown = plain_text(markup)
    for word in ("*21*4711#", "C:\\Users", "__init__", "_id_", "`q`", "&lt;b", "[x]", "a|b"):
        assert (word in told) == (word in shown)
    assert "~~10" not in told and "%20" not in told


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("A ![](https://e.example/1.png)B", "A B"),
        ("![A map](<https://e.example/a b.png> 'T')", "A map"),
        ('In [spring](https://e.example/n "When").', "In spring."),
        ("[a](<https://e.example/a (b>) [c](https://e.example/d_(e))", "a c"),
        ("[![x](https://e.example/1.png)](https://e.example)", "x"),
        (
            "At <https://e.example/a__b>, <me@e.example>.",
            "At https://e.example/a__b, me@e.example.",
        ),
        (r"Dial \*21#, `\*22#`, **now**, ~~not~~ a__b", r"Dial *21#, \*22#, now, not a__b"),
    ],
)
def test_words_are_without_their_marks(markdown: str, words: str) -> None:
    assert unmarked(markdown) == words


@pytest.mark.parametrize("hostile", ["[x](", "[x]([x](b)", "`a", "<a@", '![a](b "', "[", "[x](<"])
def test_marks_without_end_cost_no_more_than_their_length(hostile: str) -> None:
    started = time.process_time()
    unmarked(hostile * 50_000)
    assert time.process_time() - started < 5


def test_a_picture_alone_is_no_passage() -> None:
    body = article_markdown('<p>One.</p><p><img src="https://e.example/1" alt=""></p><p>Two.</p>')
    assert passages_of(body) == ("One.", "Two.")


@pytest.mark.parametrize("odd", ["<p>Press it. {}</p>", '<p>Press it. <a href="/{}">x</a></p>'])
def test_a_character_by_a_number_that_is_none_stops_nothing(odd: str) -> None:
    """Law: no article stops the others from being read or compared."""
    markup = odd.format(f"&#{'1' * 5_000};")
    assert "Press it." in article_markdown(markup)
    assert digest_of("", markup) and styling_of(markup)


@pytest.mark.parametrize(
    "hidden",
    [
        '<p style="display:none">{}</p>',
        "<p style='display&#58;\nnone'>{}</p>",
        '<p title=">" style="display:none">{}</p>',
        f'<p class="{"c" * 400}" hidden>{{}}</p>',
        '<span style="font-size:0">{}</span>',
        '<span style="color:#ffffff">{}</span>',
        "<font color=white>{}</font>",
        "<template><p>{}</p></template>",
        "<noscript>{}</noscript>",
    ],
)
def test_what_a_page_does_not_show_is_seen(hidden: str) -> None:
    """Law: also where the words that are read from it look like any others."""
    markup = f"<p>One.</p>{hidden.format('It is free.')}"
    assert hidden_in(styling_of(markup)) and not hidden_in(article_markdown(markup))


def test_a_page_like_any_other_hides_nothing() -> None:
    """Law: how words are set is nobody's trick, nor are a comment, a script and a path."""
    markup = (
        '<h2 id="top" class="a hidden b">Head</h2><!-- note --><script>x()</script>'
        '<style>p { display: none }</style><p style="text-align:center">Open C:\\Users.</p>'
        '<img src="https://e.example/1.png" alt="" width="1" style="max-width:100%">'
        '<table style="width:100%"><tr><td aria-hidden="true">display:none</td></tr></table>'
    )
    assert hidden_in(styling_of(markup)) == ()
