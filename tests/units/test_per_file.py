"""What is kept of a file goes with it; what it has served is counted from the start on, as a counter must."""

import pytest

from campaign.store import per_file


def test_counts_go_on_where_what_is_kept_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(per_file, "_past", {})
    doubled = per_file.cached_per_file(maxsize=4)(lambda n: 2 * n)
    for n in (1, 1, 1, 2):
        doubled(n)
    assert per_file.usage(doubled) == (2, 2, 2)
    for _file in range(2):
        per_file.let_go()
        assert per_file.usage(doubled)[2] == 0
        doubled(1)
        doubled(1)
    assert per_file.usage(doubled) == (4, 4, 1)
