"""The library's functions, as the README calls them."""

import subprocess
import sys

from builders import an_attempt, facts, refused

import certmend
import certmend.judge.engine


def test_judge_is_a_function_before_and_after_its_package_is_imported():
    observed = facts(an_attempt(failure=refused(20)), trusts=())
    assert [one.code for one in certmend.judge(observed)] == ["untrusted-root"]
    code = "import certmend; f = certmend.judge; import certmend.judge.engine; assert callable(certmend.judge); assert callable(f)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_every_name_it_promises_is_there():
    assert all(callable(getattr(certmend, name)) for name in certmend.__all__ if name[0] != "_")
