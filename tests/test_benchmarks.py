"""The benchmark of search runs, small: its passages are all different, always the same, and every engine finds what it should."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from benchmarks.passages import LENGTH, Texts

HAN = (
    "城西有浜舟楫往來其上浦水東流岸高多樹邑人築堤禦潮橋畔茶肆老者坐談舊事之名始於明江晨霧初開塔是片土地眼睛山如黛近含煙"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a text in which few characters stand together twice."""
    lines = [f"{HAN[at:]}。{HAN[:at]}" for at in range(1, len(HAN), 3)]
    (tmp_path / "KR_001.txt").write_text("#+TITLE: 志\n<pb:KR_WYG_001-1a>¶\n" + "¶\n".join(lines), "utf-8")
    return tmp_path


def test_mixed_passages_differ_and_are_always_the_same(folder: Path) -> None:
    one, two = (list(Texts(folder).mixed(200)) for _ in range(2))
    assert one == two
    assert len({document.text for document in one}) == 200
    assert all(LENGTH <= len(document.text) < 2 * LENGTH for document in one)
    assert [document.id for document in one if document.names] == [50, 100, 150, 200]
    assert {document.title for document in one if not 4 <= len(document.title) <= 10} == set()


def test_real_passages_are_the_text_as_it_stands(folder: Path) -> None:
    texts = Texts(folder)
    assert texts.whole.startswith("⟦001-1a⟧")
    assert "".join(document.text for document in texts.real(20)) == texts.whole[: 20 * (len(texts.whole) // 20)]


@pytest.mark.parametrize("engine", ["whoosh", "fts5", "wagtail"])
def test_it_runs(folder: Path, engine: str) -> None:
    command = [sys.executable, settings.ROOT / "benchmarks" / "search.py", folder]
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    done = subprocess.run(
        [*command, "--sizes", "100", "--rounds", "3", "--engines", engine],
        capture_output=True,
        text=True,
        env=environment,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    recall = re.search(r"\| 100 \|.*?\| (\d\.\d{3}) \| (\d\.\d{3}) \|", done.stdout)
    assert recall, done.stdout
    assert recall.groups() == ("1.000", "1.000") or engine == "wagtail"
