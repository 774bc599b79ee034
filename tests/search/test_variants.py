"""The table of characters: made as it says, and what people added to it is sound."""

import csv

import pytest

from search import variants
from search.folding import DATA, FOLD_FILE, fold, han, plain, signs


def test_the_table_is_what_its_command_makes() -> None:
    pytest.importorskip("opencc")
    assert FOLD_FILE.read_text("utf-8") == variants.lines()


def test_own_variants_are_single_characters_listed_once() -> None:
    with (DATA / "variants.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) >= 150
    assert len({row["variant"] for row in rows}) == len(rows)
    assert all(len(row["variant"]) == len(row["usual"]) == 1 != row["variant"] for row in rows)


def test_every_character_is_followed_to_its_end() -> None:
    ends = {target for target in han().values() if plain(target) == target and target not in signs()}
    assert {target for target in ends if fold(target) != target} == set()
    every = {*han(), *signs()}
    assert {char for char in every if fold(fold(char)) != fold(char)} == set()
    assert {fold(char) for char, usual in han().items() if usual == "零"} == {"〇"}
