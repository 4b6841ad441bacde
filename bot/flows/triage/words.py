"""Fixed sentences to customers, in the languages people of ours wrote them in."""

from collections.abc import Mapping
from datetime import datetime

_PERSON: Mapping[str, tuple[str, str]] = {
    "en": (
        "Thank you for writing. A person on our team has your message and will answer you.",
        "You can expect their answer by {time}.",
    ),
    "de": (
        "Danke für Ihre Nachricht. Jemand aus unserem Team hat sie und antwortet Ihnen.",
        "Sie können die Antwort bis {time} erwarten.",
    ),
    "es": (
        "Gracias por escribirnos. Una persona de nuestro equipo tiene su mensaje y le responderá.",
        "Puede esperar su respuesta antes de {time}.",
    ),
    "fr": (
        "Merci pour votre message. Une personne de notre équipe l’a reçu et vous répondra.",
        "Vous pouvez attendre sa réponse d’ici {time}.",
    ),
    "pt": (
        "Obrigado pela sua mensagem. Uma pessoa da nossa equipe a recebeu e vai responder.",
        "Pode contar com a resposta até {time}.",
    ),
}

_AI: Mapping[str, str] = {
    "en": "This answer was written by an AI. If it does not help, just reply and say so.",
    "de": "Diese Antwort hat eine KI geschrieben. Hilft sie nicht, antworten Sie einfach.",
    "es": "Esta respuesta la escribió una IA. Si no le ayuda, conteste y díganoslo.",
    "fr": "Cette réponse a été écrite par une IA. Si elle n’aide pas, répondez-nous simplement.",
    "pt": "Esta resposta foi escrita por uma IA. Se não ajudar, basta responder.",
}


def a_person_will_answer(language: str, by: datetime | None) -> str:
    """A time is named only when working hours back it; `by` is UTC."""
    thanks, promise = _PERSON.get(language, _PERSON["en"])
    if by is None:
        return thanks
    return f"{thanks} {promise.format(time=f'{by:%Y-%m-%d %H:%M} UTC')}"


def ai_wrote_this(language: str) -> str:
    return _AI.get(language, _AI["en"])
