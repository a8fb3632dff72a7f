"""Places for work of the gateway: so many in all, and half of them for one user."""

from __future__ import annotations

import pytest

from services.gateway.places import Places
from services.gateway.problems import Problem


def test_no_owner_takes_all_places_and_there_is_an_end_to_them():
    places = Places(4, 7, mine=("too_many_things", "Wait for yours."), full=("things_busy", "Wait for others."))
    with places.held("a"), places.held("a"), places.held("b"):
        with pytest.raises(Problem) as own:
            places.held("a").__enter__()
        with places.held("c"), pytest.raises(Problem) as others:
            places.held("d").__enter__()
        with places.held("d"):
            pass
    assert [(refusal.value.status, refusal.value.code) for refusal in (own, others)] == [
        (429, "too_many_things"),
        (503, "things_busy"),
    ]
    assert [refusal.value.headers["Retry-After"] for refusal in (own, others)] == ["7", "7"]


def test_a_place_is_free_again_whatever_happened_in_it():
    places = Places(1, 7, mine=("mine", "Wait."), full=("full", "Wait."))
    with pytest.raises(ValueError, match="broken"), places.held("a"):
        raise ValueError("broken")
    with places.held("b"):
        pass
