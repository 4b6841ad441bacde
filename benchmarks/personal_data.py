"""Personal data that nobody has: seeded, in many forms, in sentences of five languages."""

import base64
import random
import re
import string
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal["card", "token", "password", "iban", "email", "phone"]
KINDS: tuple[Kind, ...] = ("card", "token", "password", "iban", "email", "phone")

_CARDS = (("4", 16), ("51", 16), ("55", 16), ("2223", 16), ("34", 15), ("37", 15), ("6011", 16))
_MORE_CARDS = (("3528", 16), ("36", 14), ("5018", 16), ("6304", 19), ("62", 17), ("4", 19))
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_DASHES = ("-", "‐", "–", "\u2011")
_BLANKS = (" ", "\u00a0", "\u2009", "  ")

_IBANS = {
    "DE": "nnnnnnnnnnnnnnnnnn",
    "ES": "nnnnnnnnnnnnnnnnnnnn",
    "FR": "nnnnnnnnnncccccccccccnn",
    "PT": "nnnnnnnnnnnnnnnnnnnnn",
    "GB": "aaaannnnnnnnnnnnnn",
    "NL": "aaaannnnnnnnnn",
    "AT": "nnnnnnnnnnnnnnnn",
    "CH": "nnnnncccccccccccc",
    "IT": "annnnnnnnnncccccccccccc",
    "BE": "nnnnnnnnnnnn",
    "PL": "nnnnnnnnnnnnnnnnnnnnnnnn",
    "SE": "nnnnnnnnnnnnnnnnnnnn",
}
_PHONES = [
    form.strip()
    for form in """
    +49 30 nnnnnnn; +49 (0) 171 nnnnnnn; +1 (555) nnn-nnnn; +1-555-nnn-nnnn; +34 6nn nn nn nn
    +33 6 nn nn nn nn; +351 91n nnn nnn; +44 20 7nnn nnnn; +4415nnnnnnnn; 0049 171 nnnnnnn
    030/nnnnnnn; 0171-nnnnnnn; 0171 nnn nn nn; 06 nn nn nn nn; 06.nn.nn.nn.nn; 91n nnn nnn
    6nn nn nn nn; (555) nnn-nnnn; 555-nnn-nnnn; 555.nnn.nnnn; +55 (11) 9nnnn-nnnn; 020 7nnn nnnn
    (030) nnnnnnn; +43 664 nnnnnnn; +41 79 nnn nn nn; +91 98nnn nnnnn; +86 138 nnnn nnnn
    """.replace("\n", ";").split(";")
    if form.strip()
]
_NAMES = (
    "ada.moss",
    "j_lind",
    "rui+shop",
    "zoe",
    "info",
    "m.o-reilly",
    "käthe.groß",
    "x92k",
    "Tom.Wei",
)
_HOSTS = (
    "mail.example",
    "kunden.example.de",
    "büro-nord.example",
    "ex4mple.co.uk",
    "correo.example.es",
)

_SAYING: dict[Kind, tuple[str, ...]] = {
    "card": (
        "My card is {} and it was charged twice.",
        "Card number: {}",
        "Kartennummer {} bitte löschen.",
        "Mi tarjeta {} fue rechazada.",
        "Ma carte {} ne passe pas.",
        "O cartão {} foi recusado.",
        "I paid with {} yesterday, exp 09/29.",
    ),
    "token": (
        "Here it is: {}",
        "We call you with\n{}",
        "Bitte prüfen: {} geht nicht.",
        "curl -u {}",
    ),
    "password": (
        "My password is {}.",
        "password: {}",
        "Password = {}",
        "pw: {}",
        "the password for the admin is {}",
        "Passwort: {}",
        "Mein Passwort lautet {}",
        "Kennwort ist {}",
        "contraseña: {}",
        "Mi contraseña es {}.",
        "la clave es: {}",
        "mot de passe : {}",
        "Mon mot de passe est {}",
        "senha: {}",
        "A minha senha é {}",
        "palavra-passe: {}",
        "login: joe / password: {}",
        "Password:\n{}",
        'I set the password to be: "{}"',
    ),
    "iban": (
        "IBAN: {}",
        "Bitte auf {} erstatten.",
        "Mi cuenta es {}.",
        "Mon IBAN est {}",
        "Conta: {} .",
    ),
    "email": (
        "Write to {} please.",
        "E-Mail: {}",
        "Mi correo es {}.",
        "mon adresse {} a changé",
        "{}",
    ),
    "phone": (
        "Call me on {}.",
        "Tel: {}",
        "Telefon {}",
        "Mi teléfono es el {}.",
        "Mon numéro : {}",
        "O meu telemóvel é {}",
        "You reach me under {} after five.",
    ),
}


@dataclass(frozen=True)
class Item:
    """`secret` is what must stand nowhere: the value without separators and words before it."""

    kind: Kind
    value: str
    text: str

    @property
    def secret(self) -> str:
        return core_of(re.split(r"(?:: |Bearer |=)", self.value)[-1])


def items(count: int, seed: int = 20_261_122) -> Iterator[Item]:
    """As many of each kind, one after another."""
    dice = random.Random(seed)
    for number in range(count):
        kind = KINDS[number % len(KINDS)]
        value = _MAKING[kind](dice)
        text = dice.choice(_SAYING[kind]).format(value)
        yield Item(kind, value, text)


def core_of(value: str) -> str:
    return "".join(char for char in value.translate(_PLAIN).lower() if char.isalnum())


_PLAIN = {ord(char): str(at % 10) for at, char in enumerate("０１２３４５６７８９٠١٢٣٤٥٦٧٨٩")}


def _digits(dice: random.Random, count: int) -> str:
    return "".join(dice.choice(string.digits) for _ in range(count))


def _filled(dice: random.Random, form: str) -> str:
    return "".join(dice.choice(string.digits) if char == "n" else char for char in form)


def card(dice: random.Random) -> str:
    prefix, length = dice.choice(_CARDS if dice.random() < 0.8 else _MORE_CARDS)
    whole = with_check_digit(prefix + _digits(dice, length - len(prefix) - 1))
    sizes = [4, 6, 5] if length == 15 else [4] * 5
    parts, rest = [], whole
    for size in sizes:
        parts.append(rest[:size])
        rest = rest[size:]
    style = dice.randrange(8)
    joined = {0: "", 1: " ", 2: dice.choice(_DASHES), 3: dice.choice(_BLANKS), 4: "."}.get(
        style, " "
    )
    told = joined.join(part for part in parts if part)
    if style == 5:
        told = told.replace(" ", "\n", 1) if dice.random() < 0.5 else told.replace(" ", " - ")
    return told.translate({6: _WIDE, 7: _ARABIC}.get(style, {}))


def with_check_digit(body: str) -> str:
    doubled = [2 * int(digit) if at % 2 == 0 else int(digit) for at, digit in enumerate(body[::-1])]
    return body + str(-sum(n - 9 if n > 9 else n for n in doubled) % 10)


def token(dice: random.Random) -> str:
    letters = string.ascii_letters + string.digits

    def some(count: int) -> str:
        return "".join(dice.choice(letters) for _ in range(count))

    def coded(text: str) -> str:
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")

    head, body = coded('{"alg":"HS256","typ":"JWT"}'), coded(f'{{"sub":"{some(8)}"}}')
    return dice.choice(
        (
            lambda: f"sk_live_{some(24)}",
            lambda: f"sk-proj-{some(40)}",
            lambda: f"ghp_{some(36)}",
            lambda: f"xoxb-{_digits(dice, 11)}-{_digits(dice, 12)}-{some(24)}",
            lambda: "AKIA" + "".join(dice.choice(string.ascii_uppercase) for _ in range(16)),
            lambda: f"{head}.{body}.{some(43)}",
            lambda: f"Authorization: Bearer {some(32)}",
            lambda: "api key: " + "".join(dice.choice("0123456789abcdef") for _ in range(32)),
            lambda: f"API-Schlüssel: {some(20)}",
            lambda: f"clave de API: {some(28)}",
            lambda: f"access_token={some(30)}",
            lambda: f"glpat-{some(20)}",
            lambda: some(10) + "9aZ" + some(27),
        )
    )()


def password(dice: random.Random) -> str:
    word = dice.choice(("Sommer", "tiger", "Lisboa", "hunter", "soleil", "Fuego", "qwert"))
    return dice.choice(
        (
            lambda: f"{word}{_digits(dice, 4)}!",
            lambda: f"{word}-{_digits(dice, 2)}#{dice.choice('xyz')}",
            lambda: "".join(dice.choice(string.ascii_letters) for _ in range(9)) + _digits(dice, 2),
            lambda: f"{word.lower()}{_digits(dice, 3)}",
            lambda: f"P@{word}{_digits(dice, 2)}",
            lambda: f"{word.lower()}und{dice.choice(('regen', 'meer', 'wald'))}",
        )
    )()


def iban(dice: random.Random) -> str:
    country = dice.choice(list(_IBANS))
    sets = {
        "n": string.digits,
        "a": string.ascii_uppercase,
        "c": string.ascii_uppercase + "0123456789",
    }
    bban = "".join(dice.choice(sets[kind]) for kind in _IBANS[country])
    number = int("".join(str(int(char, 36)) for char in f"{bban}{country}00"))
    whole = f"{country}{98 - number % 97:02d}{bban}"
    between = dice.choice(("", " ", " ", "-", "\u00a0"))
    told = between.join(whole[at : at + 4] for at in range(0, len(whole), 4))
    return told.lower() if dice.random() < 0.15 else told


def email(dice: random.Random) -> str:
    name, host = dice.choice(_NAMES), dice.choice(_HOSTS)
    at = dice.choice(("@", "@", "@", "@", " @ ", " [at] ", "(at)", "＠"))
    told = f"{name}{_digits(dice, 2)}{at}{host}"
    return told.upper() if dice.random() < 0.1 else told


def phone(dice: random.Random) -> str:
    told = _filled(dice, dice.choice(_PHONES))
    return told.translate(_WIDE) if dice.random() < 0.05 else told


_MAKING: dict[Kind, Callable[[random.Random], str]] = {
    "card": card,
    "token": token,
    "password": password,
    "iban": iban,
    "email": email,
    "phone": phone,
}
