"""How much of its time a virtual machine gave to others, which no figure of ours would show."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# The first line sums all processors: https://man7.org/linux/man-pages/man5/proc_stat.5.html .
_TIMES = Path("/proc/stat")
_STEAL, _KINDS = 7, 8


@contextmanager
def stolen(figures: dict[str, float]) -> Iterator[None]:
    """Add `stolen_percent` of the processors' time in the block; nothing where it is not told."""
    before = _times()
    yield
    spent = [then - now for then, now in zip(_times(), before, strict=True)]
    if sum(spent):
        figures["stolen_percent"] = 100 * spent[_STEAL] / sum(spent)


def _times() -> list[int]:
    if not _TIMES.exists():
        return [0] * _KINDS
    return [int(one) for one in _TIMES.read_text("ascii").split("\n")[0].split()[1 : 1 + _KINDS]]
