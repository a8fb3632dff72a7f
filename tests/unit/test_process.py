"""Child processes are bounded, told of truthfully, and never left behind."""

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
import uvloop

from contracts.faults import Unavailable
from kit.process import Limits, ProcessFailed, ProcessTimedOut, dialogue, run
from tests.limits import SOON_S

CALM = Limits(wall_s=20)
ECHO = "import sys, json\nfor line in sys.stdin: print(json.dumps({'heard': json.loads(line)}), flush=True)"

PARENT = """
import asyncio, sys
from kit.process import Limits, run
def hear(line): print(line, flush=True)
asyncio.run(run(["sh", "-c", "echo $$; exec sleep 300"], limits=Limits(wall_s=300), on_line=hear))
"""


def sh(script: str) -> list[str]:
    return ["/bin/sh", "-c", script]


def python(script: str) -> list[str]:
    return [sys.executable, "-I", "-c", script]


def gone(pid: int) -> bool:
    """Dead and reaped, or at least dead: whoever adopts an orphan may be slow to reap it."""
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


async def until(condition: Callable[[], bool], seconds: float) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come true in time"
        await asyncio.sleep(0.02)


class TestRun:
    async def test_tells_what_came_out(self):
        done = await run(sh("cat; echo words >&2"), limits=CALM, stdin=b"\x00in\xff" * 50_000, max_stdout=200_000)
        assert done.returncode == 0
        assert done.stdout == b"\x00in\xff" * 50_000
        assert done.stderr == "words\n"

    async def test_a_bad_end_is_a_fault_with_its_last_words(self):
        with pytest.raises(ProcessFailed) as fault:
            await run(sh("echo no such luck >&2; exit 3"), limits=CALM)
        assert fault.value.returncode == 3
        assert fault.value.stderr == "no such luck\n"
        assert fault.value.code == "process_failed"
        assert fault.value.technical
        assert fault.value.message == "sh ended with exit code 3"

    async def test_a_killing_signal_is_named(self):
        with pytest.raises(ProcessFailed, match="sh was killed by SIGSEGV") as fault:
            await run(sh("kill -SEGV $$"), limits=CALM)
        assert fault.value.returncode == -signal.SIGSEGV

    async def test_a_bad_end_can_be_looked_at(self):
        assert (await run(sh("exit 3"), limits=CALM, check=False)).returncode == 3

    @pytest.mark.parametrize("program", ["there-is-no-such-program", "/there/is/none", "/etc/passwd"])
    async def test_a_missing_program(self, program):
        with pytest.raises(Unavailable):
            await run([program], limits=CALM)

    async def test_a_program_the_kernel_refuses(self, tmp_path):
        broken = tmp_path / "broken"
        broken.write_bytes(b"\x7fELF nonsense")
        broken.chmod(0o755)
        with pytest.raises(Unavailable, match="broken could not be started"):
            await run([broken], limits=CALM)

    async def test_a_missing_folder_to_run_in(self, tmp_path):
        with pytest.raises(Unavailable):
            await run(sh("true"), limits=CALM, cwd=tmp_path / "none")

    async def test_input_nobody_reads(self):
        assert (await run(sh("exit 0"), limits=CALM, stdin=b"x" * 1_000_000)).returncode == 0

    async def test_works_under_uvloop(self):
        def in_its_own_loop() -> tuple[bytes, dict[str, object]]:
            async def work() -> tuple[bytes, dict[str, object]]:
                done = await run(sh("cat"), limits=CALM, stdin=b"hello")
                with contextlib.suppress(ProcessTimedOut):
                    await run(sh("sleep 60"), limits=Limits(wall_s=0.1))
                async with dialogue(python(ECHO), limits=CALM) as talk:
                    return done.stdout, await talk.ask({"a": 1}, 10)

            return uvloop.run(work())

        assert await asyncio.to_thread(in_its_own_loop) == (b"hello", {"heard": {"a": 1}})


class TestTime:
    async def test_the_wall_clock(self):
        for wall_s in (0.3, 3, 30):  # on a busy machine it may be over before a word was said
            before = time.monotonic()
            with pytest.raises(ProcessTimedOut, match=rf"sh ran longer than {wall_s} s") as fault:
                await run(sh("echo still here >&2; sleep 300"), limits=Limits(wall_s=wall_s))
            assert time.monotonic() - before < wall_s + SOON_S
            assert fault.value.code == "process_timed_out"
            if fault.value.stderr:
                break
        assert fault.value.stderr == "still here\n"

    async def test_silence(self):
        with pytest.raises(ProcessTimedOut, match=r"sh said nothing for 0\.3 s"):
            await run(sh("echo hello; sleep 60"), limits=Limits(wall_s=60, idle_s=0.3))

    async def test_one_who_keeps_talking_may_go_on(self):
        for patience in (1, 5, 25):  # a busy machine may be silent for longer than it means to
            lines: list[str] = []
            script = f"for n in 1 2 3 4 5 6 7 8; do echo $n; sleep {0.1 * patience}; done"
            with contextlib.suppress(ProcessTimedOut):
                await run(sh(script), limits=Limits(wall_s=60, idle_s=0.6 * patience), on_line=lines.append)
                break
        assert lines == list("12345678")


class TestOutput:
    async def test_lines_come_while_it_runs(self):
        first = asyncio.Event()
        task = asyncio.create_task(run(sh("echo one; sleep 60"), limits=CALM, on_line=lambda _: first.set()))
        await asyncio.wait_for(first.wait(), SOON_S)
        task.cancel()

    async def test_lines_are_whole_and_the_last_needs_no_end(self):
        lines: list[str] = []
        done = await run(sh(r"printf 'one\r\n\ntw'; sleep 0.1; printf 'o\nthree'"), limits=CALM, on_line=lines.append)
        assert lines == ["one", "", "two", "three"]
        assert done.stdout == b""

    async def test_a_line_without_end_is_cut(self):
        lines: list[str] = []
        script = "import sys; sys.stdout.write('x' * 3_000_000 + '\\nnext\\n')"
        await run(python(script), limits=CALM, on_line=lines.append)
        assert [len(line) for line in lines] == [64 << 10, 4]

    async def test_too_much_output_is_a_fault(self):
        with pytest.raises(ProcessFailed, match="wrote more than 1000 bytes"):
            await run(["yes"], limits=CALM, max_stdout=1000)

    async def test_a_flood_of_errors_keeps_its_end_and_blocks_nobody(self):
        script = "import sys\nfor n in range(200_000): sys.stderr.write(f'{n} went wrong\\n')"
        done = await run(python(script), limits=CALM)
        assert len(done.stderr) == 8 << 10
        assert done.stderr.endswith("199999 went wrong\n")

    async def test_a_listener_that_fails_stops_the_child(self):
        def listen(line):
            raise LookupError(line)

        before = time.monotonic()
        with pytest.raises(LookupError, match="hello"):
            await run(sh("echo hello; sleep 60"), limits=CALM, on_line=listen)
        assert time.monotonic() - before < SOON_S


class TestNoneIsLeft:
    async def test_a_cancel_takes_the_grandchildren_too(self):
        pids: list[int] = []
        script = "sleep 301 & echo $!; sh -c 'sleep 302 & echo $!; wait' & echo $$; wait"
        task = asyncio.create_task(run(sh(script), limits=CALM, on_line=lambda line: pids.append(int(line))))
        await until(lambda: len(pids) == 3, SOON_S)
        before = time.monotonic()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert time.monotonic() - before < SOON_S
        await until(lambda: all(gone(pid) for pid in pids), SOON_S)

    @pytest.mark.parametrize("delay", [0, 0.002, 0.01, 0.03])
    async def test_a_cancel_at_birth(self, delay):
        us = psutil.Process()
        task = asyncio.create_task(run(["sleep", "303"], limits=CALM))
        await asyncio.sleep(delay)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await until(lambda: not any("303" in child.cmdline() for child in us.children()), SOON_S)

    async def test_what_the_program_left_behind_ends_with_it(self):
        lines: list[str] = []
        done = await run(sh("sleep 304 & echo $!"), limits=CALM, on_line=lines.append)
        assert done.returncode == 0
        await until(lambda: gone(int(lines[0])), SOON_S)

    async def test_one_who_left_the_group_cannot_hold_us_up(self):
        lines: list[str] = []
        before = time.monotonic()
        await run(sh("setsid sleep 60 & echo $!"), limits=CALM, on_line=lines.append)
        assert time.monotonic() - before < SOON_S
        os.kill(int(lines[0]), signal.SIGKILL)

    async def test_it_dies_with_its_parent(self):
        command = [sys.executable, "-c", PARENT]
        root = Path(__file__).parents[2]
        with subprocess.Popen(command, cwd=root, env=dict(os.environ), stdout=subprocess.PIPE, text=True) as parent:
            assert parent.stdout is not None
            child = int(await asyncio.to_thread(parent.stdout.readline))
            await until(lambda: psutil.Process(child).name() == "sleep", SOON_S)
            parent.send_signal(signal.SIGKILL)
        await until(lambda: gone(child), SOON_S)


class TestCage:
    async def test_no_variable_of_ours_is_seen(self, monkeypatch, tmp_path):
        monkeypatch.setenv("EDIT_FACTORY_API_SECRET", "hunter2")
        done = await run(["env"], limits=CALM, cwd=tmp_path)
        seen = dict(line.split("=", 1) for line in done.stdout.decode().splitlines())
        assert seen.pop("PATH") == os.environ["PATH"]
        assert seen.pop("TRACEPARENT").startswith("00-")
        assert seen == {"LANG": "C.UTF-8", "HOME": str(tmp_path), "TMPDIR": str(tmp_path)}

    async def test_the_limits_are_the_childs(self):
        limits = Limits(wall_s=20, address_space=512 << 20, cpu_s=7, file_size=1 << 20, nice=5)
        script = "import os, resource as r; print(r.getrlimit(r.RLIMIT_AS)[0], r.getrlimit(r.RLIMIT_CPU)[0], "
        script += "r.getrlimit(r.RLIMIT_FSIZE)[0], r.getrlimit(r.RLIMIT_CORE)[0], os.nice(0))"
        done = await run(python(script), limits=limits)
        assert done.stdout.decode().split() == [str(512 << 20), "7", str(1 << 20), "0", str(os.nice(0) + 5)]

    async def test_a_file_that_grows_too_long_ends_it(self, tmp_path):
        with pytest.raises(ProcessFailed, match="SIGXFSZ"):
            await run(["dd", "if=/dev/zero", "of=big", "bs=4k", "count=9"], limits=_files(16 << 10), cwd=tmp_path)
        assert (tmp_path / "big").stat().st_size == 16 << 10

    async def test_memory_is_bounded(self):
        with pytest.raises(ProcessFailed) as fault:
            await run(python("bytearray(1 << 30)"), limits=Limits(wall_s=20, address_space=256 << 20))
        assert "MemoryError" in fault.value.stderr

    async def test_a_group_and_a_session_of_its_own(self):
        done = await run(python("import os; print(os.getpgrp() == os.getsid(0) == os.getpid())"), limits=CALM)
        assert done.stdout == b"True\n"

    async def test_no_descriptor_of_ours_is_inherited(self):
        with Path(__file__).open("rb") as ours:
            os.set_inheritable(ours.fileno(), True)
            done = await run(["ls", "/proc/self/fd"], limits=CALM)
        assert done.stdout.split() == [b"0", b"1", b"2", b"3"]  # 3 is ls reading the folder


class TestDialogue:
    async def test_each_question_has_its_answer(self):
        async with dialogue(python(ECHO), limits=CALM) as talk:
            asked = [{"number": number, "text": "x" * 100_000} for number in range(5)]
            answers = await asyncio.gather(*(talk.ask(question, 10) for question in asked))
            assert answers == [{"heard": question} for question in asked]
            assert talk.alive
        assert not talk.alive

    async def test_a_death_is_told(self):
        async with dialogue(python("input(); raise SystemExit('out of words')"), limits=CALM) as talk:
            with pytest.raises(ProcessFailed) as fault:
                await talk.ask({}, 10)
            assert fault.value.returncode == 1
            assert fault.value.stderr == "out of words\n"
            assert not talk.alive
            with pytest.raises(ProcessFailed):
                await talk.ask({}, 10)

    async def test_no_answer_in_time_ends_it(self):
        async with dialogue(python("import time; input(); time.sleep(60)"), limits=CALM) as talk:
            with pytest.raises(ProcessTimedOut, match="gave no answer"):
                await talk.ask({}, 0.3)
            await until(lambda: not talk.alive, SOON_S)

    async def test_a_cancelled_question_ends_it(self):
        """Its late answer must not be taken for the answer to the next one."""
        async with dialogue(python("import time; input(); time.sleep(60)"), limits=CALM) as talk:
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(talk.ask({}, 10), 0.2)
            await until(lambda: not talk.alive, SOON_S)

    async def test_its_life_has_an_end(self):
        async with dialogue(python(ECHO), limits=Limits(wall_s=0.3)) as talk:
            await until(lambda: not talk.alive, SOON_S)
            with pytest.raises(ProcessTimedOut, match="ran longer"):
                await talk.ask({}, 10)

    @pytest.mark.parametrize("answer", ["not json", "[1]", ""])
    async def test_an_answer_that_is_no_object(self, answer):
        async with dialogue(python(f"input(); print({answer!r}, flush=True); input()"), limits=CALM) as talk:
            with pytest.raises(ProcessFailed, match="not a JSON object"):
                await talk.ask({}, 10)
            await until(lambda: not talk.alive, SOON_S)

    async def test_one_who_speaks_without_being_asked(self):
        async with dialogue(python("print('{}', flush=True); input(); input()"), limits=CALM) as talk:
            await until(lambda: not talk.alive, SOON_S)
            with pytest.raises(ProcessFailed, match="without being asked"):
                await talk.ask({}, 10)

    async def test_it_is_gone_when_left(self):
        async with dialogue(
            python("import os, time; input(); print('{\"pid\": %d}' % os.getpid(), flush=True); time.sleep(60)"),
            limits=CALM,
        ) as talk:
            pid = (await talk.ask({}, 10))["pid"]
        await until(lambda: gone(pid), SOON_S)

    async def test_a_missing_program(self):
        with pytest.raises(Unavailable):
            async with dialogue(["there-is-no-such-program"], limits=CALM):
                pass


def _files(size: int) -> Limits:
    return Limits(wall_s=20, file_size=size)
