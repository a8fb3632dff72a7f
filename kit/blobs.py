"""Bytes by their own hash: in a folder, or in a bucket with a bounded cache of local copies.

The key of a blob is ``blobs/ab/cd/<sha256>``; under such a name there are all the bytes or none. What is stored is
never written again, so whoever holds a reference may read at any time and keep what was read for ever.
"""

from __future__ import annotations

import asyncio
import errno
import fcntl
import hashlib
import os
import shutil
import stat
import time
from abc import ABC, abstractmethod
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BufferedReader, BufferedWriter, FileIO, IOBase
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, TypeVar
from urllib.parse import unquote, urlsplit
from uuid import uuid4
from weakref import WeakValueDictionary

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, from_url

from contracts.faults import LogicalFault, TechnicalFault, Unavailable
from contracts.media import BlobRef
from kit.marks import Marks

if TYPE_CHECKING:
    from obstore.store import ObjectStore

CHUNK = 256 * 1024
HEAD = 64 * 1024
CACHE_BYTES = 10 * 1024**3

_PREFIX = "blobs"
_WRITE = 1024**2
_FETCH = 8 * 1024**2  # one ranged request; a reader slower than a request's time limit never holds one open
_PART = 8 * 1024**2
_PARTS_AT_ONCE = 4
_FETCHES = 3
_PUTS = 3
_ABANDONED_S = 24 * 3600.0
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})

P = ParamSpec("P")
T = TypeVar("T")


class BlobMissing(LogicalFault):
    """The bytes that are referred to are not in the store."""

    code = "blob_missing"


class TooLarge(LogicalFault):
    """More bytes came than may."""

    code = "payload_too_large"


class StorageFull(TechnicalFault):
    """The disk has no room left."""

    code = "storage_full"


@dataclass(frozen=True)
class BlobInfo:
    """A stored blob as a listing shows it. ``size`` in bytes; ``modified``: when it was last put or touched, in UTC."""

    sha256: str
    size: int
    modified: datetime


@dataclass(frozen=True)
class Received:
    """Bytes that came in and lie in a scratch file. ``head`` is the first 64 KiB of them."""

    path: Path
    size: int
    sha256: str
    head: bytes


class Blobs(ABC):
    """The blob store. Every method may be used by any number of tasks and processes at once."""

    @classmethod
    def open(cls, url: str, *, cache: Path, cache_bytes: int = CACHE_BYTES) -> Blobs:
        """The store at ``url``: a folder, ``file://``, ``s3://``, ``gs://`` or ``az://``; a bucket's keys come from the
        environment. Copies out of a bucket are kept in ``cache``, up to ``cache_bytes``.

        Raises:
            ValueError: no such kind of store.
        """
        parts = urlsplit(url)
        if not parts.scheme:
            return FolderBlobs(Path(url))
        if parts.scheme == "file":
            return FolderBlobs(Path(unquote(parts.path)))
        try:
            return cls.over(from_url(url), cache=cache, cache_bytes=cache_bytes)
        except BaseError as unknown:
            raise ValueError(f"{parts.scheme}:// is not a store of blobs, or its settings are wrong") from unknown

    @classmethod
    def over(cls, store: ObjectStore, *, cache: Path, cache_bytes: int = CACHE_BYTES) -> Blobs:
        """The same over a store of obstore's that is already made."""
        if isinstance(store, LocalStore) and store.prefix is not None:
            return FolderBlobs(store.prefix)
        return BucketBlobs(store, cache=cache, cache_bytes=cache_bytes)

    @abstractmethod
    async def put_file(self, path: Path, media_type: str, *, sha256: str | None = None) -> BlobRef:
        """Take the file over: afterwards it is in the store and no longer at ``path``. It must not be open for writing.

        ``sha256`` saves the hashing where the caller has just done it (``Received``).

        Raises:
            StorageFull, Unavailable: not stored; the file is still at ``path``.
        """

    @abstractmethod
    async def put_bytes(self, data: bytes, media_type: str) -> BlobRef:
        """Store a few bytes. Raises as ``put_file`` does."""

    @abstractmethod
    async def exists(self, ref: BlobRef) -> bool:
        """Whether it is there, at its full size."""

    @abstractmethod
    async def touch(self, ref: BlobRef) -> bool:
        """``exists`` for whoever is about to refer to it: what is found counts as put just now, and is not deleted
        by anybody who has seen it before.
        """

    @abstractmethod
    def local(self, ref: BlobRef) -> AbstractAsyncContextManager[Path]:
        """A file to read while the context lasts. Never write to it.

        Raises:
            BlobMissing: it is not there, or not whole.
        """

    @abstractmethod
    def stream(self, ref: BlobRef, start: int = 0, end: int | None = None) -> AsyncGenerator[bytes, None]:
        """The bytes ``[start, end)`` in chunks of 256 KiB. Raises as ``local`` does, at the first chunk."""

    @abstractmethod
    async def delete(self, sha256: str, *, unless_put_since: datetime | None = None) -> bool:
        """Whether something was deleted. What was put or touched after ``unless_put_since`` stays."""

    @abstractmethod
    def list(self) -> AsyncIterator[BlobInfo]:
        """Everything that is stored, in no order."""

    async def receive(self, chunks: AsyncIterator[bytes], limit: int, scratch: Path) -> Received:
        """Write what comes in to a new file in ``scratch``, hashing on the way. ``limit`` in bytes.

        Raises:
            TooLarge: at the first byte over the limit; the rest is not read.
            StorageFull: the disk has no room. No file is left behind by either.
        """
        writing = _Writing(scratch / uuid4().hex, limit)
        try:
            await in_thread(writing.open)
            async for chunk in chunks:
                await writing.add(chunk)
            return await in_thread(writing.finish)
        except BaseException:
            await in_thread(writing.discard)
            raise


class FolderBlobs(Blobs):
    """Blobs as read-only files of a folder. ``local`` gives the stored file itself."""

    def __init__(self, root: Path) -> None:
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._root = root.resolve()

    async def put_file(self, path: Path, media_type: str, *, sha256: str | None = None) -> BlobRef:
        return await in_thread(self._take, path, media_type, sha256)

    async def put_bytes(self, data: bytes, media_type: str) -> BlobRef:
        return await in_thread(self._write, data, media_type)

    async def exists(self, ref: BlobRef) -> bool:
        return await in_thread(_size, self._path(ref.sha256)) == ref.size

    async def touch(self, ref: BlobRef) -> bool:
        return await in_thread(self._touched, ref)

    @asynccontextmanager
    async def local(self, ref: BlobRef) -> AsyncIterator[Path]:
        if not await self.exists(ref):
            raise _missing(ref)
        yield self._path(ref.sha256)

    async def stream(self, ref: BlobRef, start: int = 0, end: int | None = None) -> AsyncGenerator[bytes, None]:
        end = _clipped(ref, start, end)
        file = await in_thread(self._open, ref)
        try:
            await in_thread(file.seek, start)
            for at in range(start, end, CHUNK):
                yield await in_thread(file.read, min(CHUNK, end - at))
        finally:
            file.close()

    async def delete(self, sha256: str, *, unless_put_since: datetime | None = None) -> bool:
        return await in_thread(self._remove, sha256, unless_put_since)

    async def list(self) -> AsyncIterator[BlobInfo]:
        for first in await in_thread(_children, self._root / _PREFIX):
            for second in await in_thread(_children, first):
                for found in await in_thread(_blobs_in, second):
                    yield found

    def _path(self, sha256: str) -> Path:
        return self._root / _key(sha256)

    def _open(self, ref: BlobRef) -> FileIO:
        try:
            file = self._path(ref.sha256).open("rb", buffering=0)
        except FileNotFoundError:
            raise _missing(ref) from None
        if os.fstat(file.fileno()).st_size != ref.size:
            file.close()
            raise _missing(ref)
        return file

    def _take(self, path: Path, media_type: str, sha256: str | None) -> BlobRef:
        with _room(), _regular(path) as file:
            sha256 = sha256 or hashlib.file_digest(file, "sha256").hexdigest()
            os.fchmod(file.fileno(), 0o444)
            os.fsync(file.fileno())
            size = os.fstat(file.fileno()).st_size
            try:
                self._settle(path, sha256, size)
            except OSError as failure:
                if failure.errno != errno.EXDEV:
                    raise
                self._settle(self._brought_over(file), sha256, size)
                path.unlink()
        return BlobRef(sha256=sha256, size=size, media_type=media_type)

    def _write(self, data: bytes, media_type: str) -> BlobRef:
        ref = BlobRef(sha256=hashlib.sha256(data).hexdigest(), size=len(data), media_type=media_type)
        with _room(), self._incoming() as (path, file):
            file.write(data)
            _finish(file)
            self._settle(path, ref.sha256, ref.size)
        return ref

    def _brought_over(self, source: BufferedReader) -> Path:
        """A finished copy on the store's own file system: a rename does not cross from one to another."""
        source.seek(0)
        with self._incoming() as (path, file):
            shutil.copyfileobj(source, file, _WRITE)
            _finish(file)
            return path

    @contextmanager
    def _incoming(self) -> Iterator[tuple[Path, BufferedWriter]]:
        folder = self._root / "incoming"
        folder.mkdir(mode=0o700, exist_ok=True)
        _sweep(folder)
        path = folder / uuid4().hex
        try:
            with path.open("xb") as file:
                yield path, file
        except BaseException:
            path.unlink(missing_ok=True)
            raise

    def _settle(self, path: Path, sha256: str, size: int) -> None:
        """The one step in which a blob appears: its file is whole and synced before it gets the name."""
        target = self._path(sha256)
        _make_durably(target.parent)
        with _alone_in(target.parent) as folder:
            if _size(target) == size:
                os.utime(target)  # retention must see that somebody wants it again
                if path.resolve() != target:
                    path.unlink()
            else:
                os.utime(path)  # it may have lain about for long
                path.rename(target)
                os.fsync(folder)

    def _touched(self, ref: BlobRef) -> bool:
        target = self._path(ref.sha256)
        if _size(target) != ref.size:
            return False
        with _alone_in(target.parent):
            found = _size(target) == ref.size
            if found:
                os.utime(target)
        return found

    def _remove(self, sha256: str, unless_put_since: datetime | None) -> bool:
        target = self._path(sha256)
        if not target.exists():
            return False
        with _alone_in(target.parent) as folder:
            try:
                put = target.stat().st_mtime
            except FileNotFoundError:
                return False
            if unless_put_since is not None and put > unless_put_since.timestamp():
                return False
            target.unlink()
            os.fsync(folder)
        return True


class BucketBlobs(Blobs):
    """Blobs as objects of a bucket. ``local`` gives a verified copy out of the cache."""

    def __init__(self, store: ObjectStore, *, cache: Path, cache_bytes: int = CACHE_BYTES) -> None:
        self._store = store
        self._cache = cache.absolute()
        self._cache_bytes = cache_bytes
        self._cache.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._marks = Marks(store)
        self._fetching: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def put_file(self, path: Path, media_type: str, *, sha256: str | None = None) -> BlobRef:
        found, size = await in_thread(_measured, path, sha256)
        ref = BlobRef(sha256=found, size=size, media_type=media_type)
        await self._put(path, ref)
        await in_thread(path.unlink)
        return ref

    async def put_bytes(self, data: bytes, media_type: str) -> BlobRef:
        ref = BlobRef(sha256=hashlib.sha256(data).hexdigest(), size=len(data), media_type=media_type)
        await self._put(data, ref)
        return ref

    async def exists(self, ref: BlobRef) -> bool:
        with suppress(FileNotFoundError), _answering():
            return (await obstore.head_async(self._store, _key(ref.sha256)))["size"] == ref.size
        return False

    async def touch(self, ref: BlobRef) -> bool:
        key = _key(ref.sha256)
        if not await self.exists(ref):
            return False
        with _answering():
            await self._marks.want(key)
            if await self._marks.is_doomed(key):
                return False
        return await self.exists(ref)  # a deletion that was over before it could be seen

    @asynccontextmanager
    async def local(self, ref: BlobRef) -> AsyncIterator[Path]:
        path = self._cache / ref.sha256
        held = await self._hold(path, ref)
        try:
            yield path
        finally:
            held.close()

    async def stream(self, ref: BlobRef, start: int = 0, end: int | None = None) -> AsyncGenerator[bytes, None]:
        end = _clipped(ref, start, end)
        if not await self.exists(ref):
            raise _missing(ref)
        async for piece in self._pieces(ref, start, end):
            for at in range(0, len(piece), CHUNK):
                yield bytes(piece[at : at + CHUNK])

    async def delete(self, sha256: str, *, unless_put_since: datetime | None = None) -> bool:
        key = _key(sha256)
        try:
            with _answering():
                async with self._marks.doomed(key):
                    return await self._delete(key, unless_put_since)
        except TimeoutError as late:
            raise Unavailable("the blob store takes too long to delete") from late

    async def _delete(self, key: str, unless_put_since: datetime | None) -> bool:
        """Between the two marks of a deletion, see ``kit.marks``."""
        put = await self._put_last(key)
        if put is None or (unless_put_since is not None and put > unless_put_since):
            return False
        with suppress(FileNotFoundError):
            await obstore.delete_async(self._store, key)
        await self._marks.forget(key)
        return True

    async def list(self) -> AsyncIterator[BlobInfo]:
        with _answering():
            wanted = await self._marks.all_wanted()
            async for page in obstore.list(self._store, prefix=_PREFIX):
                for meta in page:
                    name = meta["path"].rpartition("/")[2]
                    if _is_hash(name):
                        again = wanted.get(_key(name), meta["last_modified"])
                        yield BlobInfo(name, meta["size"], max(meta["last_modified"], again))

    async def _put_last(self, key: str) -> datetime | None:
        try:
            put = (await obstore.head_async(self._store, key))["last_modified"]
        except FileNotFoundError:
            return None
        return max(put, await self._marks.wanted(key) or put)

    async def _put(self, content: Path | bytes, ref: BlobRef) -> None:
        """Until it is there and no deletion is under way that has not seen it."""
        key = _key(ref.sha256)
        for _ in range(_PUTS):
            with _answering():
                if await self.exists(ref):
                    await self._marks.want(key)
                else:
                    await self._upload(content, ref)
                await self._marks.spared(key)
            if await self.exists(ref):
                return
        raise Unavailable("a blob is deleted as fast as it is put")

    async def _upload(self, content: Path | bytes, ref: BlobRef) -> None:
        await obstore.put_async(
            self._store,
            _key(ref.sha256),
            content,
            attributes={"Content-Type": ref.media_type},
            chunk_size=_PART,
            max_concurrency=_PARTS_AT_ONCE,
        )

    async def _pieces(self, ref: BlobRef, start: int, end: int) -> AsyncIterator[memoryview]:
        for at in range(start, end, _FETCH):
            try:
                with _answering():
                    piece = await obstore.get_range_async(
                        self._store, _key(ref.sha256), start=at, end=min(at + _FETCH, end)
                    )
            except FileNotFoundError:
                raise _missing(ref) from None
            yield memoryview(piece)

    async def _hold(self, path: Path, ref: BlobRef) -> FileIO:
        """The cached copy, open and locked: as long as it is, nobody clears the copy away."""
        lock = self._fetching.setdefault(ref.sha256, asyncio.Lock())
        async with lock:
            for _ in range(_FETCHES):
                held = await in_thread(_pinned, path, ref.size)
                if held is not None:
                    return held
                await self._fetch(path, ref)
        raise Unavailable("the cache of blobs is cleared faster than it is filled")

    async def _fetch(self, path: Path, ref: BlobRef) -> None:
        if not await self.exists(ref):
            raise _missing(ref)
        await in_thread(_make_room, self._cache, self._cache_bytes - ref.size)
        writing = _Writing(path.with_name(f"{ref.sha256}.{uuid4().hex}"), ref.size)
        try:
            await in_thread(writing.open)
            async for piece in self._pieces(ref, 0, ref.size):
                await writing.add(piece)
            await in_thread(writing.publish, path, ref.sha256)
        except BaseException:
            await in_thread(writing.discard)
            raise


class _Writing:
    """A file on its way in: hashed while it is written, at most ``limit`` bytes. All but ``add`` blocks."""

    def __init__(self, path: Path, limit: int) -> None:
        self._path = path
        self._limit = limit
        self._size = 0
        self._hash = hashlib.sha256()
        self._head = b""
        self._waiting = bytearray()
        self._file: FileIO | None = None

    def open(self) -> None:
        with _room():
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._file = self._path.open("xb", buffering=0)
        fcntl.flock(self._file, fcntl.LOCK_EX)  # whoever makes room in a cache leaves alone what is being written

    async def add(self, chunk: bytes | memoryview) -> None:
        self._size += len(chunk)
        if self._size > self._limit:
            raise TooLarge(f"at most {self._limit} bytes are taken")
        for at in range(0, len(chunk), _WRITE):
            self._waiting += chunk[at : at + _WRITE]
            if len(self._waiting) >= _WRITE:
                await in_thread(self._flush)

    def finish(self) -> Received:
        self._flush()
        self._opened.close()
        return Received(self._path, self._size, self._hash.hexdigest(), self._head)

    def publish(self, path: Path, sha256: str) -> None:
        """Give the file its name, if it is what it should be. It stays locked until it has it."""
        self._flush()
        if self._hash.hexdigest() != sha256:
            raise BlobMissing(f"what the store has as {sha256} are other bytes")
        os.fchmod(self._opened.fileno(), 0o444)
        with _room():
            os.fsync(self._opened.fileno())
        self._path.rename(path)
        self._opened.close()

    def discard(self) -> None:
        if self._file is not None:
            self._file.close()
            self._path.unlink(missing_ok=True)

    @property
    def _opened(self) -> FileIO:
        if self._file is None:
            raise ValueError("not opened yet")
        return self._file

    def _flush(self) -> None:
        data, self._waiting = self._waiting, bytearray()
        self._hash.update(data)
        self._head += bytes(data[: HEAD - len(self._head)])
        left = memoryview(data)
        with _room():
            while left:
                left = left[self._opened.write(left) :]


async def in_thread(work: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """Run it in a thread, and let no cancellation through before the thread is done with its files."""
    running = asyncio.ensure_future(asyncio.to_thread(work, *args, **kwargs))
    try:
        return await asyncio.shield(running)
    except asyncio.CancelledError:
        await asyncio.wait([running])
        if running.exception() is None and isinstance(unwanted := running.result(), IOBase):
            unwanted.close()
        raise


def _key(sha256: str) -> str:
    if not _is_hash(sha256):
        raise ValueError("not a SHA-256 in lower-case hex")
    return f"{_PREFIX}/{sha256[:2]}/{sha256[2:4]}/{sha256}"


def _is_hash(name: str) -> bool:
    return len(name) == 64 and not set(name) - set("0123456789abcdef")


def _missing(ref: BlobRef) -> BlobMissing:
    return BlobMissing(f"{ref.sha256} ({ref.size} bytes) is not in the store")


def _clipped(ref: BlobRef, start: int, end: int | None) -> int:
    if start < 0:
        raise ValueError("a range starts at 0 or later")
    return ref.size if end is None else min(end, ref.size)


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return None


def _children(folder: Path) -> tuple[Path, ...]:
    try:
        return tuple(folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return ()


def _blobs_in(folder: Path) -> tuple[BlobInfo, ...]:
    found = []
    for path in _children(folder):
        with suppress(FileNotFoundError):
            if _is_hash(path.name):
                facts = path.stat()
                found.append(BlobInfo(path.name, facts.st_size, datetime.fromtimestamp(facts.st_mtime, UTC)))
    return tuple(found)


@contextmanager
def _room() -> Iterator[None]:
    try:
        yield
    except OSError as failure:
        if failure.errno in _FULL:
            raise StorageFull("the disk has no room left") from failure
        raise


@contextmanager
def _answering() -> Iterator[None]:
    try:
        yield
    except BaseError as failure:
        raise Unavailable("the blob store does not answer as it should") from failure


@contextmanager
def _regular(path: Path) -> Iterator[BufferedReader]:
    """The file itself, open to read: a link or a device is never taken into the store."""
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(errno.EINVAL, "not a regular file")
        yield file


def _measured(path: Path, sha256: str | None) -> tuple[str, int]:
    with _regular(path) as file:
        return sha256 or hashlib.file_digest(file, "sha256").hexdigest(), os.fstat(file.fileno()).st_size


def _finish(file: BufferedWriter) -> None:
    file.flush()
    os.fchmod(file.fileno(), 0o444)
    os.fsync(file.fileno())


def _make_durably(folder: Path) -> None:
    """Make the folder and its parents, each one's name synced: a blob must not vanish with the folder it is in."""
    if folder.is_dir():
        return
    _make_durably(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    with _opened(folder.parent) as parent:
        os.fsync(parent)


@contextmanager
def _opened(folder: Path) -> Iterator[int]:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


@contextmanager
def _alone_in(folder: Path) -> Iterator[int]:
    """Putting and deleting exclude each other, between processes too, so neither acts on what it saw a moment ago."""
    with _opened(folder) as descriptor:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield descriptor


def _sweep(folder: Path) -> None:
    """Remove what a killed process left half-written."""
    for path in _children(folder):
        with suppress(FileNotFoundError):
            if time.time() - path.stat().st_mtime > _ABANDONED_S:
                path.unlink()


def _pinned(path: Path, size: int) -> FileIO | None:
    """A whole copy that is still in the cache, open and locked against clearing, now the one used last."""
    try:
        file = path.open("rb", buffering=0)
    except FileNotFoundError:
        return None
    fcntl.flock(file, fcntl.LOCK_SH)
    facts = os.fstat(file.fileno())
    if facts.st_nlink == 0 or facts.st_size != size:
        file.close()
        return None
    os.utime(file.fileno())
    return file


def _make_room(cache: Path, limit: int) -> None:
    """Remove the copies not used for longest until at most ``limit`` bytes are left. What is in use stays."""
    copies = []
    for path in _children(cache):
        with suppress(FileNotFoundError):
            facts = path.stat()
            copies.append((facts.st_mtime, facts.st_size, path))
    over = sum(size for _, size, _ in copies) - limit
    for _, size, path in sorted(copies):
        if over <= 0:
            return
        if _cleared(path):
            over -= size


def _cleared(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            path.unlink()
    except (FileNotFoundError, BlockingIOError):
        return False
    return True
