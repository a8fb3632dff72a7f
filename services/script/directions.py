"""What in a script is said to the cutter or the speaker, and not to the audience. Pure.

English and Romanian. A direction stands free: nothing sticks to its front, and only a space, a mark or the end follows.
"""

from __future__ import annotations

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ACTS = _words(
    # English
    "pause pauses beat silence breath breathes inhales exhales laughs laugh laughing laughter chuckles chuckling "
    "giggles sighs sigh sighing gasps cries crying sobs coughs whispers whisper whispering whispered shouts "
    "shouting yells screams smiles smiling nods winks shrugs claps clapping applause cheering cheers crowd music "
    "song jingle sfx sound sounds fx ambience voiceover voice-over vo v.o. o.s. narrator narration off-screen "
    "offscreen on-screen onscreen b-roll broll closeup close-up montage cutaway transition fade fades zoom softly "
    "excitedly dramatically sarcastically cheerfully whooshing whoosh ding beep intro outro tone "
    # Romanian
    "pauză pauza liniște liniste râde rade râs ras râsete rasete chicotește chicoteste oftează ofteaza oftat "
    "șoptește sopteste șoptit soptit șoptind soptind strigă striga plânge plange zâmbește zambeste tușește "
    "tuseste aplauze muzică muzica melodie cântec cantec sunet sunete efect voce-off din-off narator tranziție "
    "tranzitie cadru prim-plan generic respiră respira șoaptă soapta entuziasmat "
)
_BESIDE = _words(
    # English
    "a an the for of in on to and with by at then again effect effects dramatic short long brief small big quick "
    "slow soft softly gentle quiet quietly loud loudly upbeat calm sad happy funny ominous epic tense inspiring "
    "cheerful uplifting ambient background theme piano guitar drum drums bass strings orchestral lo-fi lofi "
    "swells swell swelling starts start stops stop ends end plays play playing fades fade fading rises rise "
    "builds continues out up down under low lower voice voices text scene camera shot wide angle black white is "
    "here second seconds sec s ms one two three half moment everyone audience nervously awkward awkwardly deep "
    "deeply head "
    # Romanian
    "o un pentru de cu la pe în in și si din scurtă scurta scurt lungă lunga lung mică mica mare lentă lenta "
    "vesel veselă vesela trist tristă trista calm calmă calma liniștită linistita tare încet incet ușor usor "
    "ușoară usoara fundal începe incepe crește creste scade se oprește opreste continuă continua pian chitară "
    "chitara tobe secundă secunda secunde sec dramatică dramatica dramatic efecte sonor sonore voce apoi off "
)
_OPENERS = re.compile(
    r"(?:cut (?:to|away)|smash cut|jump cut|fade (?:to|in|out|from)|dissolve to|zoom (?:in|out|on)"
    r"|pan (?:to|left|right)|close[- ]?up (?:of|on)|wide shot|camera (?:pans|zooms|moves|follows|cuts)"
    r"|b-?roll|sfx\b|fx:|sound (?:of|effect)"
    r"|text on screen|on-?screen text|music:|taie (?:la|spre)|tăiem la|taiem la|trecem la"
    r"|zoom pe|cadru (?:cu|pe|larg)|text pe ecran|sunet de|efect sonor|muzic[ăa]:)",
    re.IGNORECASE,
)
_MAX_WORDS = 8

_CLOCK = r"\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?"
_CLOCKS = rf"{_CLOCK}(?:[ ]?(?:-->|[-–—])[ ]?{_CLOCK})?"
_CLOCK_ONLY = re.compile(_CLOCKS)
_CLOCK_LINE = re.compile(rf"[\[(]?{_CLOCK} ?(?:-->|[-–—]) ?{_CLOCK}[\])]?:?|[\[(]{_CLOCK}[\])]:?")

_PLACE = r"(?:[ ]?[#.]?\d{1,3}[a-z]?)"
_LABEL = re.compile(
    rf"""(?:
        (?:scene|shot|slide|clip|scen[ăa]|cadrul|secven[țt]a){_PLACE}
        | (?:narrator|narration|voice[ -]?over|v\.?\ ?o\.?|host|presenter|speaker|anchor
           | narator(?:ul)?|voce\ (?:din\ )?off|vocea\ din\ off|gazda|prezentator(?:ul)?|vorbitor(?:ul)?){_PLACE}?
        | hook|intro|outro|cta|call\ to\ action|încheiere|incheiere
    )
    (?:\ ?[(\[][^()\[\]\n]{{1,60}}[)\]])?\ ?(?:{_CLOCKS}\ ?)?:(?=\s|$)\ ?""",
    re.IGNORECASE | re.VERBOSE,
)
_CAMERA_LINE = re.compile(
    r"(?:sfx|b-?roll|visuals?|on-?screen text|text on screen|super|text pe ecran|efecte? sonore?|imagini? pe ecran)"
    r" ?(?:\([^()\n]{1,60}\))?: ?.*",
    re.IGNORECASE,
)
_SCENE_HEAD = re.compile(
    r"(?:INT|EXT|INT\./EXT)\. [^a-zăâîșț\n]{2,80}"
    r"|(?:SCENE|SCENA|SHOT|CADRUL)" + _PLACE + r"(?: ?[-–—:.]? ?[^a-zăâîșț\n]{0,80})"
)
_TAIL = r"(?P<after>[.,;:!?…]*)(?=\s|$)"
_FREE = re.compile(
    rf" ?(?<!\S)(?:\[(?P<bracket>[^\[\]\n]{{1,160}})\]|\((?P<paren>[^()\n]{{1,160}})\)|\*(?P<star>[^*\n]{{1,80}})\*"
    rf"|_(?P<line>[^_\n]{{1,80}})_){_TAIL}"
)


def is_direction(words: str) -> bool:
    """Whether words set apart are an instruction: an act, what usually stands beside one, or a time."""
    words = words.strip().strip(".!…:").strip()
    if _CLOCK_ONLY.fullmatch(words) or _OPENERS.match(words):
        return True
    each = [word.strip(".,;:!?…\"'") for word in words.lower().split()]
    if not each or len(each) > _MAX_WORDS:
        return False
    return any(word in _ACTS for word in each) and all(
        word in _ACTS or word in _BESIDE or word.isdigit() or not word for word in each
    )


def is_direction_line(line: str) -> bool:
    """A line of which nothing is spoken: a scene heading, a time, a note on pictures or effects."""
    return any(pattern.fullmatch(line) for pattern in (_SCENE_HEAD, _CLOCK_LINE, _CAMERA_LINE)) or (
        ":" in line and bool(re.match(r"(?i)(?:music|muzic[ăa])\b", line)) and is_direction(line.replace(":", " "))
    )


def without_label(line: str) -> str:
    """Without the names of the speaker or of the scene in front."""
    while label := _LABEL.match(line):
        line = line[label.end() :]
    return line


def without_directions(text: str) -> str:
    """Without what stands free in brackets, and without parentheses and stars that hold directions."""
    return _FREE.sub(_what_stays, text)


def _what_stays(found: re.Match[str]) -> str:
    if not _is_out(found):
        return found[0]
    before = found.string[: found.start()].rstrip()[-1:]
    return "" if not before or before in ".,;:!?…" else found["after"]


def _is_out(found: re.Match[str]) -> bool:
    if found["bracket"] is not None:
        return any(char.isalpha() for char in found["bracket"]) or _CLOCK_ONLY.fullmatch(found["bracket"]) is not None
    return is_direction(found["paren"] or found["star"] or found["line"] or "")
