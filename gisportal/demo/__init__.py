"""The synthetic demo city: a Vasylkiv that exists only here, the same from the same seed."""

SEED = 20261124
