"""Server-sent events out of bytes. Pure."""

from __future__ import annotations

from dataclasses import dataclass

LONGEST = 4 << 20  # bytes of one message


@dataclass(frozen=True, slots=True)
class Message:
    """One event; ``ident`` is "" if it carries none."""

    kind: str
    data: str
    ident: str = ""


class TooLong(ValueError):
    """A message that never ends."""


class Decoder:
    """Feed it the body as it arrives. ``retry_s`` is how long the server asks to wait before coming back."""

    def __init__(self) -> None:
        self.retry_s = 1.0
        self._rest = b""
        self._size = 0
        self._start_afresh()

    def feed(self, chunk: bytes) -> list[Message]:
        """The messages that are complete now.

        Raises:
            TooLong: over 4 MiB without an end.
        """
        # A CR at the end of a chunk may be half of a CRLF, so it waits for what follows.
        text = self._rest + chunk
        held = b"\r" if text.endswith(b"\r") else b""
        lines = text[: len(text) - len(held)].replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
        self._rest = lines.pop() + held
        found = [message for line in lines if (message := self._line(line.decode("utf-8", "replace"))) is not None]
        if self._size + len(self._rest) > LONGEST:
            raise TooLong("a server-sent event has no end")
        return found

    def _line(self, line: str) -> Message | None:
        if line == "":
            return self._dispatch()
        field, _, value = line.partition(":")
        value = value.removeprefix(" ")
        self._size += len(line) + 1
        if field == "data":
            self._data.append(value)
        elif field == "event":
            self._kind = value
        elif field == "id" and "\0" not in value:
            self._ident = value
        elif field == "retry" and value.isdecimal():
            self.retry_s = int(value) / 1000
        return None

    def _dispatch(self) -> Message | None:
        message = Message(self._kind, "\n".join(self._data), self._ident) if self._data else None
        self._start_afresh()
        return message

    def _start_afresh(self) -> None:
        self._kind = "message"
        self._data: list[str] = []
        self._ident = ""
        self._size = 0
