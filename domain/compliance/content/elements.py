"""What carriers want said once at opt-in and in answer to HELP: the elements of CTIA-02, CTIA-04 and CTIA-10."""

import re

from domain.channels import Sender
from domain.compliance.content.names import identified, spelled
from domain.compliance.content.phrases import Text, wording
from domain.compliance.content.ways_out import SAY, stop_instruction
from domain.programs import Program

_QUOTE = "[\"'“”«»„]{0,2} ?"
_HELP = wording(
    rf"SAY[ :]{{0,2}}(?:FILLER ){{0,2}}{_QUOTE}HELP",
    rf"HELP{_QUOTE}(?:for|4|=|:|to|para|pour|fur|2) ?GETTING",
    "stop ~30 (?:or|,|&|and|o|ou|oder) ?HELP",
    "RUN",
    needs="HELP RUN",
    RUN="help4help, help4info, help2help",
    SAY=SAY,
    FILLER="with, us, the, word, con, mit, sie, le, mot",
    HELP="help, info, ayuda, aide, hilfe",
    GETTING="help, info*, get, more, ayuda, aide, hilfe, obtener, obtenir, assistance, support",
)
_CONTACT = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}\.\w|\+?\d[\d ().-]{7,20}\d")
_CARE = wording(
    r"CARE ~30 (?:https?://|www\.|[\w-]{1,63}\.[a-z]{2,20}/)",
    needs="CARE",
    CARE="""
        help, support, questions, contact, customer care, customer service, kundenservice, hilfe,
        atención al cliente, service client
    """,
)
_MESSAGES = """
    msg, msgs, message, messages, text, texts, sms, text message, text messages, automated messages,
    recurring messages, automated texts, recurring texts, marketing messages, marketing texts, promotional messages,
    promotional texts, text msgs, email, emails, alert, alerts, mensaje, mensajes, correo, correos, nachricht,
    nachrichten, newsletter, newsletters
"""
_PERIOD = """
    day, week, wk, month, mo, mth, year, yr, request, purchase, order, transaction, visit, día, semana, mes, año,
    jour, semaine, mois, an, tag, woche, monat, jahr
"""
_FREQUENCY = wording(
    r"(?:\d{1,4}|NUMBER)\+?(?: ?(?:-|to|a|bis|oder|or) ?\d{1,4})? ?MESSAGES ?(?:/|PER) ?PERIOD",
    r"MESSAGES? ~30 VARIES",
    "FREQUENCY ~30 VARIES",
    "OFTEN ~20 (?:MESSAGES|CONTENT)",
    "EVERY (?:PERIOD)",
    r"UPTO \d",
    needs="PERIOD VARIES OFTEN EVERY UPTO",
    NUMBER="""
        one, two, three, four, five, six, seven, eight, nine, ten, un, una, uno, dos, tres, cuatro, une, deux,
        trois, quatre, ein, eine, einen, zwei, drei, vier
    """,
    MESSAGES=_MESSAGES,
    PER="per, a, an, each, every, al, por, cada, par, pro, im, in der",
    PERIOD=_PERIOD,
    VARIES="varies, vary, varying, varía, varie, variable, variiert, unterschiedlich",
    FREQUENCY="frequency, freq, frecuencia, fréquence, häufigkeit",
    OFTEN="""
        daily, weekly, monthly, biweekly, quarterly, täglich*, wöchentlich*, monatlich*, diario, diaria, diarios,
        semanal, semanales, mensual, mensuales, quotidien*, hebdomadaire*, mensuel*
    """,
    CONTENT="update*, offer*, boletín*, offre*, angebot*, news, deals",
    EVERY="""
        every, each, once a, twice a, once per, once every, cada, chaque, jede, jeden, jedes, einmal pro, einmal im,
        una vez por, una vez al, une fois par
    """,
    UPTO="up to, hasta, jusqu'à, bis zu",
)
_RATES = wording(
    "CARRIED ?(?:&|and|/|n) ?DATA",
    "CARRIED RATES ~10 APPLY",
    "DATA ~10 APPLY",
    "(?:MENSAJES|DATOS) ~30 TARIFAS",
    "TARIFAS ~40 (?:MENSAJES|DATOS)",
    needs="DATA RATES TARIFAS",
    CARRIED="msg, msgs, message, messages, messaging, text, sms, std, standard, carrier",
    DATA="data rate, data rates, data charges, data fees",
    RATES="rates, charges, msg rates, message rates, messaging rates, text rates",
    APPLY="apply, may apply",
    TARIFAS="""
        tarifa, tarifas, cargos, frais, tarif, tarife, tarifs, coûts, gebühren, kosten, entgelte, datengebühren,
        datentarife, datenkosten, nachrichtengebühren, nachrichtentarife
    """,
    MENSAJES="mensajes, messag*, nachrichten*, sms",
    DATOS="datos, données, daten*",
)
help_instruction = _HELP.said_in
rates = _RATES.said_in


def customer_care(text: Text, sender: Sender | None) -> bool:
    """HELP, or a contact one can turn to."""
    if help_instruction(text) or _CONTACT.search(text.words) or _CARE.said_in(text):
        return True
    return (
        sender is not None
        and spelled(sender.support.partition("://")[2] or sender.support).search(text.words) is not None
    )


def frequency(text: Text, program: Program | None) -> bool:
    """How often in numbers or that it varies; in the words of the program or others."""
    if _FREQUENCY.said_in(text):
        return True
    return program is not None and spelled(program.frequency).search(text.words) is not None


def elements(text: Text, sender: Sender, program: Program | None) -> frozenset[str]:
    """The names of the rule for what is there."""
    there = {
        "program_name": identified(text, sender, program),
        "customer_care_contact_or_HELP": customer_care(text, sender),
        "STOP_instruction": stop_instruction(text),
        "recurring_and_frequency": frequency(text, program),
        "msg_and_data_rates": rates(text),
    }
    return frozenset(name for name, said in there.items() if said)
