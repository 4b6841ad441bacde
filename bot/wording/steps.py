"""Phrases that tell the customer what to do, or what will be done."""

from bot.agent.phrases import lines

_DO = (
    "open|click|choose|select|go|check|reply|respond|send|tell|press|tap|follow|sign|log|contact|"
    "update|use|enter|try|write|email|call|let|keep|wait|remove|add|change|download|upload|export|"
    "import|restart|reload|refresh|reset|install|uninstall|copy|paste|type|turn|switch|set|clear|"
    "save|delete|confirm|create|make|visit|scroll|disable|enable|connect|reconnect|disconnect|"
    "share|attach|look|search|read|run|move|rename|invite|ask|order|cancel|pay|return|drag|print|"
    "close|start|stop|repeat|give|put|restore|replace|filter|edit|fill|verify|ignore|expect|start"
)
_HACER = (
    "abrir|hacer|elegir|pulsar|seleccionar|responder|escribir|enviar|comprobar|intentar|cambiar|"
    "usar|utilizar|descargar|contactar|revisar|acceder|confirmar|probar|iniciar|guardar|eliminar|"
    "clicar|escolher|selecionar|escrever|verificar|tentar|mudar|alterar|descarregar|baixar|fazer|"
    "aceder|acessar|excluir|salvar|aprire|fare|scegliere|premere|selezionare|rispondere|scrivere|"
    "inviare|verificare|provare|cambiare|usare|scaricare|contattare|cliccare|controllare|andare|"
    "salvare|eliminare|inserire"
)

# Said anywhere, each is a step.
ASKS = lines(f"""
    please|kindly
    you [will|ll] should|must|need|want|ought|will|ll|shall
    you can|could|may|might [also|now|then|simply|just|always|still|either|directly|easily|\
        instead] {_DO}
    ill|well|youll [also|then|now] get|send|look|write|reply|answer|call|check|fix|have|hear|let|\
        try|do|update|contact|receive|see|investigate|know|find
    i|we will|ll|shall|am|m|are|re [now|still|also|currently] going|looking|checking|working|\
        sending|waiting|investigating|happy|glad
    let me|us know
    feel free
    make sure
    reply|respond|answer to|here|with
    no [further|more] action|steps
    nothing [more|else|further|left] [for] [you] to
    you [do] not|dont need|have to
    would|could|can|do|did|will|are|have you|we|i

    bitte
    klicken|offnen|wahlen|gehen|prufen|antworten|schreiben|senden|schicken|versuchen|geben|melden|\
        laden|tragen|starten|nutzen|verwenden|rufen|warten|teilen|drucken|entfernen|stellen|setzen|\
        fugen|loschen|tippen|folgen|aktivieren|deaktivieren|lassen|sagen|nennen|kontaktieren|\
        wechseln|bestatigen|speichern|lesen|installieren|aktualisieren|andern|kopieren|\
        exportieren|importieren sie
    sie konnen|mussen|sollten|brauchen|werden|durfen|erhalten|bekommen
    konnen|mussen|sollten|brauchen|werden|erhalten|bekommen sie

    por|per favor|favore|cortesia|piacere
    puede|debe|podra|debera|pode|deve|podera|devera|puo|potra|dovra|basta|tiene|precisa|necesita \
        [usted|voce|lei|que|de|simplemente|tambien|tambem|anche] {_HACER}

    veuillez
    sil|il vous plait
    merci de|d nous|me|bien|m
    vous pouvez|devez|devriez|pourrez|devrez|pourriez|recevrez
    pouvez|pourriez vous
    il suffit|faut de|que

    alstublieft|alsjeblieft
    u|je kunt|moet|dient|zult|hoeft|mag|kan
    kunt|moet|wilt|zou u|je
    neem|neemt contact
""")

# Said by themselves they bid; behind a subject they only tell what it does.
BIDS = lines("""
    click|choose|select|tap|press
    haga|abra|elija|pulse|seleccione|responda|escriba|escribanos|vaya|envie|envienos|compruebe|\
        verifique|intente|introduzca|inicie|cierre|actualice|descargue|cambie|utilice|desmarque|\
        elimine|espere|contacte|contactenos|digame|diganos|avise|avisenos|revise|acceda|confirme|\
        toque|siga|instale|pruebe
    clique|escolha|selecione|tente|utilize|digite|insira|acesse|aceda|baixe|descarregue|altere|\
        exclua|aguarde|preencha|faca|escreva|pressione
    cliquez|ouvrez|choisissez|allez|repondez|ecrivez|envoyez|verifiez|essayez|saisissez|entrez|\
        selectionnez|utilisez|suivez|contactez|telechargez|appuyez|cochez|decochez|changez|\
        modifiez|supprimez|enregistrez|attendez|dites|indiquez|connectez|deconnectez|reconnectez|\
        rechargez|redemarrez|installez|copiez|collez|faites|rendez|confirmez|activez|desactivez|\
        mettez|patientez|hesitez
    clicchi|apra|scelga|selezioni|risponda|scriva|prema|faccia|vada|clicca|apri|scegli|seleziona|\
        rispondi|scrivi|invii|verifichi|provi|inserisca|segua|attenda|confermi|tocchi|scarichi|\
        elimini|aggiorni
""")
SUBJECTS = frozenset(
    ["i", "we", "you", "they", "who", "that", "which", "people", "users", "customers", "to", "vous"]
)

# So common as other words that only the head of a clause makes them a request.
HEADS = lines(f"""
    {_DO}
    klick|klicke|offne|wahle|geh|gehe|pruf|prufe|antworte|schreib|schreibe|sende|schick|versuch|\
        versuche|gib|starte|nutze|lade|warte|druck|drucke|entferne|losche|folge|sag|lies
    klik|kies|selecteer|antwoord|druk|ga|laat|stuur|probeer|controleer|gebruik|voer|wacht|\
        verwijder|volg|schrijf|vul|zet|vink|herstart|meld|log
""")
