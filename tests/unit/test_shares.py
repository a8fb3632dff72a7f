"""The book of a shared video: every GOP is made, whoever fails, and none twice while all goes well."""

from __future__ import annotations

from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.render.plan import Span
from services.render.plan.chunks import Gop, Run
from services.render.plan.shares import OWN, Share, Shares


def gops(many: int, *, into_clip: int = 0) -> list[Gop]:
    return [Gop(number, Span(60 * number, 60), str(number), (0, 0), into_clip) for number in range(many)]


def numbers(share: Share | None) -> list[int]:
    assert share is not None
    return list(range(share.run.first, share.run.first + share.run.count))


def deliver(book: Shares, share: Share, at: float = 0.0, *, only: int | None = None) -> None:
    """All of a share, or its first GOPs, said to be finished and taken in."""
    done = numbers(share)[:only]
    for gop in book.heard(share.number, at, 60 * len(done), done):
        book.made(gop.number)
    if only is None:
        book.closed(share.number, at)


def test_alone_the_holder_is_given_all_in_runs_of_some_length():
    book, found = Shares(gops(30)), []
    while (share := book.next(OWN, 0.0)) is not None:
        found.append(share.run.count)
        deliver(book, share)
    assert sum(found) == 30
    assert found[0] == 16
    assert min(found[:-1]) >= 2
    assert book.done
    assert book.frames == 1800


def test_several_are_given_what_nobody_else_has():
    book = Shares(gops(150))
    given_ = [numbers(book.next(f"worker {number}" if number else OWN, 0.0)) for number in range(6)]
    assert len({gop for run in given_ for gop in run}) == sum(map(len, given_))
    assert book.helpers == 5
    assert book.waiting == 150 - sum(map(len, given_))


def test_a_helper_that_leaves_gives_back_what_it_has_not_finished():
    book = Shares(gops(20))
    helped = book.next("helper", 0.0)
    assert helped is not None
    deliver(book, helped, only=3)
    book.closed(helped.number, 1.0)
    assert book.waiting == 17
    assert numbers(book.next(OWN, 1.0))[0] == 3


def test_silence_gives_a_run_back_and_what_comes_late_counts_once():
    book = Shares(gops(20))
    helped = book.next("helper", 0.0)
    assert helped is not None
    book.heard(helped.number, 4.0, 70)
    assert book.overdue(8.0, idle=False) == ()
    (gone,) = book.overdue(9.5, idle=False)
    book.closed(gone, 9.5)
    assert book.waiting == 20
    assert book.end_of(helped.number) == 0
    assert book.heard(helped.number, 10.0, 80, numbers(helped)) == ()


def test_an_idle_holder_does_not_wait_for_one_that_is_slower_than_itself():
    book = Shares(gops(10))
    own, helped = book.next(OWN, 0.0), book.next("helper", 0.0)
    assert own is not None
    assert helped is not None
    deliver(book, own, at=own.run.count * 3.0)  # 3 s a GOP
    at = own.run.count * 3.0
    while (share := book.next(OWN, at)) is not None:  # what was waiting, and half of what the helper has not begun
        deliver(book, share, at=at + 3.0 * share.run.count)
        at += 3.0 * share.run.count
        book.heard(helped.number, at, 1)
    assert not book.done
    book.heard(helped.number, at, 2)
    assert book.overdue(at, idle=False) == ()
    assert book.overdue(at, idle=True) == (helped.number,)


def test_whoever_has_nothing_to_do_takes_half_of_what_another_has_not_begun():
    book = Shares(gops(8))
    helped = book.next("helper", 0.0)
    assert helped is not None
    length = helped.run.count
    while (own := book.next(OWN, 0.0)) is not None and own.run.first >= length:
        deliver(book, own)
    assert own is not None
    assert numbers(own)[-1] < length
    assert book.end_of(helped.number) == own.run.first
    assert own.run.first >= helped.run.first + 1, "what it has in hand stays its own"


def test_little_of_the_holders_own_run_is_not_worth_a_split():
    book = Shares(gops(3))
    own = book.next(OWN, 0.0)
    assert own is not None
    while (more := book.next(OWN, 0.0)) is not None:
        deliver(book, more)
    book.heard(own.number, 0.0, 1)
    assert book.next("helper", 0.0) is None


def test_what_fails_at_a_helper_is_made_by_the_holder():
    book = Shares(gops(4))
    helped = book.next("helper", 0.0)
    assert helped is not None
    book.closed(helped.number, 1.0, failed=True)
    others = book.next("other", 1.0)
    assert others is None or not set(numbers(others)) & set(numbers(helped))
    assert numbers(book.next(OWN, 1.0))[0] == 0


def test_a_piece_that_can_not_be_had_is_made_again_and_not_by_helpers_for_ever():
    book = Shares(gops(1))
    for _ in range(2):
        helped = book.next("helper", 0.0)
        assert helped is not None
        book.heard(helped.number, 0.0, 60, [0])
        book.closed(helped.number, 0.0)
        assert not book.done
        book.lost(0)
    assert book.next("helper", 0.0) is None
    assert book.next(OWN, 0.0) == Share(3, Run(0, 1))


@pytest.mark.parametrize("finished", [[99], [-1], [0]])
def test_nobody_can_say_that_others_gops_are_finished(finished):
    book = Shares(gops(20))
    own, helped = book.next(OWN, 0.0), book.next("helper", 0.0)
    assert own is not None
    assert helped is not None
    assert book.heard(helped.number, 0.0, 60, finished) == ()


steps = st.lists(st.tuples(st.sampled_from(["next", "one", "all", "leave", "fail", "lose"]), st.integers(0, 3)))


@given(st.integers(1, 40), st.integers(0, 90), steps)
def test_whatever_helpers_do_all_is_made_in_the_end(many: int, into_clip: int, done: list[tuple[str, int]]):
    book, clock = Shares(gops(many, into_clip=into_clip)), count()
    held: dict[int, Share] = {}
    for what, who in done:
        at = float(next(clock))
        if what == "next" and who not in held:
            share = book.next(f"worker {who}", at)
            held |= {who: share} if share else {}
        elif who in held and what == "one":
            deliver(book, held[who], at, only=1)
        elif who in held and what == "lose":
            for gop in book.heard(held[who].number, at, 0, numbers(held[who])[:2]):
                book.lost(gop.number)
        elif who in held:
            share = held.pop(who)
            if what == "all":
                deliver(book, share, at)
            else:
                book.closed(share.number, at, failed=what == "fail")
    for share in held.values():
        book.closed(share.number, 0.0)
    made: list[int] = []
    while (own := book.next(OWN, 0.0)) is not None:
        made += numbers(own)
        deliver(book, own)
    assert book.done
    assert len(made) == len(set(made))
    assert book.frames == 60 * many
    assert book.next("worker", 0.0) is None
