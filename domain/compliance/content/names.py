"""Whether a reader can tell who writes: the sender as the law or as people name it, or the program they joined."""

import re
from functools import lru_cache

from domain.channels import NumberType, Sender
from domain.compliance.content.phrases import Text, entries
from domain.compliance.content.reading import plain
from domain.programs import Program

_FORMS = frozenset(
    entries(
        """
        ltd, limited, llc, inc, incorporated, corp, corporation, co, company, plc, llp, lp, pllc, pc, gmbh, mbh,
        ggmbh, ag, kg, kgaa, ug, ohg, gbr, ev, eg, se, sa, sas, sasu, sarl, eurl, sca, sl, slu, srl, spa, sc, scs,
        bv, nv, vof, oy, oyj, ab, as, asa, aps, pty, pte, pvt, sdn, bhd, kk, doo, sro, and, und, et, y
        """
    )
)
_ARTICLES = frozenset(entries("the, la, le, les, el, los, las, der, die, das, de"))
# A name that begins with one of these is not recognised by that word alone.
_ORDINARY = frozenset(
    entries(
        """
        american, bank, best, big, central, city, clinic, club, daily, direct, easy, express, fast, first, free,
        fresh, general, global, good, great, green, group, health, home, hotel, house, international, local, main,
        modern, my, national, new, north, now, official, old, one, online, open, our, prime, pro, quick, real,
        royal, sale, save, school, shop, simple, smart, south, store, super, team, top, united, university, weekly,
        west, world, your, marketing, sms, text, news, promo, offers, alerts, default
        """
    )
)
_WORD = re.compile(r"[^\W_]+(?:[.'][^\W_]+)*")
_SHORTEST = 3
_NOBODY = re.compile(r"(?!)")


def identified(text: Text, sender: Sender, program: Program | None) -> bool:
    known_as = _known_as(sender.legal_name, sender.slug, program.name if program else "")
    return known_as.search(text.words) is not None


def named_by_origin(sender: Sender) -> bool:
    """An alphanumeric sender id stands where the number would: the reader sees the name before the text."""
    return sender.sms_number_type is NumberType.ALPHANUMERIC


def shows_address(text: Text, postal_address: str) -> bool:
    """In whatever lines and punctuation it is set."""
    return spelled(postal_address).search(text.words) is not None


@lru_cache(maxsize=1024)
def spelled(text: str) -> re.Pattern[str]:
    """Finds a text whatever its case, spacing and punctuation; an empty one nowhere."""
    return _any([_WORD.findall(plain(text))])


def proper_names(sender: Sender | None, program: Program | None) -> re.Pattern[str]:
    """What is said of necessity, whatever it happens to mean: a program called Weekly offers does not offer."""
    named: list[str] = []
    if sender is not None:
        named += sender.legal_name, " ".join(core(sender.legal_name)), sender.postal_address, sender.support
    if program is not None:
        named += program.name, program.purpose, program.frequency
    return _of_necessity(tuple(named))


def core(legal_name: str) -> list[str]:
    """The words of the name without its article and legal form."""
    words = [word.replace(".", "") for word in _WORD.findall(plain(legal_name))]
    kept = words[1:] if len(words) > 1 and words[0] in _ARTICLES else words
    while len(kept) > 1 and kept[-1] in _FORMS:
        kept = kept[:-1]
    return kept


@lru_cache(maxsize=1024)
def _known_as(legal_name: str, slug: str, program: str) -> re.Pattern[str]:
    words, slugged = core(legal_name), slug.split("-")
    names = [words, _distinctive(words), slugged if slug not in _ORDINARY else [], _WORD.findall(plain(program))]
    return _any(names)


def _distinctive(words: list[str]) -> list[str]:
    if not words or (len(words[0]) >= _SHORTEST and words[0] not in _ORDINARY):
        return words[:1]
    return words[:2]


@lru_cache(maxsize=1024)
def _of_necessity(named: tuple[str, ...]) -> re.Pattern[str]:
    return _any([_WORD.findall(plain(name)) for name in named])


def _any(names: list[list[str]]) -> re.Pattern[str]:
    """A name may be run together, hyphenated or broken over lines."""
    spelled = {r"[\W_]{0,4}".join(map(re.escape, words)) for words in names if words}
    if not spelled:
        return _NOBODY
    longest_first = sorted(spelled, key=lambda name: (-len(name), name))
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(longest_first)})(?![^\W_])")
