"""Fixed sentences to customers, in the languages people of ours wrote them in."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.agent.briefing import ProposedAct

_PERSON: Mapping[str, tuple[str, str]] = {
    "en": (
        "Thank you for writing. A person on our team has your message and will answer you.",
        "You can expect their answer by {time}.",
    ),
    "de": (
        "Danke für Ihre Nachricht. Jemand aus unserem Team hat sie und antwortet Ihnen.",
        "Sie können die Antwort bis zum {time} erwarten.",
    ),
    "es": (
        "Gracias por escribirnos. Una persona de nuestro equipo tiene su mensaje y le responderá.",
        "Puede esperar su respuesta antes del {time}.",
    ),
    "fr": (
        "Merci pour votre message. Une personne de notre équipe l’a reçu et vous répondra.",
        "Vous pouvez attendre sa réponse d’ici le {time}.",
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


_ASKING: Mapping[str, str] = {
    "en": "Thank you for telling us. So that the right person can help, please tell us:",
    "de": "Danke für Ihre Nachricht. Damit Ihnen die richtige Person helfen kann, sagen Sie uns "
    "bitte:",
    "es": "Gracias por avisarnos. Para que le ayude la persona adecuada, díganos por favor:",
    "fr": "Merci de nous avoir prévenus. Pour que la bonne personne vous aide, dites-nous :",
    "pt": "Obrigado por nos avisar. Para que a pessoa certa possa ajudar, diga-nos por favor:",
}

_TIME: Mapping[str, str] = {
    "en": "{day} {month} at {clock} ({city} time)",
    "de": "{day}. {month} um {clock} Uhr (Ortszeit {city})",
    "es": "{day} de {month} a las {clock} (hora de {city})",
    "fr": "{day} {month} à {clock} (heure de {city})",
    "pt": "{day} de {month} às {clock} (hora de {city})",
}
_MONTHS: Mapping[str, str] = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre "
    "diciembre",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro "
    "dezembro",
}


def a_person_will_answer(language: str, by: datetime | None, time_zone: str) -> str:
    """A time is named only when working hours back it, in the company's `time_zone`."""
    code = language if language in _PERSON else "en"
    thanks, promise = _PERSON[code]
    if by is None:
        return thanks
    return f"{thanks} {promise.format(time=_told(code, by, time_zone))}"


def _told(code: str, at: datetime, time_zone: str) -> str:
    """Within a week, so without the year; the zone by the city that people know it by."""
    there = at.astimezone(ZoneInfo(time_zone))
    return _TIME[code].format(
        day=there.day,
        month=_MONTHS[code].split()[there.month - 1],
        clock=f"{there:%H:%M}",
        city=time_zone.rsplit("/", 1)[-1].replace("_", " "),
    )


def asking(language: str, questions: Sequence[str]) -> str:
    """What is missing, as one message: each question on a line of its own."""
    opening = _ASKING.get(language, _ASKING["en"])
    if len(questions) == 1:
        return f"{opening} {questions[0]}"
    numbered = (f"{number}. {question}" for number, question in enumerate(questions, 1))
    return "\n".join([opening, "", *numbered])


def ai_wrote_this(language: str) -> str:
    return _AI.get(language, _AI["en"])


def signed(act: ProposedAct, language: str) -> ProposedAct:
    """The act as it is put before people: a message says there already who wrote it."""
    text = act.args.get("text")
    if act.kind != "reply" or not isinstance(text, str):
        return act
    line = ai_wrote_this(language)
    return act if line in text else replace(act, args={**act.args, "text": f"{text}\n\n{line}"})
