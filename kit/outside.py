"""Calls to services outside: one policy for all of them.

A call is tried again only where that can help: no connection, one that broke, no answer in time, or HTTP 408, 425, 429
and 5xx. Tries are bounded in number and in time altogether, their pauses grow and are jittered, and a ``Retry-After``
is honoured. Whatever else is answered comes back to the caller, who knows what it means. Neither a fault nor a log line
has anything of the request in it, since that is where keys are.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx
import orjson
from tenacity import (
    AsyncRetrying,
    RetryCallState,
    retry_if_exception,
    stop_after_attempt,
    stop_before_delay,
    wait_random_exponential,
)

from contracts.faults import TechnicalFault, Unavailable

log = logging.getLogger(__name__)

_TRY_AGAIN = frozenset({408, 425, 429})
_NETWORK = (httpx.NetworkError, httpx.RemoteProtocolError, httpx.ProxyError)
_SECONDS = re.compile(r"\d{1,9}")

Sleep = Callable[[float], Awaitable[None]]


class OutsideAway(Unavailable):
    """A service outside did not answer as it should in any of the tries."""

    code = "outside_unavailable"


class OutsideNonsense(TechnicalFault):
    """A service outside said that all is well, and sent something else than what was asked for."""

    code = "outside_nonsense"


@dataclass(frozen=True, slots=True)
class Policy:
    """How patiently a service is asked. Times in seconds.

    ``attempt_s`` is for one try to its last byte, ``total_s`` for all of them with their pauses. Whoever asks to be
    left alone (``Retry-After``) for longer than ``longest_told_s`` is not asked again in this call.
    ``longest_answer`` is in bytes.
    """

    tries: int = 4
    total_s: float = 45.0
    attempt_s: float = 20.0
    connect_s: float = 5.0
    first_wait_s: float = 0.5
    longest_wait_s: float = 8.0
    longest_told_s: float = 20.0
    longest_answer: int = 32 << 20


@dataclass(frozen=True, slots=True)
class Answer:
    """What a service said, whole: any status but those that are tried again."""

    service: str
    status: int
    body: bytes

    def json(self) -> Any:
        """The body as JSON.

        Raises:
            OutsideNonsense: it is none.
        """
        try:
            return orjson.loads(self.body)
        except orjson.JSONDecodeError:
            raise OutsideNonsense(f"{self.service} answered with something that is not JSON") from None


class _Passing(Exception):
    """One try that failed in a way that may pass. ``told_s`` is what a Retry-After asked for."""

    def __init__(self, reason: str, told_s: float | None = None) -> None:
        super().__init__(reason)
        self.told_s = told_s


class Outside:
    """One service: its name for people, its address, and the policy. Connections are kept until ``close``."""

    def __init__(self, service: str, url: str, policy: Policy | None = None, *, sleep: Sleep = asyncio.sleep) -> None:
        self.service = service
        self._url = url
        self._policy = policy or Policy()
        self._sleep = sleep
        self._client: httpx.AsyncClient | None = None

    async def call(
        self,
        method: str,
        path: str,
        *,
        headers: Mapping[str, str] | None = None,
        params: Mapping[str, str] | None = None,
        json: Any = None,
    ) -> Answer:
        """Ask, patiently. Redirects are not followed: they come back as they are.

        Raises:
            OutsideAway: no try was answered, or the service asked to be left alone for longer than we wait.
            OutsideNonsense: the answer is too long, or can't be read.
        """
        content = None if json is None else orjson.dumps(json)
        sent = {"accept-encoding": "identity", **({} if json is None else {"content-type": "application/json"})}
        request = {"params": params, "content": content, "headers": {**sent, **(headers or {})}}
        try:
            async with asyncio.timeout(self._policy.total_s):
                return await self._patiently()(self._once, method, path, request)
        except _Passing as last:
            raise OutsideAway(f"{self.service} does not answer as it should: {last}") from None
        except TimeoutError:
            raise OutsideAway(f"{self.service} gave no answer in {self._policy.total_s:g} s") from None

    async def close(self) -> None:
        """Let go of all connections; the next call makes new ones."""
        client, self._client = self._client, None
        if client is not None:
            await client.aclose()

    def _patiently(self) -> AsyncRetrying:
        policy = self._policy
        return AsyncRetrying(
            retry=retry_if_exception(self._worth_another),
            stop=stop_after_attempt(policy.tries) | stop_before_delay(policy.total_s),
            wait=_Pause(policy),
            before_sleep=self._note,
            sleep=self._sleep,
            reraise=True,
        )

    def _worth_another(self, failure: BaseException) -> bool:
        return isinstance(failure, _Passing) and (failure.told_s or 0.0) <= self._policy.longest_told_s

    def _note(self, state: RetryCallState) -> None:
        reason = str(state.outcome.exception()) if state.outcome else ""
        told = {"service": self.service, "reason": reason, "try": state.attempt_number, "wait_s": state.upcoming_sleep}
        log.warning("asked again", extra=told)

    async def _once(self, method: str, path: str, request: dict[str, Any]) -> Answer:
        try:
            async with asyncio.timeout(self._policy.attempt_s), self._open().stream(method, path, **request) as said:
                if said.status_code in _TRY_AGAIN or said.status_code >= 500:
                    raise _Passing(f"HTTP {said.status_code}", told_wait(said.headers.get("retry-after")))
                return Answer(self.service, said.status_code, await self._body(said))
        except (TimeoutError, httpx.TimeoutException):
            raise _Passing("no answer in time") from None
        except _NETWORK as broken:
            raise _Passing(f"the connection failed ({type(broken).__name__})") from None
        except (httpx.HTTPError, httpx.InvalidURL) as wrong:  # such an error may quote a header
            raise OutsideNonsense(f"{self.service} can't be asked ({type(wrong).__name__})") from None

    async def _body(self, said: httpx.Response) -> bytes:
        body = bytearray()
        async for piece in said.aiter_bytes():
            body += piece
            if len(body) > self._policy.longest_answer:
                raise OutsideNonsense(f"{self.service} answered with more than {self._policy.longest_answer} bytes")
        return bytes(body)

    def _open(self) -> httpx.AsyncClient:
        if self._client is None:
            timeout = httpx.Timeout(self._policy.attempt_s, connect=self._policy.connect_s)
            self._client = httpx.AsyncClient(base_url=self._url, timeout=timeout)
        return self._client


class _Pause:
    """Seconds until the next try: at random below a bound that doubles, and never less than was asked for."""

    def __init__(self, policy: Policy) -> None:
        self._own = wait_random_exponential(multiplier=policy.first_wait_s, max=policy.longest_wait_s)

    def __call__(self, state: RetryCallState) -> float:
        failure = state.outcome.exception() if state.outcome else None
        told = failure.told_s if isinstance(failure, _Passing) else None
        return max(self._own(state), told or 0.0)


def told_wait(header: str | None, now: datetime | None = None) -> float | None:
    """Seconds that a ``Retry-After`` asks for, as a number or as an HTTP date; None if it says neither."""
    if header is None:
        return None
    if _SECONDS.fullmatch(header.strip()):
        return float(header)
    try:
        moment = parsedate_to_datetime(header)
    except (ValueError, OverflowError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - (now or datetime.now(UTC))).total_seconds())
