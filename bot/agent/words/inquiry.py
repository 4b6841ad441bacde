"""What shows that a report tells something already, and how it is asked for where it does not."""

from collections.abc import Mapping

from bot.agent.phrases import lines


def _words(table: str) -> frozenset[str]:
    return frozenset(table.split())


TELLS = {
    "steps": lines("""
        when|whenever|if|after|once|as i|we|you
        click|clicked|clicking|press|pressed|open|opened|opening|try|tried|trying|select|selected|\
            upload|uploaded|import|imported|export|exported|save|saved|saving|type|typed|drag|\
            choose|chose|enter|entered|submit|submitted|log|logging|sign|signing|went|go
        steps|reproduce
        wenn|sobald|nachdem ich|wir|man
        klicke|klicken|geklickt|offne|offnen|geoffnet|versuche|versucht|speichere|gespeichert
        cuando|al|si hago|abro|pulso|intento|abrir|guardar|entrar|exportar|importar|hacer
        intento|pulso|abro
        quand|lorsque|si je|on|nous
        clique|ouvre|essaie|essaye|enregistre
        quando|ao|se clico|abro|tento|abrir|salvar|guardar|entrar|exportar
        clico|tento|abro
    """),
    "expected": lines("""
        expect|expected|expecting|instead|supposed
        should be|show|have|see|get
        error|message|says|saying|shows|showing|appears|blank|empty|missing|wrong|crash|crashes|\
            crashed|freezes|frozen|hangs|timeout|timed|spins|spinning
        erwarte|erwartet|stattdessen|sollte|fehlermeldung|meldung|leer|absturz|sturzt|hangt
        espero|esperaba|deberia|mensaje|vacio|vacia|blanco
        attendu|attendais|devrait|message|vide|blanc|blanche
        esperava|deveria|mensagem|vazio|vazia|branco
    """),
    "device": lines("""
        windows|macos|mac|macbook|linux|ubuntu|android|ios|iphone|ipad|ipados|chromebook|laptop|\
            phone|tablet|desktop
        chrome|firefox|safari|edge|opera|brave|browser|navegador|navigateur
    """),
    "version": lines("""
        version|versione|versao|release|build
        update|updated|upgrade|upgraded|aktualisiert|actualizado|actualice|atualizei
    """),
    "began": lines("""
        since|yesterday|today|monday|tuesday|wednesday|thursday|friday|saturday|sunday|morning|\
            afternoon|tonight|lately|recently|suddenly|started|began
        last|this|past week|month|night|morning|weekend|year|days|hour|hours
        days|hours|weeks|minutes ago
        for the [last|past] days|hours|weeks|minutes
        seit|gestern|heute|morgens|plotzlich|vorhin
        desde|ayer|hoy|anoche|repente
        depuis|hier|aujourdhui|matin
        desde|ontem|hoje|manha
        ha|hace dias|horas|minutos|semanas
    """),
    "affected": lines("""
        everyone|everybody|nobody|colleague|colleagues|coworker|coworkers|team|users|staff|\
            employees|customers|only
        all of us
        the whole|entire office|company|team
        just|only me|mine|one
        alle|niemand|kollege|kollegin|kollegen|mitarbeiter|mitarbeitende|nur
        todos|nadie|equipo|companeros|usuarios|solo
        tous|toutes|personne|collegue|collegues|equipe|utilisateurs|seul
        todos|ninguem|equipe|colegas|usuarios|apenas
    """),
    "impact": lines("""
        deadline|payroll|cant|unable|blocked|blocking|losing|lost|urgent|urgently|stuck|production
        cannot work|invoice|pay|sell|ship|open|publish
        frist|dringend|blockiert|verlieren|verloren|lohn|lohne|gehalter
        urgente|bloqueado|bloqueada|perdemos|nomina|plazo
        urgent|bloque|bloques|perdons|paie|delai
        prazo|folha|perdendo|parado|parados
    """),
}

QUESTIONS: Mapping[str, Mapping[str, str]] = {
    "steps": {
        "en": "What did you do, step by step, just before it happened?",
        "de": "Was haben Sie unmittelbar davor Schritt für Schritt getan?",
        "es": "¿Qué hizo, paso a paso, justo antes de que ocurriera?",
        "fr": "Qu’avez-vous fait, étape par étape, juste avant ?",
        "pt": "O que fez, passo a passo, logo antes de acontecer?",
    },
    "expected": {
        "en": "What did you expect to see, and what did you see instead?",
        "de": "Was haben Sie erwartet, und was sehen Sie stattdessen?",
        "es": "¿Qué esperaba ver y qué ve en su lugar?",
        "fr": "Que pensiez-vous voir, et que voyez-vous à la place ?",
        "pt": "O que esperava ver e o que aparece em vez disso?",
    },
    "device": {
        "en": "Which device and browser do you use?",
        "de": "Welches Gerät und welchen Browser benutzen Sie?",
        "es": "¿Qué dispositivo y qué navegador usa?",
        "fr": "Quel appareil et quel navigateur utilisez-vous ?",
        "pt": "Que dispositivo e que navegador usa?",
    },
    "version": {
        "en": "Which product is it about, and in which version?",
        "de": "Um welches Produkt geht es, und in welcher Version?",
        "es": "¿De qué producto se trata y en qué versión?",
        "fr": "De quel produit s’agit-il, et dans quelle version ?",
        "pt": "De que produto se trata e em que versão?",
    },
    "began": {
        "en": "When did it begin?",
        "de": "Seit wann ist das so?",
        "es": "¿Desde cuándo ocurre?",
        "fr": "Depuis quand cela se produit-il ?",
        "pt": "Desde quando acontece?",
    },
    "affected": {
        "en": "Is it you alone, or are others affected too?",
        "de": "Betrifft es nur Sie oder auch andere?",
        "es": "¿Le ocurre solo a usted o también a otras personas?",
        "fr": "Êtes-vous la seule personne concernée, ou d’autres le sont-elles aussi ?",
        "pt": "Acontece só consigo ou também com outras pessoas?",
    },
    "impact": {
        "en": "What can you not do because of it, and by when do you need it?",
        "de": "Was können Sie deshalb nicht tun, und bis wann brauchen Sie es?",
        "es": "¿Qué no puede hacer por ello y para cuándo lo necesita?",
        "fr": "Que ne pouvez-vous pas faire à cause de cela, et pour quand en avez-vous besoin ?",
        "pt": "O que não consegue fazer por causa disso e para quando precisa?",
    },
    "about": {
        "en": "What exactly were you trying to do?",
        "de": "Was genau wollten Sie tun?",
        "es": "¿Qué intentaba hacer exactamente?",
        "fr": "Que cherchiez-vous à faire exactement ?",
        "pt": "O que estava a tentar fazer, exatamente?",
    },
}

# What a question asks for that the record of an account may say.
ASKS = {
    "plan": lines("""
        which|what [current|pricing|billing|subscription|support] plan|tier|subscription|package|\
            edition|licence|license
        which|what .. and|or plan|tier|subscription|edition
        tell|know|share .. plan|tier|subscription
        are you [currently] on|using a|an|the|our .. plan|tier|subscription
        welchen|welches|welcher|welche [aktuellen] tarif|abo|abonnement|paket|plan|lizenz
        que|cual [es] [su] plan|tarifa|suscripcion
        quel|quelle [est] [votre] forfait|formule|abonnement|offre
        que|qual [e] [o] [seu] plano|assinatura
        quale [e] [il] [suo] piano|abbonamento
        welk abonnement|pakket
    """),
    "region": lines("""
        which|what [country|plan|data] [and|or] region|country
        which|what .. and|or region|country
        where are you|your located|based
        from which|what country|region
        welche|welcher|welchem [region|land] region|land
        welchem|welcher land|region
        que|cual pais|region
        quel|quelle pays|region
        qual|que pais|regiao
        quale paese|regione
        welk|welke land|regio
    """),
    "account": lines("""
        which|what is|are [your] account|customer|company|organisation|organization [id|name|number]
        which|what account|customer id|number|name
        what|which .. account id|number
        your account|customer id|number
        welche|wie|ihre kundennummer|kontonummer
        numero de|del cliente|cuenta|client|compte
        numero cliente
        klantnummer
    """),
    "role": lines("""
        are you [an|the|a] admin|administrator|owner
        which|what [is] [your] role
        sind sie admin|administrator|inhaber
        welche rolle
        que|quel|quale|qual [es|est|e] [su|votre|o|il] [seu|suo] rol|role|papel|ruolo
    """),
    "product": lines("""
        which|what [of] [our] product|products|app|application
        welches|welchem produkt
        que|cual|qual [es] [el|o] producto|produto
        quel|quelle produit
        quale prodotto
        welk product
    """),
    "version": lines("""
        which|what [product|software|app] [and|or] version|release
        which|what .. which|what version|release [of] [it|the|our] [product|app]
        which|what version|release .. product|app|software
        welche|welcher|welches version
        que|cual|qual|quelle|quale version|versao|versione
        welke versie
    """),
}

# So many of them, so many things are asked for.
PRONOUNS = _words(
    """
    what which who whom whose when where why how was welche welcher welches welchen welchem wer
    wann warum wieso weshalb cual cuales quien quienes cuando donde quel quelle quels
    quelles quand pourquoi comment combien qual quais quem onde quale quali chi
    dove perche welk welke wie wanneer waar waarom
    """
)

# Nobody asks a customer for these, least of all a machine.
SECRETS = _words(
    """
    password passwords passcode passphrase pin cvv cvc card iban token secret credentials
    ssn passwort kennwort karte kartennummer contrasena clave tarjeta passe mot carte
    senha cartao login
    """
)
# An apology of habit is no question.
HABITS = _words(
    """
    sorry apologies apologize apologise inconvenience entschuldigung entschuldigen
    unannehmlichkeiten disculpe disculpas molestias desole excuses gene desculpe desculpas
    transtorno scusi scusate spiacenti disagio ongemak
    """
)
# Beginnings of words for money, orders, ways in, losses and thefts: a person settles these, and
# how a program was used tells nothing of them.
SETTLED = tuple(
    _words("""
        card karte kreditkart tarjeta carte cartao visa mastercard amex pin pincode passcode
        passwor passwort kennwort contrasen senha passe chequ checks refund reimburs
        reinburs rebat rembours erstatt ruckerstatt reembols payment paiement zahlung pago
        pagamento transact transakt transfer uberweis virement purchas kauf compra achat
        order bestell pedido commande booking buchung reserv flight flug vuelo insuranc
        versicher seguro assurance money geld dinero argent dinheiro fund bank konto cuenta
        conta compte account salary withdraw deposit stole stolen steal thief theft robb
        mugged attack gestohl geklaut robad robar vole voleur roubad lost verlor perdi perdu
        misplac fraud betrug fraude address adress direccion endereco subscri abonnement
        suscri assinat membership cancel stornier kundig annul resili exchang umtausch
        return delivery liefer entrega livraison
    """)
)
