"""When chat counts as down for an approval; pure."""

from collections.abc import Collection


def is_down(copies: Collection[bool], *, untold: bool, told: bool) -> bool:
    """Whether nobody who may decide can have heard of it for as long as app.yaml waits.

    `copies` says of each place of its card whether what is to be seen there was tried and not
    taken; `untold`, whether a private word to somebody who may decide was. While others are `told`
    it is a person's own account that takes nothing, or a limit, and not chat.
    """
    return (bool(copies) and all(copies)) or (untold and not told)
