"""Leaving alone what failed: longer each time, once for many that failed together, over after a success."""

from search.resting import Rest


def test_a_rest_grows_to_its_longest_and_ends_with_a_success(monkeypatch) -> None:
    now = 100.0
    monkeypatch.setattr("search.resting.monotonic", lambda: now)
    rest = Rest(1.0, 2.5)
    assert not rest.on
    for seconds in (1.0, 2.0, 2.5, 2.5):
        assert rest.begin() == seconds
        assert rest.on
        assert rest.begin() == 0.0  # who failed at the same time
        now += seconds
        assert not rest.on
    rest.begin()
    rest.end()
    assert not rest.on
    assert rest.begin() == 1.0
