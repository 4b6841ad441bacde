"""Names and figures in a question to a customer that neither they nor the record ever told.

Whoever decides has read other people's tickets too. What it asks out of those would tell one
customer of another, so that nothing may be asked about by name but what is this customer's already
or stands in an article. In lower case a name is not known for one.
"""

from collections.abc import Iterable, Sequence

from bot.agent.briefing import Briefing
from bot.agent.citing.facts import Token, sentences_of
from bot.agent.phrases import readable, words_of
from bot.agent.words.inquiry import QUESTIONS
from bot.agent.words.opposites import PLATFORMS
from bot.agent.words.topics import EMPTY

# How far before a German noun its article stands.
_BEFORE = 3


def _words(table: str) -> frozenset[str]:
    return frozenset(table.split())


# Nobody's name, and written like one.
_COMMON = _words(
    """
    i im ive id url pdf csv api os vpn wifi wi fi usb sim sms pc tv vat gps qr faq sso otp ip pin
    app web monday tuesday wednesday thursday friday saturday sunday january february march april
    may june july august september october november december english german french spanish
    portuguese italian dutch internet bluetooth
    sie ihr ihre ihrem ihren ihrer ihres ihnen
    """
)
_ASKED = frozenset(
    word.text for asked in QUESTIONS.values() for each in asked.values() for word in words_of(each)
)
_GERMAN_ARTICLES = _words(
    """
    der die das den dem des ein eine einen einem einer eines kein keine keinen keinem keiner
    ihr ihre ihren ihrem ihrer ihres sein seine seinen seinem seiner welche welcher welches welchen
    welchem diese dieser dieses diesen diesem jede jeder jedes jeden jedem im am zum zur vom beim
    ins ans alle allen mehrere andere anderen wie viele was fur
    """
)


def known_of(briefing: Briefing) -> frozenset[str]:
    """All words that may be said to this customer: theirs, the record's and the articles'."""
    customer = briefing.customer
    told = [briefing.subject, *(said.text for said in briefing.said), *briefing.tags]
    if customer:
        told += [*customer.products, *customer.releases, customer.region, customer.account]
    for passage in briefing.passages:
        told += [passage.title, passage.text]
    return frozenset(word.text for text in told for word in words_of(readable(text)))


def strangers_in(question: str, known: Iterable[str], language: str) -> tuple[str, ...]:
    may_say = frozenset(known) | _COMMON | _ASKED | PLATFORMS.keys()
    return tuple(
        token.written
        for sentence in sentences_of(question)
        for at, token in enumerate(sentence.tokens)
        if _is_named(sentence.tokens, at, language)
        and not all(word.text in may_say for word in words_of(token.written.removesuffix("'s")))
    )


def _is_named(tokens: Sequence[Token], at: int, language: str) -> bool:
    token = tokens[at]
    # A figure is not asked about at all, whoever told it: see `fit_to_ask`.
    if token.mark or token.is_number or (token.text in EMPTY and not token.is_name):
        return False
    if any(map(str.isdigit, token.written)) or token.is_name or token.written.endswith("'s"):
        return True
    if not token.is_capital or token.opens:
        return False
    return language != "de" or not _has_article(tokens[max(0, at - _BEFORE) : at])


def _has_article(before: Sequence[Token]) -> bool:
    for token in reversed(before):
        if token.mark or (token.is_capital and not token.opens):
            return False
        if token.text in _GERMAN_ARTICLES:
            return True
    return False
