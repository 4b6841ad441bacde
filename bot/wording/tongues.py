"""In which language a text is that is too short for statistics: by its function words."""

from collections.abc import Sequence

# What a text must hold of another language before it is taken for one.
_ENOUGH = 3
_OTHER_SCRIPTS = frozenset(["el", "ru", "uk", "ar", "he", "hi", "fa", "th", "ja", "ko", "zh"])
_LATIN = "\u036f"
_FUNCTION_WORDS = {
    language: frozenset(words.split())
    for language, words in {
        "en": "the and you your is are this that it to of for with on in at not if please can "
        "have has will we our be was from by or then when here there an as do does again",
        "de": "der die das und sie ist sind nicht ein eine einen einem es den dem im in auf zu "
        "mit fur wir ihr ihre ihren ihnen bitte wenn dann auch noch wieder haben hat kann konnen "
        "von oder ich uns hier bei nach sich werden wird",
        "es": "el la los las un una y de del que en es su sus por favor para con no se al lo le "
        "usted si ya esta puede como nos mas o le hay aqui pero",
        "fr": "le la les un une et de des du que en est votre vos pour avec ne pas se au aux vous "
        "nous sur si ce cette dans peut ou il elle ici mais sont puis",
        "pt": "o os as um uma e de do da dos das que em no na seu sua seus por favor para com nao "
        "se ao voce nos ja esta pode como mais ou aqui mas isso",
        "it": "il lo la gli le un una e di del della dei che in nel nella suo sua per favore con "
        "non si al alla lei ci gia puo come piu o ma qui sono questo questa poi",
        "nl": "de het een en van u je uw jouw is zijn niet dat dit die voor met op te in om als "
        "kunt kan wij we ons ook nog weer bij naar er hier dan alstublieft heeft hebt wordt",
    }.items()
}


def is_of_another(words: Sequence[str], wanted: str) -> bool:
    """Three words of another language and none of the customer's; what is said in both of them
    speaks for neither. Of a language without words here only its script is known."""
    if wanted not in _FUNCTION_WORDS and wanted not in _OTHER_SCRIPTS:
        return False
    if wanted in _OTHER_SCRIPTS and any(char > _LATIN for word in words for char in word):
        return False
    said, theirs = set(words), _FUNCTION_WORDS.get(wanted, frozenset())
    return any(
        len(said & (other - theirs)) >= _ENOUGH and said.isdisjoint(theirs - other)
        for language, other in _FUNCTION_WORDS.items()
        if language != wanted
    )
