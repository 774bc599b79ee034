"""Pinyin over Chinese: each syllable over its own character, or over none and told; never silently away."""

import html
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.users.models import UserProfile

from cms.importing import ImportRefused, import_files
from picturebooks.models import Book, Spread
from picturebooks.reading import Misfit, aligned, misfit, ruby

CASES = Path(settings.ROOT) / "tests" / "cases"


def over(text: str, pinyin: str) -> list[str]:
    """Return what stands over what, as 字=zì."""
    return [f"{base}={syllable}" for base, syllable in ruby(text, pinyin) if syllable]


FITS = [
    ("这儿有花儿。", "zhèr yǒu huār", ["这儿=zhèr", "有=yǒu", "花儿=huār"]),
    ("这儿有花儿。", "zhè er yǒu huā er", ["这=zhè", "儿=er", "有=yǒu", "花=huā", "儿=er"]),
    ("小孩儿玩儿", "xiǎoháir wánr", ["小=xiǎo", "孩儿=háir", "玩儿=wánr"]),
    ("儿子和女儿", "ér zi hé nǚ ér", ["儿=ér", "子=zi", "和=hé", "女=nǚ", "儿=ér"]),
    (
        "清早，风来！“走吗？”",
        "Qīngzǎo, fēng lái! “zǒu ma?”",
        ["清=Qīng", "早=zǎo", "风=fēng", "来=lái", "走=zǒu", "吗=ma"],
    ),
    ("西安先", "xī’ān xiān", ["西=xī", "安=ān", "先=xiān"]),
    ("绿女", "lǜ nv3", ["绿=lǜ", "女=nv3"]),
    ("长大", "zhǎng(cháng) dà", ["长=zhǎng", "大=dà"]),
    ("一天", "yì/yī tiān", ["一=yì/yī", "天=tiān"]),
    ("有3只猫ABC", "yǒu sān zhī māo ABC", ["有=yǒu", "3=sān", "只=zhī", "猫=māo"]),
    ("2019年来", "nián lái", ["年=nián", "来=lái"]),
    ("〇年", "líng nián", ["〇=líng", "年=nián"]),
    ("忒好", "tēi hǎo", ["忒=tēi", "好=hǎo"]),
]


@pytest.mark.parametrize(("text", "pinyin", "wanted"), FITS)
def test_syllables_stand_over_their_own_characters(text: str, pinyin: str, wanted: list[str]) -> None:
    assert over(text, pinyin) == wanted
    assert "".join(base for base, _syllable in ruby(text, pinyin)) == text


@pytest.mark.parametrize(
    ("text", "pinyin", "where"),
    [("花儿开", "huā kāi", "儿开"), ("有花", "yǒu", "花"), ("你好", "nǐ hǎo ma", "你好"), ("一二三四", "yī èr sì", "三四"),
     ("这儿有", "zhè yǒu", "儿有"), ("字", "。", "字"), ("", "zì", "")],
)  # fmt: skip
def test_a_wrong_count_stands_over_nothing_and_is_told(text: str, pinyin: str, where: str) -> None:
    assert over(text, pinyin) == []
    found = misfit(text, pinyin)
    assert isinstance(found, Misfit)
    assert found.where == where
    with pytest.raises(ValidationError) as fault:
        Spread(text=text, pinyin=pinyin).clean()
    assert "拼音和文字对不上" in fault.value.message_dict["pinyin"][0]


def test_no_pinyin_is_no_fault() -> None:
    assert misfit("花儿", "") is None
    Spread(text="花儿").clean()


def test_long_and_odd_texts_are_read_in_steps() -> None:
    assert isinstance(aligned("1" * 3000, "yi" * 30), tuple)
    assert isinstance(aligned("…" * 5000 + "花", "huā"), tuple)
    assert isinstance(aligned("一" * 300, "yi" * 5000), Misfit)
    assert len(over("一" * 2000, " ".join(["yī"] * 2000))) == 2000


@pytest.mark.django_db
def test_r28_pinyin_with_an_r_is_shown_whole(client: Client) -> None:
    import_files([(Book, CASES / "R28-book.csv"), (Spread, CASES / "R28-spread.csv")])
    page = client.get(Book.objects.get().url).content.decode()
    for base, syllable in (("这儿", "zhèr"), ("有", "yǒu"), ("花儿", "huār")):
        assert f"<ruby>{base}<rp>(</rp><rt>{syllable}</rt>" in page


@pytest.mark.django_db
def test_a_mark_in_the_middle_of_a_syllable_loses_nothing(client: Client) -> None:
    import_files([(Book, CASES / "R28-book.csv"), (Spread, CASES / "R28-spread.csv")])
    page = client.get(Book.objects.get().url, {"q": "儿有"}).content.decode()
    for base in ("这儿", "有", "花儿"):
        assert page.count(f"<ruby>{base}<rp>") == 1


@pytest.mark.django_db
def test_pinyin_that_does_not_fit_is_refused_by_row(tmp_path: Path) -> None:
    book, spread = tmp_path / "book.csv", tmp_path / "spread.csv"
    book.write_text("编号,题名\nXH-PB-1,叶\n", "utf-8")
    spread.write_text("所属编号,次序,文字,拼音\nXH-PB-1,1,叶子,yè zi\nXH-PB-1,2,有花,yǒu\n", "utf-8")
    with pytest.raises(
        ImportRefused, match=r"spread.csv 第 3 行“拼音”：拼音和文字对不上：文字有 2 个汉字，拼音有 1 个音节"
    ):
        import_files([(Book, book), (Spread, spread)])
    assert Book.objects.count() == 0


@pytest.mark.django_db
def test_older_pinyin_that_does_not_fit_stands_beside_the_text(client: Client) -> None:
    import_files([(Book, CASES / "R28-book.csv"), (Spread, CASES / "R28-spread.csv")])
    Spread.objects.update(pinyin="zhè yǒu")
    page = client.get(Book.objects.get().url).content.decode()
    assert '<p class="py-line" lang="zh-Latn-pinyin">zhè yǒu</p>' in page
    assert "<rt>" not in page


def form_of(page: str) -> list[tuple[str, str]]:
    """Return the fields of the edit form as a browser would send them."""
    form = BeautifulSoup(page, "html.parser").find("form", {"data-edit-form": True})
    sent = []
    for field in form.find_all(["input", "textarea", "select"]):
        if not field.get("name") or field.get("type") in ("file", "submit", "button"):
            continue
        if field.get("type") in ("checkbox", "radio") and not field.has_attr("checked"):
            continue
        if field.name == "select":
            chosen = field.find("option", selected=True)
            if chosen or not field.has_attr("multiple"):
                sent.append((field["name"], chosen["value"] if chosen else ""))
        else:
            sent.append(
                (
                    field["name"],
                    field.get_text().lstrip("\n")
                    if field.name == "textarea"
                    else field.get("value", "on" if field.get("type") == "checkbox" else ""),
                )
            )
    return [(name, value) for name, value in sent if "__prefix__" not in name]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "said"), [("zh-hans", "到“儿有花儿。”这里读不通"), ("en", "they part at “儿有花儿。”")]
)
def test_the_form_says_what_does_not_fit_and_keeps_what_was_typed(client: Client, language: str, said: str) -> None:
    import_files([(Book, CASES / "R28-book.csv"), (Spread, CASES / "R28-spread.csv")])
    editor = User.objects.create_user("bianji")
    editor.groups.add(Group.objects.get(name="编辑"))
    UserProfile.objects.create(user=editor, preferred_language=language)
    client.force_login(editor)
    address = reverse("wagtailadmin_pages:edit", args=[Book.objects.get().pk])
    fields = dict(form_of(client.get(address).content.decode()))
    fields["spreads-0-pinyin"] = "zhè yǒu"
    page = client.post(address, {**fields, "action-publish": "1"})
    assert page.status_code == 200
    assert said in html.unescape(page.content.decode())
    assert "zhè yǒu" in page.content.decode()
    assert Spread.objects.get().pinyin == "zhèr yǒu huār"
    fields["spreads-0-pinyin"] = "zhè er yǒu huā er"
    assert client.post(address, {**fields, "action-publish": "1"}).status_code == 302
    assert Spread.objects.get().pinyin == "zhè er yǒu huā er"
