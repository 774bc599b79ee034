"""The embedded engine's files: missing, broken, older, rebuilt while they are read."""

import pytest

from search.document import Document
from search.engines.whoosh import WhooshEngine, postings
from search.hits import IndexBroken, IndexMissing
from search.query import Query


def a(number: int, **more: object) -> Document:
    """Write a short document."""
    return Document(id=number, kind="entry", uid=f"U-{number}", title="", **more)


def test_missing_and_broken_say_so(tmp_path, whoosh: WhooshEngine) -> None:
    missing = WhooshEngine(tmp_path / "none")
    with pytest.raises(IndexMissing):
        missing.search(Query("水"))
    assert missing.health().state == "missing"
    whoosh.change([a(1, text="同文")])
    for file in whoosh.place.current().glob("*.seg"):
        file.write_bytes(file.read_bytes()[:40])
    whoosh.close()
    with pytest.raises(IndexBroken):
        whoosh.search(Query("同文"))
    assert whoosh.health().state == "broken"


def test_an_index_of_an_older_chain_still_answers_and_says_so(whoosh: WhooshEngine, monkeypatch) -> None:
    whoosh.change([a(1, text="同文")])
    monkeypatch.setattr("search.engines.whoosh.fingerprint", lambda layout: "another")
    assert whoosh.search(Query("同文")).ids == (1,)
    assert whoosh.health().state == "stale"


def test_readers_go_on_while_another_process_rebuilds(whoosh: WhooshEngine) -> None:
    whoosh.change([a(1, text="同文")])
    reader = WhooshEngine(whoosh.place.root)
    for turn in range(3):
        assert reader.search(Query("同文")).ids == (1,)
        whoosh.rebuild([a(1, text=f"同文{turn}")])
    assert reader.search(Query("同文2")).ids == (1,)
    assert len([folder for folder in whoosh.place.root.iterdir() if folder.is_dir()]) == 1


def test_a_build_that_fails_leaves_the_old_index(whoosh: WhooshEngine) -> None:
    whoosh.change([a(1, text="同文")])

    def failing():
        yield a(2, text="同文")
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        whoosh.rebuild(failing())
    assert whoosh.search(Query("同文")).ids == (1,)


def test_postings_by_the_block_are_whooshs_own(whoosh: WhooshEngine) -> None:
    """Every list of a segment with lists of several blocks and with deleted documents, and of one without."""
    whoosh.rebuild(
        a(n, text="同" * (n % 3 + 1) + ("文" if n % 2 else "") + (f"甲{n}" if n < 9 else "")) for n in range(400)
    )
    whoosh.change([a(3, text="同")], gone=[5, 399])
    read = [
        (leaf.reader, field, term)
        for leaf in whoosh._reading.leaves()
        for field, term in leaf.reader.all_terms()
        if field in ("head", "text")
    ]
    assert {reader.has_deletions() for reader, _, _ in read} == {True, False}
    assert max(reader.doc_frequency(field, term) for reader, field, term in read) > 300
    for reader, field, term in read:
        theirs, own = reader.postings(field, term), []
        while theirs.is_active():
            own.append((theirs.id(), theirs.weight()))
            theirs.next()
        assert postings.numbers(reader, field, term) == [number for number, _ in own]
        assert list(postings.counted(reader, field, term)) == own
    assert postings.numbers(read[0][0], "text", "没有".encode()) == []
