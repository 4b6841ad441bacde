"""The learning curve as a picture that any browser shows; no library draws it."""

from collections.abc import Sequence

from benchmarks.retrieval.quality import Quality

_WIDTH, _HEIGHT, _LEFT, _TOP, _RIGHT, _BOTTOM = 640, 360, 56, 24, 24, 48
_HIGHEST = 0.6


def svg(points: Sequence[Quality], bare: Quality, meant: Sequence[Quality] = ()) -> str:
    """One step to the right for each size, since they grow by factors."""
    width, height = _WIDTH - _LEFT - _RIGHT, _HEIGHT - _TOP - _BOTTOM

    def across(at: int) -> float:
        return _LEFT + width * at / max(1, len(points) - 1)

    def up(value: float) -> float:
        return _TOP + height * (1 - value / _HIGHEST)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}"'
        ' font-family="sans-serif" font-size="12" role="img">',
        "<title>nDCG@10 by the number of past tickets with links</title>",
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>',
    ]
    for tenth in range(int(_HIGHEST * 10) + 1):
        y = up(tenth / 10)
        parts.append(_line(_LEFT, y, _WIDTH - _RIGHT, y, "#ddd"))
        parts.append(_text(_LEFT - 8, y + 4, f"{tenth / 10:.1f}", "end"))
    y = up(bare.ndcg)
    parts.append(_line(_LEFT, y, _WIDTH - _RIGHT, y, "#888", dashes="4 4"))
    parts.append(_text(_WIDTH - _RIGHT, y - 6, f"plain BM25 {bare.ndcg:.2f}", "end"))
    # The upper curve has its figures above it, the lower one below.
    for curve, colour, beside in (
        (points, "#1264a3", 18 if meant else -10),
        (meant, "#b35900", -10),
    ):
        path = " ".join(f"{across(at):.1f},{up(one.ndcg):.1f}" for at, one in enumerate(curve))
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        for at, one in enumerate(curve):
            x, y = across(at), up(one.ndcg)
            parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{colour}"/>')
            parts.append(_text(x, y + beside, f"{one.ndcg:.2f}", "middle"))
    if meant:
        parts.append(_text(_LEFT + 8, up(meant[0].ndcg) - 28, "with embeddings", "start"))
    for at, one in enumerate(points):
        parts.append(_text(across(at), _HEIGHT - _BOTTOM + 18, f"{one.known:,}", "middle"))
    label = f"past tickets with links; nDCG@10 of {bare.asked} later questions"
    parts.append(_text(_LEFT + width / 2, _HEIGHT - 10, label, "middle"))
    return "\n".join([*parts, "</svg>"]) + "\n"


def _line(x1: float, y1: float, x2: float, y2: float, colour: str, dashes: str = "") -> str:
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return f'<line x1="{x1}" y1="{y1:.1f}" x2="{x2}" y2="{y2:.1f}" stroke="{colour}"{dashed}/>'


def _text(x: float, y: float, words: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="#333">{words}</text>'
