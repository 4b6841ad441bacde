"""Shares and rates with what is not known about them; pure. No figure comes without its cases."""

from math import sqrt

# The normal distribution's 97.5 % point: intervals of 95 %.
Z = 1.959964


def share_between(hits: int, cases: int) -> tuple[float, float]:
    """Wilson's score interval for a share (E. B. Wilson, Journal of the American Statistical
    Association 22, 1927, pages 209 to 212): of use with few cases, and never beyond 0 and 1."""
    if not cases:
        return 0.0, 1.0
    share, squared = hits / cases, Z * Z
    middle = (share + squared / (2 * cases)) / (1 + squared / cases)
    spread = share * (1 - share) / cases + squared / (4 * cases * cases)
    half = Z * sqrt(spread) / (1 + squared / cases)
    # Where there is no hit or no miss the bound is exact, and rounding must not move it.
    low = 0.0 if hits == 0 else max(0.0, middle - half)
    high = 1.0 if hits == cases else min(1.0, middle + half)
    return low, high


def ratio_between(
    before: int, days_before: float, after: int, days_after: float
) -> tuple[float, float] | None:
    """How many times as often something happens afterwards as before, at the least and at the most;
    None where nothing happened at all.

    Of two Poisson counts, given their sum, one is binomial (J. Przyborowski and H. Wilenski,
    Biometrika 31, 1940, pages 313 to 323); Wilson's interval of that share, as odds, over the
    ratio of the spans gives the interval of the ratio. The upper end is infinite when there was
    nothing before.
    """
    if before + after == 0 or days_before <= 0 or days_after <= 0:
        return None
    low, high = share_between(after, before + after)
    spans = days_before / days_after
    return _odds(low) * spans, _odds(high) * spans


def _odds(share: float) -> float:
    return share / (1 - share) if share < 1 else float("inf")
