"""What carriers want said once at opt-in and in answer to HELP: the elements of CTIA-02, CTIA-04 and CTIA-10."""

import re

from domain.channels import Sender
from domain.compliance.content.names import identified, spelled
from domain.compliance.content.ways_out import stop_instruction
from domain.programs import Program

_HELP = re.compile(
    r"\b(?:reply|text|txt|send|responda|responde|envie|envia|repondez|reponds|envoyez|antworte[nt]?|senden?|sende)\b"
    r"[ :]{0,2}(?:(?:with|us|the|word|con|mit|sie|le|mot) ){0,2}[\"'“”«»„]{0,2}(?:help|info|ayuda|aide|hilfe)\b"
    r"|\b(?:help|info|ayuda|aide|hilfe)\b[\"'“”«»]{0,2} ?(?:for|4|=|:|to|para|pour|fur|2) ?(?:help|info|get|more|ayuda|aide|hilfe|obtener|obtenir)"
    r"|\bstop\b[^.!?]{0,30}\b(?:or|,|&|and|o|ou|oder) help\b"
)
_CONTACT = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\+?\d[\d ().-]{7,}\d"
    r"|\b(?:help|support|questions|contact|customer (?:care|service)|kundenservice|atencion al cliente|service client)\b"
    r"[^.!?]{0,30}(?:https?://|www\.|\b[\w-]+\.[a-z]{2,}/)"
)
_FREQUENCY = re.compile(
    r"\b(?:\d+|one|two|three|four|five|six|ten|un|una|uno|dos|tres|cuatro|une|deux|trois|quatre|ein(?:e|en)?|zwei|drei|vier)"
    r" ?(?:-|to|a|bis)? ?\d* ?(?:automated |recurring |marketing |promotional |text |sms )*"
    r"(?:msgs?|messages?|texts?|sms|e-?mails?|alerts?|mensajes?|nachrichten?|correos)"
    r" ?(?:/|per|a|an|each|every|al|por|cada|par|pro|im|am|in der) ?"
    r"(?:day|week|wk|month|mo|mth|year|yr|request|purchase|order|transaction|dia|semana|mes|ano|jour|semaine|mois|an|tag|woche|monat|jahr)"
    r"|\b(?:msg|message|text|sms|mensajes?|frecuencia|frequence|haufigkeit|nachrichten)[^.!?]{0,30}"
    r"(?:frequency|freq|varies|vary|varia|variable|variiert|unterschiedlich)"
    r"|\bfrequency (?:varies|may vary)"
    r"|\b(?:daily|weekly|monthly|biweekly|quarterly|taglich\w*|wochentlich\w*|monatlich\w*|diari[oa]s?|semanal(?:es)?|mensual(?:es)?"
    r"|quotidien\w*|hebdomadaires?|mensuel\w*) (?:\w+ ){0,2}(?:msgs?|messages?|texts?|emails?|newsletters?|updates?|alerts?|offers?"
    r"|nachrichten?|mensajes?|correos|boletin\w*|offres)"
    r"|\bup to \d+\b|\b(?:every|each|once a|twice a|once per|cada|chaque|jede[nrs]?|einmal (?:pro|im)|una vez (?:por|al)|une fois par)"
    r" (?:day|week|month|dia|semana|mes|jour|semaine|mois|tag|woche|monat)\b"
)
_RATES = re.compile(
    r"\b(?:msg|message|messaging|text|sms)s? ?(?:&|and|\+|/|n) ?data (?:rates?|charges?|fees?)|\bdata (?:rates|charges) may apply"
    r"|\b(?:carrier|messaging|message|msg|std|standard) (?:msg |message )?(?:rates|charges) (?:may )?apply"
    r"|\btarifas[^.!?]{0,40}(?:mensajes|datos)|\b(?:mensajes|datos)[^.!?]{0,30}tarifas|\bcargos[^.!?]{0,30}(?:mensajes|datos)"
    r"|\bfrais[^.!?]{0,50}(?:messag\w*|sms|donnees)|\b(?:tarifs?|couts?)[^.!?]{0,40}(?:messag\w*|sms|donnees)"
    r"|\b(?:nachrichten|sms|daten)[^.!?]{0,30}(?:gebuhren|tarife?|kosten|entgelte)|\b(?:gebuhren|kosten)[^.!?]{0,40}(?:nachrichten|sms|daten)"
)


def help_instruction(part: str) -> bool:
    return _HELP.search(part) is not None


def customer_care(part: str, sender: Sender | None) -> bool:
    """HELP, or a contact one can turn to."""
    if help_instruction(part) or _CONTACT.search(part):
        return True
    return sender is not None and spelled(sender.support.partition("://")[2] or sender.support).search(part) is not None


def frequency(part: str, program: Program | None) -> bool:
    """How often in numbers or that it varies; in the words of the program or others."""
    if _FREQUENCY.search(part):
        return True
    return program is not None and spelled(program.frequency).search(part) is not None


def rates(part: str) -> bool:
    return _RATES.search(part) is not None


def elements(part: str, sender: Sender, program: Program | None) -> frozenset[str]:
    """The names of the rule for what is there."""
    there = {
        "program_name": identified((part,), sender, program),
        "customer_care_contact_or_HELP": customer_care(part, sender),
        "STOP_instruction": stop_instruction(part),
        "recurring_and_frequency": frequency(part, program),
        "msg_and_data_rates": rates(part),
    }
    return frozenset(name for name, said in there.items() if said)
