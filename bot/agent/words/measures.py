"""Words before a number that bound it, and between two that make them a range."""


def _phrases(table: str) -> frozenset[str]:
    return frozenset(filter(None, table.replace("\n", "|").replace("    ", "").split("|")))


def _words(table: str) -> frozenset[str]:
    return frozenset(table.split())


LEAST = _phrases(
    """
    at least|no less than|not less than|more than|over|minimum|minimum of|mindestens|wenigstens
    mehr als|al menos|por lo menos|mas de|minimo|como minimo|au moins|plus de|minimum de|pelo menos
    mais de|no minimo|almeno|piu di|minstens|meer dan
    """
)
MOST = _phrases(
    """
    at most|up to|no more than|not more than|less than|fewer than|under|maximum|maximum of
    hochstens|maximal|bis zu|weniger als|nicht mehr als|como maximo|hasta|menos de|no mas de
    au plus|jusqu a|jusqua|moins de|au maximum|no maximo|ate|menos que|al massimo|fino a|meno di
    hoogstens|tot|minder dan
    """
)
BETWEEN = _words("between zwischen entre tra fra tussen")
UNTIL = _words("to until till through thru bis hasta a au jusqu jusqua ate fino tot – —")

# Nothing is without a limit unless it says so.
BOUNDLESS = _words(
    """
    unlimited limitless unrestricted unbegrenzt unbeschrankt ilimitado ilimitada ilimitados
    ilimitadas illimite illimitee illimites illimitees illimitato illimitata illimitati onbeperkt
    onbeperkte
    """
)
LIMIT = _words(
    """
    limit limits limited grenze grenzen limite limites limiet restriction restrictions
    """
)
