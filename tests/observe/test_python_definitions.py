"""A class that switches off what its base in another module of the tree verifies with."""

import pytest

from certmend.observe.python_definitions import Definitions
from tests.observe.test_python_modules import found, write

BASE = """import requests


class Base:
    {given}

    def get(self, path):
        {asked}
"""
ASKED = {
    "keyword": "return requests.get(self.url + path, verify=self.verify)",
    "session": "self.session.verify = self.verify",
    "entry": 'return requests.get(self.url, **{"verify": self.verify})',
    "chosen": "return requests.get(self.url, verify=self.ca if self.verify else False)",
    "name": 'return requests.get(self.url, verify=getattr(self, "verify", True))',
    "context": "if not self.verify:\n            self.context.verify_mode = ssl.CERT_NONE",
}
DERIVED = {
    "module": "from app.base import Base\n\n\nclass One(Base):\n    verify = False\n",
    "relative": "from .base import Base\n\n\nclass One(Base):\n    verify = False\n",
    "beside": "from . import base\n\n\nclass One(base.Base):\n    verify = False\n",
    "alias": "from .base import Base as B\n\n\nclass One(B):\n    verify = False\n",
    "package": "from app import Base\n\n\nclass One(Base):\n    verify = False\n",
}


@pytest.mark.parametrize("asked", ASKED.values(), ids=ASKED)
def test_a_base_is_looked_for_in_the_tree(tmp_path, asked):
    write(tmp_path, app__base=BASE.format(given="verify = True", asked=asked))
    write(tmp_path, app__one=DERIVED["module"])
    assert ("app/one.py", 5) in found(tmp_path)


@pytest.mark.parametrize("derived", DERIVED.values(), ids=DERIVED)
def test_a_base_is_found_by_its_import(tmp_path, derived):
    write(tmp_path, app__base=BASE.format(given="verify = True", asked=ASKED["keyword"]))
    write(tmp_path, app__one=derived)
    (tmp_path / "app" / "__init__.py").write_text("from .base import Base\n")
    assert found(tmp_path) == [("app/one.py", 5)]


def test_a_base_of_a_base_counts(tmp_path):
    write(tmp_path, app__base=BASE.format(given="verify = True", asked=ASKED["keyword"]))
    write(tmp_path, app__near="from .base import Base\n\n\nclass Near(Base):\n    pass\n")
    write(tmp_path, app__one="from .near import Near\n\n\nclass One(Near):\n    verify = False\n")
    assert found(tmp_path) == [("app/one.py", 5)]


def test_a_method_may_set_it(tmp_path):
    write(tmp_path, app__base=BASE.format(given="verify = True", asked=ASKED["keyword"]))
    method = "    def __init__(self):\n        super().__init__()\n        self.verify = False\n"
    write(tmp_path, app__one=f"from .base import Base\n\n\nclass One(Base):\n{method}")
    assert found(tmp_path) == [("app/one.py", 7)]


SILENT = {
    "unused": "return requests.get(self.url)",
    "digest": "if self.verify:\n            assert digest(path) == self.digest",
    "token": "return jwt.decode(self.token, verify=self.verify)",
    "other": "return requests.get(self.url, verify=self.verify_too)",
}


@pytest.mark.parametrize("asked", SILENT.values(), ids=SILENT)
def test_a_base_that_verifies_with_something_else_is_silent(tmp_path, asked):
    write(tmp_path, app__base=BASE.format(given="verify = True", asked=asked))
    write(tmp_path, app__one=DERIVED["module"])
    assert found(tmp_path) == []


def test_a_class_of_this_machine_is_silent(tmp_path):
    write(tmp_path, app__base=BASE.format(given="verify = True", asked=ASKED["keyword"]))
    write(tmp_path, app__one=DERIVED["module"] + '    url = "https://localhost:8443"\n')
    assert found(tmp_path) == []


def test_a_class_of_a_test_suite_is_silent(tmp_path):
    write(tmp_path, app__base=BASE.format(given="verify = True", asked=ASKED["keyword"]))
    (tmp_path / ".git").mkdir()
    write(tmp_path, tests__test_one=DERIVED["module"])
    assert found(tmp_path) == []


def test_what_the_tree_does_not_hold_is_not_known(tmp_path):
    path = str(tmp_path / "one.py")
    assert Definitions().verifies_with(path, "elsewhere.Base", "verify") is None


def test_bases_that_name_each_other_end(tmp_path):
    write(tmp_path, a="from b import B\n\n\nclass A(B):\n    pass\n")
    write(tmp_path, b="from a import A\n\n\nclass B(A):\n    pass\n")
    listed = [str(tmp_path / "a.py"), str(tmp_path / "b.py")]
    assert Definitions(listed).verifies_with(listed[0], "b.B", "verify") is False


LIBRARY = """import requests


def save(url, verify=True):
    reply = requests.get(url)
    if verify:
        compare(reply)


def make(verify=True):
    session = requests.Session()
    session.verify = verify
    return session
"""


def test_a_function_elsewhere_that_verifies_no_server_is_silent(tmp_path):
    write(tmp_path, library=LIBRARY)
    write(tmp_path, one='from library import save\nsave("https://x.corp.example/", verify=False)\n')
    assert found(tmp_path) == []


def test_a_function_elsewhere_that_verifies_servers_is_told(tmp_path):
    write(tmp_path, library=LIBRARY)
    write(tmp_path, one="from library import make\nsession = make(verify=False)\n")
    assert found(tmp_path) == [("one.py", 2)]


GATES = """class Package:
    def __init__(self, url, verify=True):
        self.url = url
        self.verify = verify

    def read(self, data):
        if self.verify:
            compare(data)
        return data
"""


def test_a_class_elsewhere_that_compares_files_is_silent(tmp_path):
    use = "import requests\nfrom library import Package\n"
    use += 'one = Package("https://x.corp.example/", verify=False)\n'
    write(tmp_path, library=GATES, one=use)
    assert found(tmp_path) == []
    write(tmp_path, library=GATES.replace("Package:", "Package(Base):"))
    assert found(tmp_path) == [("one.py", 3)]
    asks = "fetch(self.url, verify=self.verify)"
    write(tmp_path, library=GATES.replace("compare(data)", asks))
    assert found(tmp_path) == [("one.py", 3)]
