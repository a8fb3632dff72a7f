"""Takes secrets out of text: those that are known by value, and what looks like one."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote, unquote, urlsplit

HIDDEN = "[hidden]"
LEAST = 6  # characters; a shorter "secret" is a word that would be missing everywhere
_MOST = 1_000  # secrets known by value; a process has a handful

_known: dict[str, None] = {}
_by_value: re.Pattern[str] | None = None

_HELD_BY = r"(?:[\w.-]{0,40}(?:passw(?:or)?d|passphrase|secret|token|api[_-]?key|access[_-]?key|private[_-]?key)|pwd)"
_NAMED = re.compile(rf"(?i)^(?:{_HELD_BY}s?|authorization|proxy-authorization|cookie|set-cookie|dsn)$")
_OF_ENVIRONMENT = re.compile(r"(?i)passw(or)?d|secret|token|api_?key|access_key")
_PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = (
    # whoever is in a URL: postgresql://user:password@host, nats://token@host
    (re.compile(r"(?i)\b([a-z][a-z0-9+.-]{0,20}://[^\s/:@\"']*):[^\s/\"']+@"), rf"\1:{HIDDEN}@"),
    (re.compile(r"(?i)\b(nats|tls)://[^\s/:@\"',]+@"), rf"\1://{HIDDEN}@"),
    # headers, as they are sent, as a dict, or as a pair of a list
    (
        re.compile(
            r"(?i)\b((?:proxy-)?authorization)\b([\"']?\s*[:=,]\s*(?:b?[\"'])?)(?:(?:bearer|basic|token)\s+)?[^\s\"',;]+"
        ),
        rf"\1\2{HIDDEN}",
    ),
    (re.compile(r"(?i)\b(bearer|basic)\s+(?!\[hidden\])[a-z0-9._~+/=-]{8,}"), rf"\1 {HIDDEN}"),
    (re.compile(r"(?i)\b((?:set-)?cookie)(\s*:\s*)[^\r\n]+"), rf"\1\2{HIDDEN}"),
    # name=value and "name": "value"
    (
        re.compile(rf"(?i)\b((?:x-|xi-)?{_HELD_BY})\b([\"']?\s*[:=]\s*(?:b?[\"'])?)(?!\[hidden\])[^\s\"',;&)}}\]]+"),
        rf"\1\2{HIDDEN}",
    ),
    (
        re.compile(r"(?i)([?&](?:sig|signature|key|x-amz-signature|x-amz-credential|x-goog-signature)=)[^&\s\"']+"),
        rf"\1{HIDDEN}",
    ),
    # keys by their make: ours (their id may be told), webhook secrets, OpenAI's and ElevenLabs', Google's, Amazon's
    (re.compile(r"\b(ef_[A-Za-z0-9]+)_[A-Za-z0-9_-]{8,}"), rf"\1_{HIDDEN}"),
    (re.compile(r"\bwhsec_[A-Za-z0-9+/=_-]+"), f"whsec_{HIDDEN}"),
    (re.compile(r"\bsk[_-][A-Za-z0-9_-]{8,}"), f"sk_{HIDDEN}"),
    (re.compile(r"\bAIza[A-Za-z0-9_-]{20,}"), HIDDEN),
    (re.compile(r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b"), HIDDEN),
)

# One look that most texts pass: there is nothing of the above in them.
_SUSPECT = re.compile(
    r"(?i)://|auth|bearer|basic|cookie|passw|passphrase|pwd|secret|token|key|[?&]sig|ef_|whsec|sk[_-]|AIza|AKIA|ASIA|credential|signature"
)


def know(*secrets: str) -> None:
    """From now on these values, also as they stand in a URL, are taken out wherever they appear."""
    global _by_value  # noqa: PLW0603  (one process, one set of secrets)
    before = len(_known)
    for secret in secrets:
        for form in (secret, unquote(secret), quote(secret, safe="")):
            if len(form) >= LEAST and len(_known) < _MOST:
                _known.setdefault(form)
    if len(_known) != before:
        longest_first = sorted(_known, key=len, reverse=True)
        _by_value = re.compile("|".join(map(re.escape, longest_first)))


def know_settings(settings: Mapping[str, Any], environment: Mapping[str, str] = os.environ) -> None:
    """The secrets among settings, by name, and in the URLs among them; and those in the environment, by name."""
    for name, value in settings.items():
        know(*_secrets_in(name, value))
    know(*(value for name, value in environment.items() if _OF_ENVIRONMENT.search(name)))


def _secrets_in(name: str, value: Any) -> Iterable[str]:
    if hasattr(value, "get_secret_value"):
        yield str(value.get_secret_value())
    elif isinstance(value, str):
        if _NAMED.match(name) and "://" not in value:
            yield value
        yield from (secret for url in value.split(",") if (secret := _of_url(url.strip())))
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _secrets_in(str(key), inner)
    elif isinstance(value, list | tuple | set | frozenset):
        for inner in value:
            yield from _secrets_in(name, inner)


def _of_url(url: str) -> str | None:
    try:
        found = urlsplit(url)
    except ValueError:
        return None
    return found.password or (found.username if found.scheme in {"nats", "tls"} else None)


def names_a_secret(name: str) -> bool:
    """Whether a field of this name holds a secret."""
    return _NAMED.match(name) is not None


def redact(text: str) -> str:
    """The text with ``[hidden]`` in place of each secret."""
    if _by_value is not None:
        text = _by_value.sub(HIDDEN, text)
    if _SUSPECT.search(text) is None:
        return text
    for pattern, instead in _PATTERNS:
        text = pattern.sub(instead, text)
    return text
