"""The house rules of DESIGN that can be read off the syntax trees: who imports whom."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
OURS = {"index", "qa_service", "eval", "ingest"}
MAY_IMPORT = {
    "index": {"index"},
    "ingest": {"index", "ingest"},
    "qa_service": {"index", "qa_service"},
    "eval": {"index", "qa_service", "eval", "ingest"},
}
ONE_ROOM = {
    "faiss": {"index/vectors.py"},
    "sentence_transformers": {"index/embed.py"},
    "torch": {"index/embed.py"},
    "openai": {"qa_service/openai_llm.py"},
    "trafilatura": {"index/formats/html.py"},
    "sentencex": {"index/split.py"},
    "xllamacpp": {"qa_service/llama_child.py"},
}


def modules() -> Iterator[tuple[str, str, str]]:
    """Yield room, file and every top-level package that the file imports, wherever it does."""
    for path in [ROOT / "ingest.py", *(p for room in OURS for p in (ROOT / room).rglob("*.py"))]:
        relative = path.relative_to(ROOT)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names = [node.module]
            elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module"):
                names = [ast.literal_eval(node.args[0])]
            else:
                continue
            for name in names:
                yield relative.parts[0].removesuffix(".py"), str(relative), name.split(".")[0]


def test_imports_run_one_way() -> None:
    wrong = [(file, name) for room, file, name in modules() if name in OURS - MAY_IMPORT[room]]
    assert wrong == []


@pytest.mark.parametrize("library", ONE_ROOM)
def test_a_heavy_library_is_imported_in_one_file(library: str) -> None:
    users = {file for _, file, name in modules() if name == library and not file.startswith("eval")}
    assert users == ONE_ROOM[library]


def test_fastapi_stays_at_the_edge() -> None:
    rooms = {room for room, _, name in modules() if name in {"fastapi", "starlette"}}
    assert rooms == {"qa_service"}
    inner = {"ask", "evidence", "draft", "prompts", "verify", "answers", "compose", "confidence"}
    files = {Path(file).stem for _, file, name in modules() if name in {"fastapi", "starlette"}}
    assert files & inner == set()


def test_no_room_has_a_name_that_says_nothing() -> None:
    empty = {"types", "utils", "helpers", "common", "manager", "service", "base", "misc"}
    assert [p for p in ROOT.rglob("*.py") if p.stem in empty and ".venv" not in p.parts] == []
