"""Words of requests that something be done to money, an order, an account or a way in.

No act of ours may cover them, and no article does them: whoever reads only how it would be done
has been sent away. A refund and the changes to an account that are acts stand in `wishes`.
"""

from bot.agent.phrases import lines

DEED = lines("""
    cancel*|annul|void|revoke|undo|return*|exchang*|swap*|modif*|chang*|updat*|edit*|correct*|fix|\
        amend*|alter*|add|adding|remov*|replac*|switch*|put|track .. order*|purchase*|item*|\
        reservation*|booking*|transfer*|payment*|transaction*|ticket*|appointment*|shipment*
    plac*|make|making|submit*|complete .. order*|purchase*|payment*|reservation*|booking*|transfer*
    order|buy|book|reserve|rent|schedule a|an|the|me|some|my|more|another|new|two|several|flight*|\
        hotel*|car|table|ticket*
    chang*|updat*|edit*|correct*|modif*|set|setting|enter*|add|adding|new|register*|switch*|fix|\
        amend*|alter*|rewrite .. address*|details|information|info|data|surname|name|phone|number|\
        account*|profile|user|pin|passcode|limit|insurance|beneficiary|newsletter
    clos*|delet*|terminat*|remov*|deactivat*|cancel*|end|open*|creat*|erase|eliminat*|register* .. \
        account*|profile|user|registration|membership|subscription*|newsletter
    account*|profile|registration|membership|subscription* .. .. clos*|delet*|terminat*|\
        deactivat*|cancel*|erase*|eliminat*
    transfer*|money|funds|payment*|deposit*|cheque*|withdrawal* .. .. arriv*|received|reach*|\
        landed|credited|pending|reverted|appear*|show|shows|showing|isnt|wasnt|hasnt|take|takes
    where|when is|are|does|will .. money|funds|transfer*|payment*|deposit*|refund*|cheque*|salary
    clos*|delet*|eras*|wip*|purg*|cancel*|remov*|forget everything|me
    can|could|would|will|please|pls|kindly|to [you|u] [please] delet*|eras*|wip*|purg*|remov*|\
        destroy* .. my|our|me|us|everything
    losch*|entfern* .. alle|alles|meine|unsere .. daten
    borr*|elimin* [todos] mis|nuestros datos
    supprim*|efface* [toutes] mes|nos donnees
    apag*|elimin*|exclu* [todos] [os] meus|nossos dados
    reset*|recover*|restor*|retriev*|unlock*|unblock*|renew*|regain*|chang*|lost|lose|losing .. \
        password*|passcode*|pass|pin|key|keys|credential*|username|access
    forgot*|forget|misplaced|remember|know .. password*|passcode*|pin|pincode|username|key|pass
    freez*|frozen|block*|lock*|stop*|suspend*|hold|activat*|reactivat*|deactivat*|unfreez* .. \
        account*|card*|pin|phone|payment*|transfer*|profile
    account*|card*|pin|passcode|phone|wallet .. block*|lock*|frozen|lost|stolen|compromis*|\
        swallow*|stuck|expired|damaged|hacked|missing|activat*
    lost|lose|losing|stole*|missing|misplaced|swallow*|ate|kept|retained|took|report* .. card*|\
        phone|wallet|purse
    need|want|get|getting|order*|request*|obtain*|receiv*|have|send|issu*|appl*|like|replac*|make|\
        see|use|virtual|physical|disposable|spare|second|another|extra|additional|new|temporary \
        .. card*|checks|cheque*|checkbook*|chequebook*
    transfer*|mov*|send*|wire|pay*|deposit*|withdraw*|redeem*|roll*|spend*|cash .. money|funds|\
        cash|dollar*|bill*|rewards|points|401k|balance|account*|savings|checking|rent|loan
    rais*|increas*|lower*|higher|extend* .. limit*|insurance|coverage|credit
    put .. stop|hold|freeze
    no longer|cant|cannot afford|want|need .. order*|purchase*|account*|item*|product*
    cant|cannot|not afford .. order*|purchase*|item*
    compensat*|rebate*|restitution|reimburs*|refund*
    moved|move|moving to|house|home|address|recently
    my|our address|name|number|details .. changed|different|new|wrong|incorrect
    no|any longer live|living
    delivery|shipping|billing|home address*
    bestell*|auftrag* .. andern|stornier*|zuruckgeben|umtauschen|widerruf*
    passwort|kennwort|pin|zugang|konto|karte .. vergess*|zurucksetz*|gesperrt|sperr*|entsperr*|\
        loschen|verlor*|gestohlen|andern
    vergess*|verlor*|sperr* .. passwort|kennwort|pin|karte|konto
    adresse|anschrift|bankverbindung .. andern|geandert|neue|falsch
    cancel*|anul*|devolver|cambi*|modific* .. pedido*|compra*|reserva*|direccion|tarjeta|contrasena
    olvid*|perd*|rob*|bloque* .. contrasena|clave|tarjeta|cuenta|pin
    cerrar|eliminar|borrar|dar .. cuenta|tarjeta
    annul*|modifi*|chang*|retourn*|echang* .. commande*|achat*|reservation*|adresse|carte
    oubli*|perdu*|vol*|bloqu*|reinitialis* .. passe|code|carte|compte
    ferm*|supprim*|clotur* .. compte
    cancel*|alter*|mud*|troc*|devolv* .. pedido*|compra*|reserva*|endereco|cartao|senha
    esquec*|perd*|roub*|bloque* .. senha|cartao|conta
    fechar|encerrar|excluir|apagar .. conta
""")
