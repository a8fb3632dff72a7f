"""The blob store on a real disk, and over obstore's memory store for what buckets do."""

from __future__ import annotations

import asyncio
import errno
import hashlib
import os
import resource
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, aclosing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import obstore
import pytest
from obstore.store import MemoryStore, S3Store

from contracts.faults import Fault, Unavailable
from contracts.media import BlobRef
from kit import blobs as module
from kit import marks
from kit.blobs import BlobMissing, Blobs, BucketBlobs, FolderBlobs, StorageFull, TooLarge
from kit.marks import Marks

MIB = 1024**2
HERE = Path(__file__).parents[2]

PUT_WITHOUT_END = """
import os, pathlib, sys
from kit.blobs import FolderBlobs

root, scratch = map(pathlib.Path, sys.argv[1:])
store = FolderBlobs(root)
part = scratch / f"{os.getpid()}.part"
while True:
    part.write_bytes(os.urandom(2 << 20))
    store._take(part, "video/mp4", None)
    (scratch / f"{os.getpid()}.begun").touch()
"""


@pytest.fixture(params=["folder", "bucket"])
def store(request, tmp_path) -> Blobs:
    if request.param == "folder":
        return Blobs.open(str(tmp_path / "store"), cache=tmp_path / "cache")
    return Blobs.over(MemoryStore(), cache=tmp_path / "cache")


@pytest.fixture
def folder(tmp_path) -> Blobs:
    return Blobs.open((tmp_path / "with space").as_uri(), cache=tmp_path / "cache")


def ref_of(data: bytes) -> BlobRef:
    return BlobRef(sha256=hashlib.sha256(data).hexdigest(), size=len(data), media_type="video/mp4")


def scratch_file(tmp_path: Path, data: bytes, name: str = "scratch.part") -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


def stored_path(root: Path, ref: BlobRef) -> Path:
    return root / "blobs" / ref.sha256[:2] / ref.sha256[2:4] / ref.sha256


async def read(store: Blobs, ref: BlobRef, start: int = 0, end: int | None = None) -> bytes:
    return b"".join([chunk async for chunk in store.stream(ref, start, end)])


async def arriving(*chunks: bytes) -> AsyncIterator[bytes]:
    for chunk in chunks:
        yield chunk


class TestEveryStore:
    async def test_takes_a_file_over_and_gives_it_back(self, store, tmp_path):
        data = os.urandom(3 * MIB + 17)
        scratch = scratch_file(tmp_path, data)
        ref = await store.put_file(scratch, "video/mp4")
        assert ref == ref_of(data)
        assert not scratch.exists()
        assert await store.exists(ref)
        async with store.local(ref) as path:
            assert path.read_bytes() == data
            assert path.stat().st_mode & 0o777 == 0o444

    async def test_the_same_bytes_are_stored_once(self, store, tmp_path):
        first = await store.put_file(scratch_file(tmp_path, b"same"), "text/plain")
        again = scratch_file(tmp_path, b"same")
        assert await store.put_file(again, "text/plain") == first == await store.put_bytes(b"same", "text/plain")
        assert not again.exists()
        assert [info.sha256 async for info in store.list()] == [first.sha256]

    async def test_many_put_the_same_at_once(self, store, tmp_path):
        data = os.urandom(2 * MIB)
        files = [scratch_file(tmp_path, data, f"{n}.part") for n in range(8)]
        refs = await asyncio.gather(*(store.put_file(file, "video/mp4") for file in files))
        assert set(refs) == {ref_of(data)}
        assert not any(file.exists() for file in files)
        assert await read(store, refs[0]) == data

    @pytest.mark.parametrize(
        ("start", "end"), [(0, None), (0, 1), (1, 262145), (262143, 262145), (MIB, None), (5, 5), (0, 10**9)]
    )
    async def test_streams_a_range_in_bounded_chunks(self, store, start, end):
        data = os.urandom(MIB + 3)
        ref = await store.put_bytes(data, "video/mp4")
        chunks = [chunk async for chunk in store.stream(ref, start, end)]
        assert b"".join(chunks) == data[start:end]
        assert max(map(len, chunks), default=0) <= 256 * 1024

    async def test_a_stream_can_be_left_early(self, store):
        ref = await store.put_bytes(os.urandom(MIB), "video/mp4")
        async with aclosing(store.stream(ref)) as chunks:
            assert len(await anext(chunks)) == 256 * 1024

    async def test_an_empty_blob_is_a_blob(self, store):
        ref = await store.put_bytes(b"", "text/plain")
        assert await read(store, ref) == b""
        async with store.local(ref) as path:
            assert path.read_bytes() == b""

    async def test_what_is_missing_is_said_to_be(self, store):
        ref = ref_of(b"never put")
        assert not await store.exists(ref)
        with pytest.raises(BlobMissing) as streamed:
            await read(store, ref)
        with pytest.raises(BlobMissing):
            async with store.local(ref):
                pass
        assert streamed.value.code == "blob_missing"
        assert not streamed.value.technical

    async def test_a_blob_of_another_size_is_not_that_blob(self, store):
        ref = await store.put_bytes(b"four", "text/plain")
        cut = ref.model_copy(update={"size": 3})
        assert not await store.exists(cut)
        with pytest.raises(BlobMissing):
            await read(store, cut)

    async def test_delete_is_final_and_may_be_repeated(self, store):
        ref = await store.put_bytes(b"gone soon", "text/plain")
        assert await store.delete(ref.sha256)
        assert not await store.exists(ref)
        assert not await store.delete(ref.sha256)

    async def test_retention_leaves_what_was_put_meanwhile(self, store):
        ref = await store.put_bytes(b"wanted again", "text/plain")
        listed = datetime.now(UTC) - timedelta(minutes=1)
        assert not await store.delete(ref.sha256, unless_put_since=listed)
        assert await store.exists(ref)
        assert await store.delete(ref.sha256, unless_put_since=datetime.now(UTC) + timedelta(minutes=1))

    async def test_what_is_touched_is_as_if_it_were_put_just_now(self, store):
        ref = await store.put_bytes(b"wanted again", "text/plain")
        await asyncio.sleep(0.01)
        seen = datetime.now(UTC)
        await asyncio.sleep(0.01)
        assert await store.touch(ref)
        assert not await store.delete(ref.sha256, unless_put_since=seen)
        (info,) = [info async for info in store.list()]
        assert info.modified > seen
        assert not await store.touch(ref.model_copy(update={"size": 3}))
        assert await store.delete(ref.sha256)
        assert not await store.touch(ref)

    async def test_a_file_counts_from_when_it_was_put_not_from_when_it_was_written(self, store, tmp_path):
        source = scratch_file(tmp_path, b"made long ago")
        os.utime(source, (0, 0))
        await store.put_file(source, "text/plain")
        (info,) = [info async for info in store.list()]
        assert datetime.now(UTC) - info.modified < timedelta(minutes=1)

    async def test_lists_sizes_and_dates(self, store):
        refs = {await store.put_bytes(bytes([n]) * (n + 1), "text/plain") for n in range(20)}
        infos = [info async for info in store.list()]
        assert {(info.sha256, info.size) for info in infos} == {(ref.sha256, ref.size) for ref in refs}
        assert all(abs(datetime.now(UTC) - info.modified) < timedelta(minutes=1) for info in infos)

    async def test_a_name_that_is_no_hash_reaches_no_file(self, store):
        with pytest.raises(ValueError, match="SHA-256"):
            await store.delete("../../../etc/passwd")

    async def test_neither_a_link_nor_a_folder_is_taken(self, store, tmp_path):
        link = tmp_path / "link"
        link.symlink_to("/etc/hostname")
        with pytest.raises(OSError, match="symbolic"):
            await store.put_file(link, "text/plain")
        with pytest.raises(IsADirectoryError):
            await store.put_file(tmp_path, "text/plain")
        os.mkfifo(tmp_path / "pipe")
        with pytest.raises(OSError, match="regular"):
            await store.put_file(tmp_path / "pipe", "text/plain")
        assert [info async for info in store.list()] == []


class TestReceiving:
    async def test_hashes_while_it_writes(self, store, tmp_path):
        chunks = [os.urandom(size) for size in (1, 65_535, 3 * MIB, 7)]
        received = await store.receive(arriving(*chunks), 10 * MIB, tmp_path / "scratch")
        data = b"".join(chunks)
        assert received.path.read_bytes() == data
        assert (received.size, received.sha256) == (len(data), ref_of(data).sha256)
        assert received.head == data[: 64 * 1024]
        assert await store.put_file(received.path, "video/mp4", sha256=received.sha256) == ref_of(data)
        assert await read(store, ref_of(data)) == data

    async def test_exactly_the_limit_is_taken(self, folder, tmp_path):
        received = await folder.receive(arriving(b"12345", b"67890"), 10, tmp_path / "scratch")
        assert received.size == 10

    async def test_over_the_limit_the_rest_is_not_read(self, folder, tmp_path):
        asked = []

        async def endless() -> AsyncIterator[bytes]:
            while True:
                asked.append(1)
                yield bytes(MIB)

        with pytest.raises(TooLarge) as refused:
            await folder.receive(endless(), 3 * MIB, tmp_path / "scratch")
        assert refused.value.code == "payload_too_large"
        assert len(asked) == 4
        assert list((tmp_path / "scratch").iterdir()) == []

    async def test_a_sender_that_breaks_off_leaves_no_file(self, folder, tmp_path):
        async def broken() -> AsyncIterator[bytes]:
            yield bytes(2 * MIB)
            raise ConnectionResetError

        with pytest.raises(ConnectionResetError):
            await folder.receive(broken(), 10 * MIB, tmp_path / "scratch")
        assert list((tmp_path / "scratch").iterdir()) == []

    async def test_cancelling_leaves_no_file(self, folder, tmp_path):
        started = asyncio.Event()

        async def slow() -> AsyncIterator[bytes]:
            yield bytes(2 * MIB)
            started.set()
            await asyncio.Event().wait()

        task = asyncio.create_task(folder.receive(slow(), 10 * MIB, tmp_path / "scratch"))
        await started.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert list((tmp_path / "scratch").iterdir()) == []

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
    async def test_a_full_disk_is_told_apart(self, folder, tmp_path, monkeypatch):
        scratch = tmp_path / "scratch"
        scratch.mkdir()
        monkeypatch.setattr(module._Writing, "open", _onto_the_full_device)
        with pytest.raises(StorageFull) as full:
            await folder.receive(arriving(bytes(MIB)), 10 * MIB, scratch)
        assert (full.value.code, full.value.technical) == ("storage_full", True)


def _onto_the_full_device(writing) -> None:
    writing._path.symlink_to("/dev/full")
    writing._file = writing._path.open("wb", buffering=0)


class TestFolder:
    async def test_a_blob_lies_under_its_hash_read_only(self, folder, tmp_path):
        ref = await folder.put_bytes(b"at rest", "text/plain")
        path = stored_path(tmp_path / "with space", ref)
        assert path.read_bytes() == b"at rest"
        assert path.stat().st_mode & 0o777 == 0o444
        async with folder.local(ref) as local:
            assert local == path
        assert list((tmp_path / "with space" / "incoming").iterdir()) == []

    async def test_putting_again_renews_the_date(self, folder, tmp_path):
        ref = await folder.put_bytes(b"old", "text/plain")
        os.utime(stored_path(tmp_path / "with space", ref), (0, 0))
        await folder.put_bytes(b"old", "text/plain")
        (info,) = [info async for info in folder.list()]
        assert info.modified.year > 1970

    async def test_a_cut_file_under_the_name_is_replaced(self, folder, tmp_path):
        ref = await folder.put_bytes(b"whole", "text/plain")
        path = stored_path(tmp_path / "with space", ref)
        path.unlink()
        path.write_bytes(b"wh")
        assert not await folder.exists(ref)
        assert await folder.put_bytes(b"whole", "text/plain") == ref
        assert await read(folder, ref) == b"whole"

    async def test_putting_the_stored_file_itself_keeps_it(self, folder):
        ref = await folder.put_bytes(b"myself", "text/plain")
        async with folder.local(ref) as path:
            assert await folder.put_file(path, "text/plain") == ref
        assert await folder.exists(ref)

    async def test_takes_a_file_from_another_file_system(self, folder, tmp_path):
        elsewhere = Path("/dev/shm")
        if not elsewhere.is_dir() or elsewhere.stat().st_dev == tmp_path.stat().st_dev:
            pytest.skip("no second file system here")
        data = os.urandom(MIB)
        source = elsewhere / f"blob-{os.getpid()}.part"
        source.write_bytes(data)
        ref = await folder.put_file(source, "video/mp4")
        assert not source.exists()
        assert await read(folder, ref) == data
        assert stored_path(tmp_path / "with space", ref).stat().st_mode & 0o777 == 0o444

    async def test_synced_before_it_has_its_name(self, folder, tmp_path, monkeypatch):
        """The order that survives a power cut: file synced, then renamed, then the folder synced."""
        steps = []
        data = b"in this order"
        target = stored_path((tmp_path / "with space").resolve(), ref_of(data))
        real = os.fsync

        def noted(descriptor):
            steps.append((Path(f"/proc/self/fd/{descriptor}").readlink(), target.exists()))
            real(descriptor)

        monkeypatch.setattr(os, "fsync", noted)
        scratch = scratch_file(tmp_path, data).resolve()
        await folder.put_file(scratch, "text/plain")
        assert steps[0] == (scratch, False)
        assert steps[-1] == (target.parent, True)

    def test_killed_at_any_moment_no_half_file_has_a_name(self, tmp_path):
        """A process that puts without end is killed again and again; every named file must be whole."""
        root = tmp_path / "store"
        for pause in (0.02, 0.05, 0.09):
            with subprocess.Popen([sys.executable, "-c", PUT_WITHOUT_END, root, tmp_path], cwd=HERE) as child:
                _wait_until((tmp_path / f"{child.pid}.begun").exists)
                time.sleep(pause)
                child.kill()
        named = [path for path in root.rglob("*") if path.is_file() and len(path.name) == 64]
        assert named
        assert all(hashlib.sha256(path.read_bytes()).hexdigest() == path.name for path in named)

    async def test_too_little_room_for_a_copy_keeps_the_source(self, folder, tmp_path, monkeypatch):
        source = scratch_file(tmp_path, b"precious")
        monkeypatch.setattr(FolderBlobs, "_settle", _no_room)
        with pytest.raises(StorageFull):
            await folder.put_file(source, "text/plain")
        assert source.read_bytes() == b"precious"


def _no_room(*_):
    raise OSError(errno.ENOSPC, "No space left on device")


def _wait_until(holds: Callable[[], bool]) -> None:
    patience = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < patience
        time.sleep(0.005)


class TestBucket:
    async def test_other_bytes_under_the_name_are_refused(self, tmp_path):
        memory = MemoryStore()
        store = BucketBlobs(memory, cache=tmp_path / "cache")
        ref = ref_of(b"true")
        await obstore.put_async(memory, module._key(ref.sha256), b"lies")
        with pytest.raises(BlobMissing, match="other bytes"):
            async with store.local(ref):
                pass
        assert list((tmp_path / "cache").iterdir()) == []

    async def test_a_copy_is_fetched_once_by_many(self, tmp_path):
        store = BucketBlobs(MemoryStore(), cache=tmp_path / "cache")
        ref = await store.put_bytes(os.urandom(MIB), "video/mp4")

        async def inode() -> int:
            async with store.local(ref) as path:
                await asyncio.sleep(0.01)
                return path.stat().st_ino

        assert len(set(await asyncio.gather(*(inode() for _ in range(10))))) == 1

    async def test_the_cache_stays_within_its_bytes_dropping_the_least_used(self, tmp_path):
        cache = tmp_path / "cache"
        store = BucketBlobs(MemoryStore(), cache=cache, cache_bytes=3 * MIB)
        refs = [await store.put_bytes(os.urandom(MIB), "video/mp4") for _ in range(4)]
        for age, ref in enumerate(refs[:3]):
            async with store.local(ref) as path:
                os.utime(path, (age, age))
        async with store.local(refs[0]):  # now the one used last
            pass
        async with store.local(refs[3]):
            pass
        assert {path.name for path in cache.iterdir()} == {refs[n].sha256 for n in (0, 2, 3)}

    async def test_what_is_in_use_is_not_cleared(self, tmp_path):
        store = BucketBlobs(MemoryStore(), cache=tmp_path / "cache", cache_bytes=MIB)
        refs = [await store.put_bytes(os.urandom(MIB), "video/mp4") for _ in range(3)]
        async with AsyncExitStack() as held:
            paths = [await held.enter_async_context(store.local(ref)) for ref in refs]
            assert all(path.exists() for path in paths)
        last = await store.put_bytes(os.urandom(MIB), "video/mp4")
        async with store.local(last) as path:
            assert [left.name for left in path.parent.iterdir()] == [last.sha256]

    async def test_a_cut_copy_is_fetched_again(self, tmp_path):
        store = BucketBlobs(MemoryStore(), cache=tmp_path / "cache")
        ref = await store.put_bytes(b"whole", "text/plain")
        (tmp_path / "cache" / ref.sha256).write_bytes(b"wh")
        async with store.local(ref) as path:
            assert path.read_bytes() == b"whole"

    async def test_what_is_put_again_counts_as_new_without_being_sent_again(self, tmp_path):
        bucket = MemoryStore()
        store = BucketBlobs(bucket, cache=tmp_path / "cache")
        ref = await store.put_bytes(b"once", "text/plain")
        sent = (await obstore.head_async(bucket, module._key(ref.sha256)))["last_modified"]
        (first,) = [info async for info in store.list()]
        await store.put_bytes(b"once", "text/plain")
        (again,) = [info async for info in store.list()]
        assert again.modified > first.modified == sent
        assert (await obstore.head_async(bucket, module._key(ref.sha256)))["last_modified"] == sent

    async def test_who_wants_a_blob_and_who_deletes_it_see_each_other(self, tmp_path):
        """Either the touch says no, or the blob stays: at whatever moment between the steps of a deletion it comes."""
        for moment in range(12):
            bucket = MemoryStore()
            store, other = (BucketBlobs(bucket, cache=tmp_path / "cache") for _ in range(2))
            ref = await store.put_bytes(b"old", "text/plain")
            since = datetime.now(UTC)
            deleting = asyncio.create_task(other.delete(ref.sha256, unless_put_since=since))
            for _ in range(moment):
                await asyncio.sleep(0)
            found = await store.touch(ref)
            deleted = await deleting
            assert not (found and deleted), moment
            assert await store.exists(ref) is not deleted
            await store.put_bytes(b"old", "text/plain")
            assert await store.touch(ref)

    async def test_a_touch_is_refused_while_a_deletion_is_under_way_and_a_put_waits(self, tmp_path):
        bucket = MemoryStore()
        store = BucketBlobs(bucket, cache=tmp_path / "cache")
        ref = await store.put_bytes(b"old", "text/plain")
        key = module._key(ref.sha256)
        async with Marks(bucket).doomed(key):
            assert not await store.touch(ref)
            putting = asyncio.create_task(store.put_bytes(b"old", "text/plain"))
            await asyncio.sleep(0.3)
            assert not putting.done()
            await obstore.delete_async(bucket, key)  # as if it had looked before the touch
        await putting
        assert await store.touch(ref)

    async def test_the_mark_of_a_deletion_that_died_is_removed_in_the_end(self, tmp_path, monkeypatch):
        monkeypatch.setattr(marks, "DOOMED_S", 0.3)
        bucket = MemoryStore()
        store = BucketBlobs(bucket, cache=tmp_path / "cache")
        ref = await store.put_bytes(b"old", "text/plain")
        with pytest.raises(RuntimeError, match="died"):
            async with Marks(bucket).doomed(module._key(ref.sha256)):
                raise RuntimeError("died")
        assert not await store.touch(ref)
        await store.put_bytes(b"old", "text/plain")
        assert await store.touch(ref)

    async def test_a_bucket_that_does_not_answer_is_a_technical_fault(self, tmp_path, unused_tcp_port):
        away = S3Store(
            "bucket",
            endpoint=f"http://127.0.0.1:{unused_tcp_port}",
            region="us-east-1",
            access_key_id="k",
            secret_access_key="s",
            client_options={"allow_http": True},
            retry_config={"max_retries": 0},
        )
        store = Blobs.over(away, cache=tmp_path / "cache")
        source = scratch_file(tmp_path, b"kept")
        with pytest.raises(Unavailable) as fault:
            await store.put_file(source, "text/plain")
        assert "127.0.0.1" not in fault.value.message
        assert source.exists()
        with pytest.raises(Fault):
            await read(store, ref_of(b"kept"))


class TestOpening:
    def test_a_folder_by_path_or_url(self, tmp_path):
        assert isinstance(Blobs.open(str(tmp_path / "a"), cache=tmp_path), FolderBlobs)
        assert isinstance(Blobs.open(f"file://{tmp_path}/b%20c", cache=tmp_path), FolderBlobs)
        assert (tmp_path / "b c").stat().st_mode & 0o777 == 0o700

    def test_a_bucket_by_url(self, tmp_path):
        assert isinstance(Blobs.open("s3://bucket/prefix", cache=tmp_path / "cache"), BucketBlobs)
        assert isinstance(Blobs.open("memory:///", cache=tmp_path / "cache"), BucketBlobs)

    def test_what_is_no_store_is_refused(self, tmp_path):
        with pytest.raises(ValueError, match="ftp"):
            Blobs.open("ftp://host/path", cache=tmp_path / "cache")


async def test_receiving_much_holds_little_memory(folder, tmp_path):
    """96 MiB through, while at most a few pieces of 1 MiB are in memory."""

    async def much() -> AsyncIterator[bytes]:
        piece = bytes(MIB)
        for _ in range(96):
            yield piece

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    received = await folder.receive(much(), 100 * MIB, tmp_path / "scratch")
    assert received.size == 96 * MIB
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024 < 32
