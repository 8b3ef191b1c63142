"""A sample of random lives; `make test-long` lives a thousand."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.reports.lives import Lives


@pytest.mark.django_db
def test_whatever_happens_the_invariants_hold():
    sample = settings(
        max_examples=20,
        stateful_step_count=20,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Lives, settings=sample)
