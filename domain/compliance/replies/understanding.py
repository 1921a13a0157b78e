"""What words want, whatever the channel: whole replies first, then sentences, in the languages the words belong to."""

from collections.abc import Iterable
from enum import IntEnum, auto
from itertools import chain

from msgspec import Struct
from msgspec.structs import replace

from domain.compliance.replies.languages.de import GERMAN
from domain.compliance.replies.languages.en import ENGLISH
from domain.compliance.replies.languages.es import SPANISH
from domain.compliance.replies.languages.fr import FRENCH
from domain.compliance.replies.languages.it import ITALIAN
from domain.compliance.replies.languages.nl import DUTCH
from domain.compliance.replies.languages.pt import PORTUGUESE
from domain.compliance.replies.reader import NOTHING, Parsed, Reader, Sense, words_of
from domain.compliance.replies.vocabulary import Lexicon, Step, lengths_of, phrases
from domain.compliance.replies.words import Words

LANGUAGES = (ENGLISH, SPANISH, FRENCH, GERMAN, PORTUGUESE, ITALIAN, DUTCH)
PER_SE = frozenset(
    {"stop", "quit", "end", "revoke", "opt out", "cancel", "unsubscribe", "optout", "stopall", "stop all"}
)
_SHORT_REPLY = 3


class Wish(IntEnum):
    """The gravest first: of two readings of one reply, the lower counts."""

    KEYWORD = auto()  # one of the seven words, as the whole reply
    FOREIGN_KEYWORD = auto()  # a word of SMS-KW-I18N, as the whole reply
    LEAVE = auto()
    DOUBT_KEYWORD = auto()  # an ambiguous word, as the whole reply
    DOUBT = auto()
    HELP = auto()
    OPT_IN = auto()
    AGREE = auto()
    STAY = auto()
    OTHER = auto()


class Understood(Struct, frozen=True, kw_only=True):
    wish: Wish
    meaning: str
    language: str | None = None
    word: str = ""  # the keyword, when the whole reply is one
    declines: bool = False
    keeps_orders: bool = False


_WHOLE = (
    (Wish.FOREIGN_KEYWORD, "opt_out", "the whole reply is an opt-out keyword"),
    (Wish.HELP, "help", "the whole reply is a help keyword"),
    (Wish.OPT_IN, "opt_in", "the whole reply is an opt-in keyword"),
    (Wish.AGREE, "agree", "the whole reply is a yes"),
    (Wish.LEAVE, "clear", "the whole reply asks to stop"),
    (Wish.DOUBT_KEYWORD, "unclear", "the whole reply may mean stop"),
)
_OF_STEP = {
    Step.INSISTS: Wish.LEAVE,
    Step.WANTS_TO_LEAVE: Wish.LEAVE,
    Step.HEDGED: Wish.DOUBT,
    Step.DOUBT: Wish.DOUBT,
    Step.WANTS_TO_STAY: Wish.STAY,
    Step.OTHER_MATTER: Wish.OTHER,
    None: Wish.OTHER,
}


def _whole_replies() -> dict[str, list[Understood]]:
    found: dict[str, list[Understood]] = {
        word: [Understood(wish=Wish.KEYWORD, meaning=f"the whole reply is “{word}”", language="en", word=word)]
        for word in PER_SE
    }
    for wish, table, meaning in _WHOLE:
        for language in LANGUAGES:
            for phrase in phrases(getattr(language, table)):
                entry = Understood(wish=wish, meaning=meaning, language=language.code, word=phrase)
                found.setdefault(phrase, []).append(entry)
    for entries in found.values():
        entries.sort(key=lambda entry: entry.wish)
    return found


_REPLIES = _whole_replies()
_DECLINES = frozenset(chain.from_iterable(phrases(language.decline) for language in LANGUAGES))
_LEXICONS = {language.code: Lexicon(language.words) for language in LANGUAGES}
_REAL_WORDS = frozenset[str]().union(
    *(words_of(f"{language.common}, {language.not_typos}") for language in LANGUAGES),
    *(lexicon.words() for lexicon in _LEXICONS.values()),
)
_READERS = {language.code: Reader(language, _LEXICONS[language.code], _REAL_WORDS) for language in LANGUAGES}


def _known(places: Iterable[tuple[int, frozenset[str]]]) -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for place, words in places:
        for word in words:
            found[word] = (*found.get(word, ()), place)
    return found


_CODES = tuple(_READERS)
_WORDS = _known((place, reader.known) for place, reader in enumerate(_READERS.values()))
_STEMS = _known((place, reader.stems) for place, reader in enumerate(_READERS.values()))
_STEM_LENGTHS = lengths_of(_STEMS)


def understand(words: Words, locale: str | None = None) -> Understood:
    """Pure and deterministic; the locale only settles which language a word of several languages is read in."""
    if not words.flat:
        if words.stop_signs:
            return Understood(wish=Wish.DOUBT, meaning="a stop sign and no words")
        return Understood(wish=Wish.OTHER, meaning="no words")
    if not words.readable:
        return Understood(wish=Wish.DOUBT, meaning="words in a script that is not read here")
    hint = locale[:2].lower() if locale else None
    if (whole := _whole(words.flat, hint)) is not None:
        return whole
    return _sentence(words, hint)


def _whole(flat: str, hint: str | None) -> Understood | None:
    entries = _REPLIES.get(flat)
    if entries is None:
        return None
    gravest = entries[0]
    if hint is not None:
        gravest = next((entry for entry in entries if (entry.wish, entry.language) == (gravest.wish, hint)), gravest)
    return replace(gravest, declines=True) if flat in _DECLINES else gravest


def _sentence(words: Words, hint: str | None) -> Understood:
    best = Understood(wish=Wish.OTHER, meaning=NOTHING.meaning)
    for code, likely in _languages(words.spoken, hint):
        if not likely and best.language is not None:
            break
        reader = _READERS[code]
        parsed = reader.parsed(words.tokens)
        found = _with_courtesy(parsed, hint) if parsed.courteous else None
        found = found or _understood(reader.read(parsed.line), code)
        if found.language is None and len(words.spoken) == 1 and words.flat in reader.known:
            return best  # a plain word of one language is no request in another
        if best.language is None or found.wish <= Wish.LEAVE:
            best = found if found.language is not None else best
        if best.wish <= Wish.LEAVE or best.wish is Wish.STAY:
            break
    return best


def _with_courtesy(parsed: Parsed, hint: str | None) -> Understood | None:
    """`STOP please` is clear, and not one of the seven words; a polite yes is a yes."""
    found = _whole(parsed.without_please(), hint)
    if found is not None and found.wish > Wish.LEAVE:
        return found
    found = found or _whole(parsed.without_courtesies(), hint)
    if found is not None and found.wish <= Wish.LEAVE:
        return Understood(wish=Wish.LEAVE, meaning="a word for stopping, with courtesies", language=found.language)
    return None


def _understood(sense: Sense, code: str) -> Understood:
    language = code if sense.step is not None else None
    return Understood(
        wish=_OF_STEP[sense.step], meaning=sense.meaning, language=language, keeps_orders=sense.keeps_orders
    )


def _languages(spoken: list[str], hint: str | None) -> list[tuple[str, bool]]:
    """Those most of the words belong to, then those many do; all of them for a word or two that belong to none."""
    scores = [0] * len(_CODES)
    for token in spoken:
        for place in _WORDS.get(token) or _by_stem(token):
            scores[place] += 1
    best = max(scores)
    enough = (best + 1) // 2 if best else int(len(spoken) > _SHORT_REPLY)
    ranked = [(-score, _CODES[place] != hint, place) for place, score in enumerate(scores) if score >= enough]
    ranked.sort()
    return [(_CODES[place], -minus == best) for minus, _, place in ranked]


def _by_stem(token: str) -> tuple[int, ...]:
    for length in _STEM_LENGTHS:
        if length <= len(token) and (found := _STEMS.get(token[:length])) is not None:
            return found
    return ()
