"""Who may start a process, load libav, or leave something behind: held over the whole source."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.architecture.test_house import HERE, LIBRARY, sources, tracked

# The one door, what it starts every child with, and the embedded servers' own (the user's, not strangers' files).
STARTERS = {"kit/process.py", "kit/cage.py", "edit_factory/sidecars/supervisor.py", "edit_factory/sidecars/launch.py"}
# Programs that are themselves children in a cage: what they start is in it too.
CAGED = {"services/tts/providers/espeak_child.py", "edit_factory/demo/tune.py", "edit_factory/demo/pictures.py"}
STARTS = re.compile(
    r"^(subprocess\.(run|Popen|call|check_\w+|getoutput|getstatusoutput)|pty\.\w+|multiprocessing\.\w+"
    r"|os\.(system|popen|fork|forkpty|exec\w+|spawn\w+|posix_spawnp?)|.*\.?(create_)?subprocess_(exec|shell)"
    r"|.*ProcessPoolExecutor)$"
)
LIBAV_ALLOWED = re.compile(r"_child\.py$")
LEFTOVERS = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b|^\s*#\s*(?:print|import pdb|breakpoint|log\.\w+)\(", re.MULTILINE)


def calls(tree: ast.Module) -> Iterator[tuple[str, ast.Call]]:
    return ((ast.unparse(node.func), node) for node in ast.walk(tree) if isinstance(node, ast.Call))


def test_SEC_02_processes_are_started_through_one_door():
    found = {name for name, tree in sources(*LIBRARY) if any(STARTS.match(called) for called, _ in calls(tree))}
    assert found == STARTERS | CAGED


@pytest.mark.parametrize(
    "code",
    ["subprocess.run(x)", "asyncio.create_subprocess_exec(x)", "loop.subprocess_shell(x)", "os.system(x)", "os.fork()"],
)
def test_SEC_02_each_way_to_start_one_would_be_found(code):
    assert any(STARTS.match(called) for called, _ in calls(ast.parse(code)))


def test_SEC_02_no_service_loads_libav_into_its_own_process():
    def imports(tree: ast.Module) -> bool:
        return any(
            (isinstance(node, ast.Import) and any(name.name.split(".")[0] == "av" for name in node.names))
            or (isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "av")
            for node in ast.walk(tree)
        )

    found = {name for name, tree in sources(*LIBRARY) if imports(tree)}
    assert found
    assert [name for name in found if not LIBAV_ALLOWED.search(name)] == []


def test_SEC_02_every_child_of_a_service_has_all_limits():
    found = 0
    for name, tree in sources("kit", "services"):
        for called, node in calls(tree):
            if called == "Limits":
                found += 1
                given = {keyword.arg for keyword in node.keywords}
                assert given >= {"wall_s", "address_space", "cpu_s", "file_size"}, f"{name}:{node.lineno}"
    assert found >= 5


def test_SEC_02_every_file_of_a_stranger_is_opened_with_a_named_demuxer_and_no_protocol_but_files():
    for name, _ in sources("kit", "services"):
        text = (HERE / name).read_text("utf-8")
        if re.search(r"\"-i\", |av\.open\(|ffmpeg\.input\(", text):
            assert "protocol_whitelist" in text, name
            assert re.search(r"format_whitelist|\"-f\"|format=|\*\*options", text), name
            assert "file:{" in text, name


def test_QUAL_03_nothing_of_a_search_for_errors_is_left():
    for name in tracked():
        if name.endswith(".py") and name.split("/")[0] in LIBRARY:
            text = (HERE / name).read_text("utf-8")
            assert LEFTOVERS.search(text) is None, name
            for called, node in calls(ast.parse(text)):
                assert called not in {"breakpoint", "pdb.set_trace", "logging.basicConfig", "pprint"}, (
                    f"{name}:{node.lineno}"
                )


def test_QUAL_03_levels_mean_something():
    """They are said by their names, and what varies stands beside the message, where it can be filtered by."""
    for name, tree in sources(*LIBRARY):
        for called, node in calls(tree):
            if re.fullmatch(r"_?log(ger)?\.(fatal|warn|log)", called):
                raise AssertionError(f"{name}:{node.lineno}: levels are debug, info, warning, error, critical")
            if re.fullmatch(r"_?log(ger)?\.(debug|info|warning|error|exception|critical)", called):
                assert node.args, f"{name}:{node.lineno}"
                message = node.args[0]
                assert isinstance(message, ast.Constant), f"{name}:{node.lineno}: what varies belongs in extra"
