"""Addresses of messages, which a card leads to.

They look as `chat.getPermalink` gives them: https://docs.slack.dev/reference/methods/chat.getPermalink
"""

from dataclasses import replace

from bot.cards import Block, Card, Facts, Jump, Link, Span, Text


def jumps_in(card: Card) -> bool:
    return any(isinstance(span, Jump) for block in card.blocks for span in _spans(block))


def with_addresses(card: Card, workspace: str) -> Card:
    """`workspace` is its own address, with the slash at the end."""
    return replace(card, blocks=tuple(_led(block, workspace) for block in card.blocks))


def _spans(block: Block) -> tuple[Span, ...]:
    match block:
        case Text():
            return block.spans
        case Facts():
            return tuple(value for _, value in block.pairs)
    return ()


def _led(block: Block, workspace: str) -> Block:
    match block:
        case Text():
            return replace(block, spans=tuple(_link(span, workspace) for span in block.spans))
        case Facts():
            pairs = tuple((name, _link(value, workspace)) for name, value in block.pairs)
            return replace(block, pairs=pairs)
    return block


def _link(span: Span, workspace: str) -> Span:
    if not isinstance(span, Jump):
        return span
    place = f"archives/{span.channel}/p{span.message.replace('.', '')}"
    return Link(f"{workspace}{place}", span.label)
