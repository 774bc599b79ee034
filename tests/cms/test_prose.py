"""Running text: paragraphs have numbers, old books keep their marks, names of related things become links."""

from cms.catalogue.prose import Link, blocks, plain, plain_paragraphs

OLD = "龍華寺在縣西南⟦013-1a⟧十八里⟨吳赤烏中建⟩有〖KR0123〗塔"


def test_paragraphs_headings_and_quotations_are_numbered_in_one_row() -> None:
    found = blocks("一段\n\n## 小题\n\n> 引文\n\n二段")
    assert [(b.form, b.anchor, b.pieces[0].text) for b in found] == [
        ("paragraph", "p1", "一段"),
        ("heading", "p2", "小题"),
        ("quote", "p3", "引文"),
        ("paragraph", "p4", "二段"),
    ]


def test_search_reads_across_leaves_and_notes() -> None:
    assert plain(OLD) == "龍華寺在縣西南十八里吳赤烏中建有〓塔"


def test_leaves_notes_and_missing_characters_are_pieces() -> None:
    assert [p.form for p in blocks(OLD)[0].pieces] == ["text", "leaf", "text", "note", "text", "unencoded", "text"]


def test_search_and_page_count_the_same_paragraphs() -> None:
    body = "一\n\n\n## 二\n　\n> 三\r\n\r\n四"
    assert len(plain_paragraphs(body)) == len(blocks(body)) == 4


def test_the_longest_name_is_linked_once_a_paragraph() -> None:
    names = {"徐家汇": Link("/a/", "pl"), "徐家汇天主堂": Link("/b/", "pl")}
    pieces = blocks("徐家汇天主堂在徐家汇，徐家汇旧称。", names)[0].pieces
    assert [(p.text, p.link.url) for p in pieces if p.link] == [("徐家汇天主堂", "/b/"), ("徐家汇", "/a/")]
    assert "".join(p.text for p in pieces) == "徐家汇天主堂在徐家汇，徐家汇旧称。"


def test_an_empty_body_has_no_blocks() -> None:
    assert blocks("") == blocks(" \n\n ") == []
