import math

import numpy as np
import pytest

from eval.intervals import bootstrap, holm, interval_of, median, permutation_p, rate


def test_wilson_agrees_with_its_closed_form() -> None:
    # 8 of 10: centre (.8 + z²/20) / (1 + z²/10) = .7167, half width .2266 (Wilson 1927)
    interval = rate(8, 10)
    assert (interval.low, interval.high) == pytest.approx((0.4901625, 0.9433178))


def test_none_of_500_means_at_most_six_in_a_thousand() -> None:
    interval = rate(0, 500)
    assert (interval.value, interval.low) == (0.0, 0.0)
    assert interval.high == pytest.approx(0.00597, abs=1e-5)  # 1 - .05 ** (1/500), near 3/500


def test_all_of_n_is_the_mirror_of_none_of_n() -> None:
    assert rate(12, 12).low == pytest.approx(1 - rate(0, 12).high)


@pytest.mark.parametrize(("successes", "n"), [(3, 2), (-1, 2), (0, 0)])
def test_an_impossible_rate_is_refused(successes: int, n: int) -> None:
    with pytest.raises(ValueError, match="rate needs"):
        rate(successes, n)


def test_the_bootstrap_of_a_mean_has_the_width_of_the_normal_one() -> None:
    values = list(np.random.default_rng(1).normal(10, 2, 400))
    interval = bootstrap(values)
    half = 1.96 * np.std(values) / math.sqrt(400)  # about .2
    assert interval.high - interval.value == pytest.approx(half, rel=0.1)
    assert interval.value - interval.low == pytest.approx(half, rel=0.1)


def test_the_bootstrap_gives_the_same_interval_twice() -> None:
    assert bootstrap([1.0, 5.0, 9.0], median) == bootstrap([1.0, 5.0, 9.0], median)


def test_a_single_value_and_equal_values_have_no_width() -> None:
    assert (bootstrap([3.0]).low, bootstrap([3.0]).high) == (3.0, 3.0)
    assert bootstrap([2.0, 2.0, 2.0]).high == 2.0


def test_many_cases_are_resampled_in_pieces() -> None:
    values = [float(i % 2) + 0.5 for i in range(5000)]
    assert bootstrap(values).low == pytest.approx(1.0 - 1.96 * 0.5 / math.sqrt(5000), abs=0.002)


def test_yes_and_no_get_a_rate_and_all_else_a_bootstrap() -> None:
    assert interval_of([1.0, 0.0, 1.0]) == rate(2, 3)
    assert interval_of([0.5, 1.0]) == bootstrap([0.5, 1.0])


def test_the_permutation_test_agrees_with_counting_all_sign_flips() -> None:
    # three pairs, all +1: |mean| is 1 for 2 of the 8 sign patterns
    assert permutation_p([1.0, 1.0, 1.0]) == pytest.approx(0.25, abs=0.02)


def test_no_difference_at_all_is_certain_chance() -> None:
    assert permutation_p([0.0, 0.0]) == 1.0


def test_a_large_difference_is_not_chance() -> None:
    assert permutation_p([1.0] * 20) < 0.001


def test_holm_multiplies_by_what_is_left_and_never_falls() -> None:
    # sorted: .01 * 3, .02 * 2, .9 * 1
    assert holm([0.02, 0.9, 0.01]) == [pytest.approx(0.04), 0.9, pytest.approx(0.03)]
    assert holm([0.04, 0.03]) == [0.06, 0.06]
