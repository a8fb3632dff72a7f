"""Scratch folders that never outlive their work, nor by long the process that made them.

root/
├── <process>.lock    held by flock as long as the process lives; the kernel lets go when it dies
└── <process>/        0700
    └── <purpose>-…/  0700, one for each piece of work
"""

from __future__ import annotations

import asyncio
import fcntl
import logging
import os
import re
import secrets
import shutil
import tempfile
import weakref
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from threading import Lock

_PURPOSE = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_LOCK_SUFFIX = ".lock"

FULL_BELOW = 8 << 20  # bytes: less than a short draft takes while it is made

log = logging.getLogger(__name__)


class Scratch:
    """The scratch folders of this process below ``root``. Safe to use from several threads."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._own: Path | None = None
        self._claiming = Lock()

    @contextmanager
    def folder(self, purpose: str) -> Iterator[Path]:
        """A fresh, empty folder that is gone when the context is left, however it is left.

        ``purpose`` opens its name, for whoever looks at the disk: small letters, digits, ``-`` and ``_``.
        """
        if not _PURPOSE.fullmatch(purpose):
            raise ValueError(f"not a purpose: {purpose!r}")
        path = Path(tempfile.mkdtemp(prefix=f"{purpose}-", dir=self._claimed()))
        try:
            yield path
        finally:
            _removed(path)

    @asynccontextmanager
    async def held(self, purpose: str) -> AsyncIterator[Path]:
        """``folder`` for an event loop: made and removed in a thread, since removing many files takes its time."""
        context = self.folder(purpose)
        path = await asyncio.to_thread(context.__enter__)
        try:
            yield path
        finally:
            await asyncio.to_thread(context.__exit__, None, None, None)

    def is_full(self) -> bool:
        """Whether there is so little room below ``root`` that work can't be expected to succeed."""
        there = next(folder for folder in (self._root, *self._root.parents) if folder.exists())
        return shutil.disk_usage(there).free < FULL_BELOW

    def sweep(self) -> int:
        """Remove the folders of processes that are gone; how many. Several may sweep at once."""
        if not self._root.is_dir():
            return 0
        return sum(_swept(lock) for lock in sorted(self._root.glob(f"*{_LOCK_SUFFIX}")))

    def abandoned(self) -> int:
        """How many folders ``sweep`` would remove."""
        return sum(_abandoned(lock) for lock in sorted(self._root.glob(f"*{_LOCK_SUFFIX}")))

    def _claimed(self) -> Path:
        with self._claiming:
            if self._own is None:
                self._root.mkdir(mode=0o700, parents=True, exist_ok=True)
                self._own, held = _claim(self._root)
                weakref.finalize(self, _give_up, self._own, held)
            return self._own


def _claim(root: Path) -> tuple[Path, int]:
    """A process folder and the file descriptor whose lock holds it."""
    while True:
        folder = root / f"{os.getpid()}-{secrets.token_hex(8)}"
        held = os.open(_lock_of(folder), os.O_RDWR | os.O_CLOEXEC | os.O_CREAT | os.O_EXCL, 0o600)
        if not _locked(held, _lock_of(folder)):  # a sweeper was faster than we
            os.close(held)
            continue
        try:
            folder.mkdir(mode=0o700)
        except OSError:
            os.close(held)
            raise
        return folder, held


def _swept(lock: Path) -> bool:
    try:
        held = os.open(lock, os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW)
    except FileNotFoundError:
        return False
    if not _locked(held, lock):
        os.close(held)
        return False
    folder = lock.with_name(lock.name.removesuffix(_LOCK_SUFFIX))
    found = folder.is_dir()
    _give_up(folder, held)
    return found and not folder.exists()


def _abandoned(lock: Path) -> bool:
    """Whether its process is gone."""
    try:
        held = os.open(lock, os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW)
    except FileNotFoundError:
        return False
    found = _locked(held, lock) and lock.with_name(lock.name.removesuffix(_LOCK_SUFFIX)).is_dir()
    os.close(held)
    return found


def _give_up(folder: Path, held: int) -> None:
    """Remove the folder, and only then its lock: without one no sweep would find it again."""
    if _removed(folder):
        _lock_of(folder).unlink(missing_ok=True)
    os.close(held)


def _locked(held: int, lock: Path) -> bool:
    """Whether the lock is ours now. If a sweeper removed the file between open and flock, it guards nothing."""
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return os.path.samestat(lock.stat(follow_symlinks=False), os.fstat(held))
    except (BlockingIOError, FileNotFoundError):
        return False


def _lock_of(folder: Path) -> Path:
    return folder.with_name(folder.name + _LOCK_SUFFIX)


def _removed(path: Path) -> bool:
    """Remove a folder and all in it; tried again if something in it came or went at the same time."""
    why = ""
    for _ in range(3):
        try:
            shutil.rmtree(path)
        except OSError as failed:
            why = failed.strerror or ""
        if not path.exists():
            return True
    log.warning("scratch folder %s could not be removed: %s", path.name, why)
    return False
