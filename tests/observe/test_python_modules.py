"""A constant of one Python module that tells a client in another not to verify."""

from datetime import date

import pytest

from certmend.model.constant import Constant
from certmend.observe.python_modules import Modules
from certmend.tasks import linting

TODAY = date(2026, 11, 27)
OFF = "TIMEOUT = 20\nVERIFY_SSL = False\n"


def write(root, **files):
    for name, text in files.items():
        path = root / (name.replace("__", "/") + ".py")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def found(root):
    request = linting.LintRequest(paths=(str(root),), select=("verify-disabled",), today=TODAY)
    findings = linting.survey(request).report.findings
    return [(one.path.removeprefix(f"{root}/"), one.line) for one in findings]


USES = {
    "module": "from app import settings\nrequests.get(U, verify=settings.VERIFY_SSL)\n",
    "relative": "from . import settings\nrequests.get(U, verify=settings.VERIFY_SSL)\n",
    "name": "from app.settings import TIMEOUT, VERIFY_SSL\nrequests.get(U, verify=VERIFY_SSL)\n",
    "several": "from .settings import (\n    TIMEOUT,\n    VERIFY_SSL as CHECK,\n)\n"
    "session.verify = CHECK\n",
    "alias": "import app.settings as cfg\nrequests.get(U, verify=cfg.VERIFY_SSL)\n",
    "whole": "import app.settings\nrequests.get(U, verify=app.settings.VERIFY_SSL)\n",
    "star": "from .settings import *\nrequests.get(U, verify=VERIFY_SSL)\n",
    "default": "from app import settings\n\ndef get(url, verify=settings.VERIFY_SSL):\n    return url\n",
    "django": "from django.conf import settings\nrequests.get(U, verify=settings.VERIFY_SSL)\n",
    "getattr": "from django.conf import settings\n"
    "requests.get(U, verify=getattr(settings, 'VERIFY_SSL', True))\n",
    "other": "from .settings import VERIFY_SSL\nElasticsearch(U, verify_certs=VERIFY_SSL)\n",
}


@pytest.mark.parametrize("use", USES.values(), ids=USES)
def test_a_constant_is_told_where_it_is_defined(tmp_path, use):
    write(tmp_path, app__settings=OFF, app__client=f"import requests\n{use}")
    assert found(tmp_path) == [("app/settings.py", 2)]


SILENT = {
    "nobody": "from app import settings\nprint(settings.VERIFY_SSL)\n",
    "another": "from other import settings\nrequests.get(U, verify=settings.VERIFY_SSL)\n",
    "own": "from app import settings\nVERIFY_SSL = True\nrequests.get(U, verify=VERIFY_SSL)\n",
    "token": "from app import settings\njwt.decode(token, verify=settings.VERIFY_SSL)\n",
    "longer": "from app import settings\nrequests.get(U, verify=settings.VERIFY_SSL_TOO)\n",
}


@pytest.mark.parametrize("use", SILENT.values(), ids=SILENT)
def test_what_no_client_is_told_is_silent(tmp_path, use):
    write(tmp_path, app__settings=OFF, app__client=f"import requests\n{use}")
    assert found(tmp_path) == []


def test_tests_alone_do_not_count(tmp_path):
    write(tmp_path, app__settings=OFF, tests__test_app=f"import requests\n{USES['module']}")
    assert found(tmp_path) == []


def test_a_value_from_outside_is_silent(tmp_path):
    text = "import os\nVERIFY_SSL = os.getenv('VERIFY_SSL', 'false') == 'true'\n"
    write(tmp_path, app__settings=text, app__client=f"import requests\n{USES['module']}")
    assert found(tmp_path) == []
    write(tmp_path, app__settings=f"VERIFY_SSL = False\n{text}")
    assert found(tmp_path) == []


def test_a_class_of_settings(tmp_path):
    use = "import requests\nfrom config import Config\nrequests.get(U, verify=Config.VERIFY)\n"
    write(tmp_path, config="class Config:\n    VERIFY: bool = False\n", client=use)
    assert found(tmp_path) == [("config.py", 2)]


def test_a_module_of_the_same_name_elsewhere_is_another_one(tmp_path):
    use = "import requests\nimport settings\nrequests.get(U, verify=settings.VERIFY_SSL)\n"
    write(tmp_path, one__settings=OFF, two__settings="VERIFY_SSL = True\n", two__client=use)
    assert found(tmp_path) == []


def test_links_and_large_files_are_not_read(tmp_path):
    write(tmp_path, settings=OFF)
    use = "import requests\nimport settings\nrequests.get(U, verify=settings.VERIFY_SSL)\n"
    (tmp_path / "elsewhere.txt").write_text(use)
    (tmp_path / "linked.py").symlink_to(tmp_path / "elsewhere.txt")
    (tmp_path / "large.py").write_text(use + "#" * (1 << 20))
    listed = [str(tmp_path / name) for name in ("settings.py", "linked.py", "large.py", "no.py")]
    assert not Modules(listed).is_told(listed[0], Constant(("VERIFY_SSL",)))
    write(tmp_path, no=use)
    assert Modules(listed).is_told(listed[0], Constant(("VERIFY_SSL",)))
