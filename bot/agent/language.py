"""Which language a ticket is written in."""

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from bot.agent.phrases import words_of

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

LANGUAGES = (
    "en", "de", "es", "fr", "pt", "it", "nl", "pl", "cs", "sv", "da", "fi", "hu", "ro", "tr", "el",
    "ru", "uk", "ar", "he", "hi", "fa", "id", "vi", "th", "ja", "ko", "zh",
)  # fmt: skip

# Greetings and pleas too short for statistics.
_SHORT = {
    "de": "hallo hilfe danke bitte rechnung moin servus",
    "es": "hola ayuda gracias factura",
    "fr": "bonjour merci salut aide bonsoir",
    "pt": "ola oi obrigado obrigada ajuda socorro",
    "it": "ciao grazie aiuto buongiorno",
    "nl": "hoi bedankt hulp factuur",
}
_GREETINGS = {word: code for code, words in _SHORT.items() for word in words.split()}
_READ = 1_000
_ENOUGH_LETTERS = 20


@cache
def _identifier() -> "LanguageIdentifier":
    # Read at the first ticket and not at the start: library and model take half a second each.
    langid = import_module("py3langid.langid")
    identifier: LanguageIdentifier = langid.LanguageIdentifier.from_model_file(
        langid.MODEL_FILE, norm_probs=True
    )
    identifier.set_languages(LANGUAGES)
    return identifier


def language_of(text: str, default: str = "en") -> str:
    """An ISO 639-1 code; `default` where the text is too short or too odd to tell.

    Letters of a script that English does not use need no length: two Arabic words are Arabic.
    """
    letters = [char for char in text[:_READ] if char.isalpha()]
    if not letters:
        return default
    code, probability = _identifier().classify(text[:_READ])
    is_foreign_script = sum(char > "\u036f" for char in letters) * 2 > len(letters)
    enough = len(letters) >= _ENOUGH_LETTERS or is_foreign_script
    if probability >= (0.8 if enough else 0.93):
        return str(code)
    greeted = [_GREETINGS[word.text] for word in words_of(text[:60]) if word.text in _GREETINGS]
    return greeted[0] if greeted else default
