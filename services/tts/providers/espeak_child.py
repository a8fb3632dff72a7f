"""The side of espeak-ng that runs apart: a script, never imported. One JSON line in, one JSON line out.

In:  {"text", "voice", "rate_wpm"}
Out: {"rate_hz", "samples", "words": [[character, sample], ...], "phonemes": [[name, sample], ...],
"sound": raw 16 bit samples in base64}, or {"error"}. Characters count from 0. It writes no file: its cage lets it not.

espeak-ng (GPL-3.0-or-later) lives only in this process.
"""

from __future__ import annotations

import base64
import ctypes
import json
import os
import sys
from pathlib import Path
from typing import Any

LONGEST_S = 180  # a breath of 240 characters is under 60 s even at the slowest rate

SYNCHRONOUS = 2  # samples are handed over in the caller's thread
PHONEME_EVENTS = 0x0001
DONT_EXIT = 0x8000
UTF8_TEXT = 1  # and nothing else: no SSML, no [[phonemes]]
RATE = 1
END_OF_EVENTS, WORD, PHONEME = 0, 1, 7


class Id(ctypes.Union):
    _fields_ = (("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8))


class Event(ctypes.Structure):
    """``espeak_EVENT`` of speak_lib.h. ``text_position`` counts characters from 1, ``sample`` from the text's start."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", Id),
    )


Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(Event))


def main() -> None:
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever the library prints is no answer
    speaker = Speaker(Path(sys.argv[1]))
    for line in sys.stdin:
        answers.write(answered_apart(speaker, line) + b"\n")
        answers.flush()


def answered_apart(speaker: Speaker, line: str) -> bytes:
    """The answer of a copy of this process that has never spoken.

    The library's flutter goes on from one text to the next and cannot be reset; a fresh copy gives the same sound
    for the same question. It costs 3 ms, and a crash takes only the copy.
    """
    reading, writing = os.pipe()
    copy = os.fork()
    if copy == 0:
        os.close(reading)
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(answer_to(speaker, line))
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        answer = pipe.read()
    _, status = os.waitpid(copy, 0)
    return answer if status == 0 else json.dumps({"error": f"espeak-ng ended with status {status}"}).encode()


def answer_to(speaker: Speaker, line: str) -> bytes:
    try:
        answer = speaker.speak(json.loads(line))
    except Exception as error:  # noqa: BLE001  (told to the other side, which decides)
        answer = {"error": f"{type(error).__name__}: {error}"}
    return json.dumps(answer).encode()


class Speaker:
    """The loaded library; speaks once. ``folder`` holds it and its data."""

    def __init__(self, folder: Path) -> None:
        self._library = ctypes.CDLL(str(folder / "libespeak-ng.so"))
        os.chdir(folder)  # a relative path, because the library cuts a data path off after 160 bytes
        options = PHONEME_EVENTS | DONT_EXIT
        self._rate_hz = self._library.espeak_Initialize(SYNCHRONOUS, 0, b".", options)
        if self._rate_hz <= 0:
            raise OSError("espeak-ng found no data")
        self._sound = bytearray()
        self._words: list[tuple[int, int]] = []
        self._phonemes: list[tuple[str, int]] = []
        self._callback = Callback(self._take)  # kept: the library does not hold it
        self._library.espeak_SetSynthCallback(self._callback)

    def speak(self, question: dict[str, Any]) -> dict[str, Any]:
        if self._library.espeak_SetVoiceByName(question["voice"].encode()) != 0:
            raise ValueError("no such voice")
        self._library.espeak_SetParameter(RATE, int(question["rate_wpm"]), 0)
        text = question["text"].encode() + b"\0"
        if self._library.espeak_Synth(text, len(text), 0, 1, 0, UTF8_TEXT, None, None) != 0:
            raise ValueError("the text was refused")
        return {
            "rate_hz": self._rate_hz,
            "samples": len(self._sound) // 2,
            "words": self._words,
            "phonemes": self._phonemes,
            "sound": base64.b64encode(self._sound).decode("ascii"),
        }

    def _take(self, sound: Any, count: int, events: Any) -> int:
        """Called by the library with the next samples; 1 stops it."""
        if sound and count > 0:
            self._sound += ctypes.string_at(sound, 2 * count)
        index = 0
        while events[index].type != END_OF_EVENTS:
            self._note(events[index])
            index += 1
        return int(len(self._sound) > 2 * LONGEST_S * self._rate_hz)

    def _note(self, event: Any) -> None:
        if event.type == WORD:
            self._words.append((event.text_position - 1, event.sample))
        elif event.type == PHONEME:
            self._phonemes.append((event.id.string.decode("utf-8", "replace"), event.sample))


if __name__ == "__main__":
    main()
