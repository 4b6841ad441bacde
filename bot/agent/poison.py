"""What has no place in an article: words that nobody sees, and orders to a machine that reads it.

An article is read by people and quoted by agents. What only one of both can see steers the other.
"""

import re
from functools import lru_cache

from bot.agent.phrases import Phrases, lines, readable, words_of

# Direction overrides and tags spell words that are not shown; a zero-width character or a variation
# may stand in a word for good reason, three in a row may not.
_UNSEEN = re.compile(
    "[\u202a-\u202e\u2066-\u2069\U000e0000-\U000e0fff]"
    "|[\u200b-\u200d\u2060-\u2064\ufeff\ufe00-\ufe0f\u115f\u1160\u180e\u2800\u3164\uffa0]{3,}"
)
_LIGHT = (
    r"[\"']?(?:\#(?:[ef][0-9a-f]){3,4}\b|\#[ef]{3}\b|white(?:smoke)?\b|transparent\b|snow\b|ivory\b"
    r"|(?:ghost|floral)white\b|rgba?\(\s*2[2-5]\d\s*,\s*2[2-5]\d\s*,\s*2[2-5]\d"
    r"|(?:rgb|hsl)a\([^)]{0,40},\s*(?:0?\.0\d*|0)\s*\)|hsla?\([^)]{0,30},\s*(?:9[5-9]|100)%)"
)
_STYLE = re.compile(r"style\s{0,9}=([^<]*)", re.IGNORECASE)
_UNSEEN_STYLES = re.compile(
    r"\\|/\*|display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|content-visibility\s*:\s*hidden"
    r"|font-size\s*:\s*(?:0(?![.\d])|0?\.[0-3]|[0-4](?:\.\d+)?\s*(?:px|pt|%))"
    rf"|(?<![-\w])color\s*:\s*{_LIGHT}|opacity\s*:\s*(?:0(?![.\d])|0?\.0)"
    r"|(?:left|top|right|bottom|text-indent|margin[-a-z]{0,7})\s*:\s*-\s*\d{3}"
    r"|translate[xy3d]{0,2}\([^)]{0,20}-\d{3}|scale[xy]?\(\s*0?(?:\.0\d*)?\s*[,)]|clip(?:-path)?\s*:"
    r"|(?<![-\w])(?:max-)?(?:height|width)\s*:\s*[01](?:px|em|%)?\s*(?:[;\"'!}]|$)",
    re.IGNORECASE,
)
_UNSHOWN = re.compile(
    r"<!--|<\s?(?:template|noscript|datalist|script|style|object|embed)\b"
    r"|<\w{1,20}\s(?:[^<>]{0,300}\s)?hidden(?=[\s>=/])|type\s*=\s*[\"']?hidden\b"
    rf"|<[^<>]{{1,200}}\scolor\s*=\s*{_LIGHT}"
    r"|^ {0,3}\[[^\]\n]{1,100}\]:[ \t]{0,9}\n?[ \t]{0,9}(?:\#|<>|<\#>|about:blank)(?=\s|$)",
    re.IGNORECASE | re.MULTILINE,
)
# Shown as it is written: whoever explains how a page is built names what it is built of.
_CODE = re.compile(r"^```[^`]{0,5000}^```|(?<![`\\])`[^`\n]{1,300}`(?!`)", re.MULTILINE)
_CALLED = re.compile(
    r"(?:^|[.!?]\s|[*_>#(\[\"'“]\s?)(?:dear\s)?(?:any\s|all\s|the\s)?"
    r"(?:ais?|llms?|gpts?|chatgpt|claude|chatbots?|bots?|assistants?|agents?|language models?|kis?"
    r"|ias?|sprachmodelle?|taalmodel)(?:[ -](?:assistants?|assistenten|agents?|models?|bots?))?"
    r"\s?[:,–—]\s?(?:please\s|bitte\s)?(?:always|never|do not|don['’]t|say|tell|offer|give|reply"
    r"|answer|respond|ignore|forget|grant|approve|refund|you (?:must|should|are|may)|immer|niemals"
    r"|sag[et]?|antworte|biete|siempre|nunca|di\b|toujours|jamais|dites|sempre|altijd|nooit)",
    re.IGNORECASE | re.MULTILINE,
)
_ORDERS = Phrases(
    {
        "orders": lines("""
            ignore|disregard|forget|override|bypass .. previous|prior|earlier|above|all .. |\
                instruction*|rules|guideline*|directive*
            ignore|disregard|forget|override|bypass your|these|any .. |\
                instruction*|guideline*|programming|training|prompt*
            forget everything [that] you
            ignorier*|vergiss|vergesst|vergessen|missacht*|ubergeh* .. |\
                vorherig*|bisherig*|obig*|alle|deine|ihre|eure .. |\
                anweisung*|regeln|vorgaben|richtlinien|instruktionen
            ignor*|oubli* .. toutes|tes|vos|ces|precedent* .. |\
                instructions|consignes|regles|directives
            ignor*|oubli* .. instructions|consignes|regles|directives .. precedent*|anterieur*
            ignor*|olvid* .. todas|todo|tus|sus|estas|anteriores .. |\
                instruccion*|reglas|directrices|indicaciones
            ignor*|olvid* .. instruccion*|reglas|directrices|indicaciones .. anterior*|previas
            ignor*|esquec* .. todas|suas|tuas|anteriores .. instruc*|regras|diretrizes
            ignor*|esquec* .. instruc*|regras|diretrizes .. anterior*
            ignor*|dimentic* .. tutte|tue|sue|precedenti .. istruzion*|regole|direttive
            ignor*|dimentic* .. istruzion*|regole|direttive .. precedent*
            negeer*|vergeet .. alle|vorige|eerdere|bovenstaande|je|uw .. |\
                instructies|regels|aanwijzingen|richtlijnen
            system|developer prompt
            reveal|print|repeat .. your .. prompt|instructions
            you are now a|an|the|in
            from now on you
            assistant|assistants|agent|bot|bots|chatbot*|ai|llm*|model|models must|should|shall |\
                always|never|approve|refund|tell|say|send|offer|grant
            ai assistant*|agent*|bot*|model*|system* must|should|shall |\
                always|never|approve|refund|tell|say|send|offer|grant
            do|must|should not tell|inform the customer|user
            whoever|if .. asks .. always approve|refund
            approve|grant every|all|any refund*
            note|notice|message|memo|reminder|attention|instruction* to [the|all|any|every] |\
                ai|ais|llm*|chatbot*|gpt*|chatgpt|claude|bots
            note|notice|message|memo|reminder|attention|instruction* to [the|all|any|every] |\
                language|automated|virtual model*|assistant*|agent*
            note|notice|memo|reminder for [the|all|any|every] ai|ais|llm*|chatbot*|gpt*|chatgpt
            dear|attention|hey|hello ai|llm*|chatbot*|gpt*|chatgpt
            dear|attention|hey|hello language|virtual model*|assistant*
            if|when|since|because|as you are|re [a|an|the] [large] ai|llm*|chatbot*|gpt*
            if|when|since|because|as you are|re [a|an|the] [large] language model*
            any|all|every ai|llm*|chatbot* [model*|assistant*|agent*] reading|parsing|that|who|which
            any|all|every language model* reading|parsing|that|who|which
            hinweis|nachricht|notiz|achtung an|fur [die|alle|den] ki|llm*|chatbot*|sprachmodell*
            wenn|falls|da du|sie [ein|eine] ki|llm|sprachmodell|chatbot bist|sind
            note|message|attention a|pour|aux [les|l|toute] ia|llm*|chatbot*
            si vous|tu etes|es [un|une] ia|llm|chatbot|modele
            nota|mensaje|aviso|atencion|mensagem|messaggio|avviso para|a|per|alla [la|las|el|los] |\
                ia|llm*|chatbot*
            si eres|es|sei [un|una] ia|llm|chatbot|modelo|modello
            se voce|sei e|for|un|una [um|uma] ia|llm|chatbot|modelo
            bericht|let aan|voor|op [de|alle] ai|llm*|chatbot*|taalmodel*
            als je|u [een] ai|llm|chatbot|taalmodel bent
        """)
    }
)


@lru_cache(maxsize=1024)
def hidden_in(text: str) -> tuple[str, ...]:
    """Why no customer may be told from this text, in words for whoever wrote it; mostly empty."""
    found = []
    if _UNSEEN.search(text):
        found.append("It holds characters that nobody sees.")
    shown = _CODE.sub(" ", text)
    if _UNSHOWN.search(shown) or any(map(_UNSEEN_STYLES.search, _STYLE.findall(shown))):
        found.append("It holds words that a page does not show, such as a comment.")
    read = readable(text)
    if _CALLED.search(read) or any(True for _ in _ORDERS.find(words_of(read))):
        found.append("It gives orders to a machine that reads it.")
    return tuple(found)
