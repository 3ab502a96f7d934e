"""Verdicts agree with those of other verifiers, where their vectors lie beside the checkout."""

from collections import Counter
from pathlib import Path

import pytest

from conformance.vectors import LIMITS, compare

VECTORS = Path(__file__).parents[3] / "shared" / "conformance" / "vectors.json"


@pytest.mark.skipif(not VECTORS.exists(), reason="the vectors lie outside the repository")
def test_every_profile_agrees_as_often_as_it_must():
    asked, agreed, listed = Counter(), Counter(), Counter()
    for one in compare(VECTORS):
        asked[one.profile] += 1
        agreed[one.profile] += one.agrees
        listed[one.profile] += one.all_agree or one.profile == "webpki"
    assert set(asked) == set(LIMITS)
    for profile, limit in LIMITS.items():
        assert agreed[profile] >= limit * asked[profile], profile
        assert listed[profile] == asked[profile], profile
