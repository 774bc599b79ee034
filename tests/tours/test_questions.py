"""Questions reach the librarians once, with their stop and with nothing about anybody; and runs are kept once."""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from tours.guiding.walking.questions import cleaned
from tours.models import Question, Run, RunStop, Stop, Tour

JSON = {"Accept": "application/json"}


@pytest.fixture
def tour(exhibit: Callable, draw_up: Callable[..., Tour]) -> Tour:
    """A private tour of two stops."""
    return draw_up((exhibit("行李箱"), None), (exhibit("胸像"), None))


@pytest.fixture
def phone(client: Client, guide: User) -> Client:
    """The guide's phone."""
    client.force_login(guide)
    return client


def ask(phone: Client, about: Tour, text: str = "它现在在哪里？", **fields: object) -> int:
    """Send a question as the phone does, and return the status."""
    sent = {"key": uuid.uuid4(), "tour": about.pk, "stop": Stop.objects.filter(tour=about).first().pk, "text": text}
    return phone.post("/guide/questions/", {**sent, **fields}, headers=JSON).status_code


def test_a_question_is_kept_with_its_stop_and_nobodys_name(phone: Client, tour: Tour) -> None:
    """Day, stop, thing and text are all there is."""
    second = Stop.objects.get(tour=tour, sort_order=1)
    assert ask(phone, tour, stop=second.pk, on=str(timezone.localdate() - timedelta(days=2))) == 201
    question = Question.objects.get()
    assert (question.number, question.about.title, question.stop) == (2, "胸像", second)
    assert question.asked_on == timezone.localdate() - timedelta(days=2)
    names = {field.name for field in Question._meta.get_fields()}
    assert not names & {"user", "owner", "guide", "address", "ip"}


@pytest.mark.each_database
def test_the_same_question_many_times_is_one(phone: Client, tour: Tour) -> None:
    """By the key that the device made."""
    key = uuid.uuid4()
    assert [ask(phone, tour, key=key) for _ in range(30)] == [201] + [200] * 29
    assert Question.objects.count() == 1


@pytest.mark.each_database
def test_a_thousand_different_ones_stop_at_a_hundred_a_day(phone: Client, tour: Tour) -> None:
    """The rest is refused in words, stays on the device, and goes through the next day."""
    answers = [ask(phone, tour, f"第{n}问") for n in range(120)]
    assert answers == [201] * 100 + [429] * 20
    Question.objects.update(received_at=timezone.now() - timedelta(days=2))
    assert ask(phone, tour) == 201


@pytest.mark.parametrize(
    ("text", "status"),
    [("", 400), ("  \n", 400), ("\x00", 400), ("问" * 1001, 413), ("问" * 100_000, 413), ("问" * 1000, 201)],
)
def test_length_and_emptiness(phone: Client, tour: Tour, text: str, status: int) -> None:
    """Nothing and too much are refused in words."""
    assert ask(phone, tour, text) == status


@pytest.mark.parametrize("fields", [{"key": "x"}, {"key": ""}, {"tour": "0"}, {"tour": "x"}, {"tour": "9" * 40}])
def test_what_is_no_question_of_this_bench_is_refused(phone: Client, tour: Tour, fields: dict) -> None:
    """No key, or no tour of one's own."""
    assert ask(phone, tour, **fields) in (400, 404)
    assert not Question.objects.exists()


@pytest.mark.each_database
def test_an_unknown_stop_loses_no_question(phone: Client, tour: Tour) -> None:
    """The stop was taken out since: the question is about the tour."""
    assert ask(phone, tour, stop="999999") == 201
    assert Question.objects.get().number == 0


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("打给我13812345678", "打给我［…］"),
        ("打给我１３８-１２３４-５６７８。", "打给我［…］。"),
        ("写到li.si@example.org吧", "写到［…］吧"),
        ("见https://example.org/a?b 和www.example.org，", "见［…］ 和［…］，"),
        ("身份证31010419900101123X", "身份证［…］"),
        ("一九九三年，1993年10月7日", "一九九三年，1993年10月7日"),
        ("12345 张票", "12345 张票"),
    ],
)
def test_what_is_somebodys_own_is_masked(said: str, kept: str) -> None:
    """Years and small numbers stay."""
    assert cleaned(said) == kept


def test_a_plain_form_is_led_back_to_its_stop(phone: Client, tour: Tour) -> None:
    """Without a script the page says what became of it."""
    stop = Stop.objects.filter(tour=tour).first()
    sent = {"key": uuid.uuid4(), "tour": tour.pk, "stop": stop.pk, "text": "为什么？"}
    answer = phone.post("/guide/questions/", sent)
    assert answer["Location"] == f"/guide/tours/{tour.pk}/go/#stop-{stop.pk}"
    assert "问题已送到馆员那里" in phone.get(answer["Location"]).content.decode()


def give(phone: Client, tour: Tour, *told: Stop, **fields: object) -> int:
    """Send a run as the phone does."""
    sent = {"key": uuid.uuid4(), "tour": tour.pk, "told": [stop.pk for stop in told]}
    return phone.post("/guide/runs/", {**sent, **fields}, headers=JSON).status_code


@pytest.mark.each_database
def test_a_run_is_kept_once_with_what_was_skipped(phone: Client, tour: Tour) -> None:
    """Twice sent is once kept; seconds and times are the device's where they can be."""
    first = Stop.objects.filter(tour=tour).first()
    began = timezone.now() - timedelta(minutes=50)
    fields = {"key": uuid.uuid4(), "began": began.isoformat(), f"seconds-{first.pk}": "190"}
    assert [give(phone, tour, first, **fields) for _ in range(3)] == [201, 200, 200]
    run = Run.objects.get()
    assert run.began_at == began
    assert list(run.stops.values_list("about__title", "skipped", "seconds")) == [
        ("行李箱", False, 190),
        ("胸像", True, 0),
    ]


@pytest.mark.once_on_each_database
@pytest.mark.parametrize(
    "began", ["", "x", "2999-01-01T00:00:00Z", "1999-01-01T00:00:00Z", "2026-02-31T00:00:00Z", "2026-01-01"]
)
def test_an_impossible_time_is_the_present(phone: Client, tour: Tour, began: str) -> None:
    """A device with a wrong clock breaks nothing."""
    assert give(phone, tour, began=began, **{f"seconds-{Stop.objects.first().pk}": "-5"}) == 201
    assert abs(Run.objects.get().began_at - timezone.now()) < timedelta(minutes=1)
    assert set(RunStop.objects.values_list("seconds", flat=True)) == {0}


@pytest.mark.each_database
def test_afterwards_runs_skips_and_questions_are_there_as_tables(phone: Client, tour: Tour) -> None:
    """For Excel, and with no cell that it would run."""
    give(phone, tour, Stop.objects.filter(tour=tour).first())
    ask(phone, tour, '=HYPERLINK("x")')
    page = phone.get(f"/guide/tours/{tour.pk}/after/").content.decode()
    assert "胸像" in page
    for what, words in (("runs", "跳过"), ("skipped", "胸像"), ("questions", "'=HYPERLINK")):
        text = phone.get(f"/guide/tours/{tour.pk}/after/{what}.csv").content.decode()
        assert text.startswith("\ufeff")
        assert words in text
    assert phone.get(f"/guide/tours/{tour.pk}/after/else.csv").status_code == 404
    Stop.objects.get(tour=tour, sort_order=1).holding.specific.unpublish()
    for what in ("after/", "after/runs.csv", "after/skipped.csv", "after/questions.csv"):
        assert "胸像" not in phone.get(f"/guide/tours/{tour.pk}/{what}").content.decode()


@pytest.mark.each_database
def test_a_librarian_answers_and_the_guide_sees_it(phone: Client, tour: Tour) -> None:
    """By a holding and a word; wrong ones are refused in words; a question can be set aside and come back."""
    ask(phone, tour)
    question = Question.objects.get()
    desk = Client()
    desk.force_login(User.objects.create_superuser("librarian"))
    assert "它现在在哪里？" in desk.get("/admin/questions/").content.decode()
    address = f"/admin/questions/{question.pk}/"
    for wrong in ({}, {"holding": "没有这件", "note": "写了半天"}, {"holding": tour.uid}):
        said = desk.post(address, {"do": "answer", **wrong}).content.decode()
        assert all(typed in said for typed in wrong.values())
        assert Question.objects.get().state == "open"
    desk.post(address, {"do": "answer", "holding": question.about.uid, "note": "看这一件。"})
    page = phone.get(f"/guide/tours/{tour.pk}/after/").content.decode()
    assert "看这一件。" in page
    assert question.about.get_url() in page
    question.about.specific.unpublish()
    assert (
        "/exhibitions/"
        not in phone.get(f"/guide/tours/{tour.pk}/after/").content.decode().split("<main")[1].split("</main")[0]
    )
    desk.post(address, {"do": "aside"})
    desk.post(address, {"do": "open"})
    assert Question.objects.get().state == "open"


def test_the_queue_is_for_those_who_look_after_holdings(phone: Client, tour: Tour) -> None:
    """A guide is sent away."""
    assert phone.get("/admin/questions/").status_code == 302
    assert phone.post("/admin/questions/1/").status_code == 302


@pytest.mark.parametrize("address", ["go/", "after/", "after/runs.csv", "after/skipped.csv", "after/questions.csv"])
def test_another_guides_walk_is_not_found(phone: Client, tour: Tour, colleague: User, address: str) -> None:
    """Nor can a question or a run be put into it."""
    phone.force_login(colleague)
    assert phone.get(f"/guide/tours/{tour.pk}/{address}").status_code == 404
    assert ask(phone, tour) == 404
    assert give(phone, tour) == 404
    assert not Question.objects.exists()
    assert not Run.objects.exists()
    phone.logout()
    assert phone.get(f"/guide/tours/{tour.pk}/{address}")["Location"].startswith("/guide/login/")


def test_two_questions_from_one_drawn_page_are_two(phone: Client, tour: Tour) -> None:
    """Without a script the page's key is sent again after Back: another text is another question, the same text is not."""
    key = uuid.uuid4()
    assert [ask(phone, tour, text, key=key) for text in ("甲？", "乙？", "乙？", "甲？")] == [201, 201, 200, 200]
    assert sorted(Question.objects.values_list("text", flat=True)) == ["乙？", "甲？"]
