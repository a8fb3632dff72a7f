"""From what people paste as a script to what a narrator reads aloud. Pure.

Emoji, markdown, hashtags and stage directions go. Text that merely looks odd stays exactly as it was typed: a subtitle
shows it, and no program downstream may take it for a command. When in doubt a mark stays.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from contracts.faults import LogicalFault
from services.script import directions

PARAGRAPH = "\n\n"

# Pictures, flags, hearts. Kept: stars, a plain tick, dingbat quotes and digits, arrows, the signs of trade marks.
_EMOJI = (
    "[\U0001f000-\U0001faff\u231a\u231b\u2328\u23cf\u23e9-\u23fa\u25aa\u25ab\u25b6\u25c0\u25fb-\u25fe"
    "\u2600-\u2604\u2607-\u26ff\u2700-\u2712\u2714-\u275a\u275f-\u2767\u2795-\u27bf\u2934\u2935\u2b05-\u2b07\u2b1b\u2b1c"
    "\u2b50\u2b55\u3030\u303d\u3297\u3299]"
)
_PICTURES = re.compile(rf" ?(?:(?:{_EMOJI}|[0-9#*]\u20e3|\u20e3) ?)+")
_TIGHT_AFTER = ".,;:!?…)]}”’»"

_LINE_ENDS = re.compile(r"\r\n|[\r\v\f\x1c-\x1e\x85\u2028]")
_SPACES = re.compile(r"[^\S\n]+")

_RULE = re.compile(r"(?:[-*_=] ?){3,}|`{3,}[^`]*|~{3,}[^~]*")
_TABLE_RULE = re.compile(r"\|?(?: ?:?-{2,}:? ?\|)+(?: ?:?-{2,}:?)? ?")
_TABLE_ROW = re.compile(r"\|.+\|")
_LINK_TARGET_LINE = re.compile(r"\[[^\]\[]{1,200}\]: ?\S+")
_QUOTE = re.compile(r"(?:> ?)+(?=\S)")
_HEADING = re.compile(r"#{1,6} +(?P<words>.*?)(?: #+)?")
_LIST_MARK = re.compile(r"(?:(?:[-+*•◦‣▪●✓] |\d{1,2}[.)] )(?:\[[ xX]\] )?)+")

_IMAGE = re.compile(r"!\[[^\]\[\n]{0,300}\]\([^()\n]{0,2000}\)")
_LINK = re.compile(
    r"\[(?P<words>[^\]\[\n]{1,500})\]"
    r"(?:\((?:[^()\s]|\([^()\s]{0,200}\)){1,2000}(?: \"[^\"\n]{0,200}\")?\)|\[[^\]\[\n]{0,200}\])"
)
_ADDRESS = re.compile(r"<(?P<words>https?://[^\s<>]{1,2000})>")
_NOTE = re.compile(r"\[\^[^\]\s]{1,40}\]")
_CODE = re.compile(r"(?<!`)(`{1,2})(?P<words>[^`\n]+)\1(?!`)")
_STRUCK = re.compile(r"(?<![~\w])~~(?=[^\s~])[^~\n]*~~(?![~\w])")
_STRESSED = re.compile(
    r"(?<![*_\w\\])(?P<mark>\*{1,3}|_{1,3})(?=[^\s*_])(?P<words>[^*_\n]*(?:(?<=\w)_(?=\w)[^*_\n]*)*)(?<=[^\s*_\\])(?P=mark)"
    r"(?![*_\w])"
)

_TAG = r"#(?=\w*[^\W\d_])\w+"
_TAGS_ONLY = re.compile(rf"{_TAG}(?:[ ,]+{_TAG})*[ ,]*")
_TAGS_LAST = re.compile(rf"(?:(?<=[.!?…\"”’»)]) {_TAG}| {_TAG}(?=[ ,]+#))(?:[ ,]+{_TAG})*[ ,]*$")
_TAG_INSIDE = re.compile(rf"(?<![\w&/#=?.:,\\'\"]){_TAG}")


def clean(text: str) -> str:
    """What is left to be spoken: NFC, single spaces, paragraphs parted by one blank line.

    Cleaning twice gives the same as once.

    Raises:
        LogicalFault: nothing is left to speak (``script_empty``).
    """
    before = ""
    while text != before:
        before, text = text, _cleaned_once(text)
    if not text:
        raise LogicalFault("nothing is left to speak once emoji, tags and directions are out", code="script_empty")
    return text


def _cleaned_once(text: str) -> str:
    lines = _without_pictures(_plain(text)).split("\n")
    paragraphs = _paragraphs(lines)
    if paragraphs:
        paragraphs[-1] = _TAGS_LAST.sub("", paragraphs[-1])
    spoken = (_TAG_INSIDE.sub(lambda tag: tag[0][1:], paragraph).strip() for paragraph in paragraphs)
    return PARAGRAPH.join(paragraph for paragraph in spoken if _is_speakable(paragraph))


def _plain(text: str) -> str:
    """Composed letters, ``\\n`` as the only line end, single spaces, nothing that cannot be seen."""
    text = _LINE_ENDS.sub("\n", text.replace("\u2029", PARAGRAPH)).replace("\t", " ")
    text = unicodedata.normalize("NFC", "".join(_visible(text)))
    return "\n".join(line.strip() for line in _SPACES.sub(" ", text).split("\n"))


def _visible(text: str) -> Iterator[str]:
    for index, char in enumerate(text):
        if "\ufe00" <= char <= "\ufe0f":
            continue
        kind = unicodedata.category(char)
        if kind not in {"Cc", "Cf", "Cs", "Co"} or char == "\n" or _joins_letters(text, index):
            yield char


def _joins_letters(text: str, index: int) -> bool:
    """The two joiners change the shape of Persian and Indic words, so they stay inside those."""
    if text[index] not in "\u200c\u200d" or index + 1 == len(text):
        return False
    return all(char >= "\u0600" and unicodedata.category(char)[0] in "LM" for char in text[index - 1 : index + 2 : 2])


def _without_pictures(text: str) -> str:
    return _PICTURES.sub(_gap_of, text)


def _gap_of(picture: re.Match[str]) -> str:
    """A space where words would run together, none before a mark that closes."""
    text = picture.string
    before, after = text[picture.start() - 1 : picture.start()], text[picture.end() : picture.end() + 1]
    if not before.strip() or not after.strip() or after in _TIGHT_AFTER:
        return ""
    return " " if " " in picture[0] or after.isalnum() else ""


def _paragraphs(lines: list[str]) -> list[str]:
    """Lines that follow each other are one paragraph, unless a heading, a list mark or a label parts them."""
    out: list[str] = []
    is_open = False
    for line in lines:
        words, stands_alone = _read_line(line)
        if not words:
            is_open = is_open and bool(line) and not stands_alone
            continue
        if is_open and not stands_alone:
            out[-1] = f"{out[-1]} {words}"
        else:
            out.append(words)
        is_open = not _closes(line)
    return out


def _closes(line: str) -> bool:
    return _HEADING.fullmatch(line) is not None or _TABLE_ROW.fullmatch(line) is not None


def _read_line(line: str) -> tuple[str, bool]:
    """The words of one line, and whether it begins a paragraph of its own."""
    if _RULE.fullmatch(line) or _TABLE_RULE.fullmatch(line) or _TAGS_ONLY.fullmatch(line):
        return "", True
    if _LINK_TARGET_LINE.fullmatch(line) or directions.is_direction_line(line):
        return "", False
    words, marked = _unmarked(line)
    return _without_directions(_inline(words)).strip(), marked


def _unmarked(line: str) -> tuple[str, bool]:
    """Without the marks at the start of a line."""
    words = line
    if _TABLE_ROW.fullmatch(words):
        cells = (cell.strip() for cell in words.strip("|").split("|"))
        return ", ".join(cell for cell in cells if cell), True
    words = _QUOTE.sub("", words, count=1) if _QUOTE.match(words) else words
    heading = _HEADING.fullmatch(words)
    words = heading["words"] if heading else words
    item = _LIST_MARK.match(words)
    words = words[item.end() :] if item else words
    spoken = directions.without_label(words)
    return spoken, bool(heading or item) or spoken != words


def _inline(text: str) -> str:
    for pattern in (_IMAGE, _NOTE, _STRUCK):
        text = pattern.sub("", text)
    for pattern in (_LINK, _ADDRESS, _CODE):
        text = pattern.sub(lambda found: found["words"], text)
    return text


def _without_directions(text: str) -> str:
    text = directions.without_directions(text)
    return _STRESSED.sub(_stressed_words, text)


def _stressed_words(stressed: re.Match[str]) -> str:
    if len(stressed["mark"]) == 1 and directions.is_direction(stressed["words"]):
        return ""
    return stressed["words"]


def _is_speakable(paragraph: str) -> bool:
    return any(char.isalnum() for char in paragraph)
