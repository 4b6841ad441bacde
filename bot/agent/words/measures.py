"""Words beside a number that bound it, and between two that make them a range."""


def _phrases(table: str) -> frozenset[str]:
    return frozenset(filter(None, table.replace("\n", "|").replace("    ", "").split("|")))


def _words(table: str) -> frozenset[str]:
    return frozenset(table.split())


MORE = _phrases(
    """
    more than|longer than|over|mehr als|langer als|mas de|plus de|mais de|piu di|meer dan
    langer dan
    """
)
LEAST = MORE | _phrases(
    """
    at least|no less than|not less than|minimum|minimum of|mindestens|wenigstens|al menos
    por lo menos|minimo|como minimo|au moins|minimum de|pelo menos|no minimo|almeno|minstens
    """
)
MOST = _phrases(
    """
    at most|up to|no more than|not more than|less than|fewer than|under|maximum|maximum of
    hochstens|maximal|bis zu|weniger als|nicht mehr als|como maximo|hasta|menos de|no mas de
    au plus|jusqu a|jusqua|moins de|au maximum|no maximo|ate|menos que|al massimo|fino a|meno di
    hoogstens|tot|minder dan|no longer than|not longer than|shorter than|nicht langer als
    """
)
LEAST_BEHIND = _phrases(
    """
    or more|or longer|and more|at least|minimum|oder mehr|oder langer|mindestens|o mas|como minimo
    ou plus|au moins|ou mais|no minimo|o piu|almeno|of meer
    """
)
MOST_BEHIND = _phrases(
    """
    or fewer|or less|at most|maximum|oder weniger|hochstens|o menos|como maximo|ou moins
    au maximum|ou menos|no maximo|o meno|al massimo|of minder
    """
)
# Before a length of time.
WITHIN = _phrases(
    """
    within|within the first|before|by|innerhalb von|binnen|vor|dentro de|en menos de|antes de
    dans les|sous|avant|em ate|entro|prima di|voor
    """
)
AFTER = _phrases(
    """
    after|from|nach|ab|despues de|tras|a partir de|apres|au bout de|depois de|apos|dopo|na|vanaf
    """
)
BETWEEN = _words("between zwischen entre tra fra tussen")
UNTIL = _words("to until till through thru bis hasta a au jusqu jusqua ate fino tot – —")
# What may stand between the numbers of "9 am-5 pm": a dash alone is no word.
CLOCK = _words("am pm h uhr %")

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
