"""A thousand random lives of reports, thirty steps each."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.reports.lives import Lives

MANY = settings(
    max_examples=1000,
    stateful_step_count=30,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.long
@pytest.mark.django_db
def test_a_thousand_lives_hold_the_invariants():
    run_state_machine_as_test(Lives, settings=MANY)
