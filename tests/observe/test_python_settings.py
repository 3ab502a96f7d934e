"""Settings that other modules reach by an object, an entry, a package or an application."""

import pytest

from tests.observe.test_python_modules import found, write

ASK = "import requests\n"
OBJECTS = {
    "plain": "class Settings:\n    verify_ssl = False\n\n\nsettings = Settings()\n",
    "dataclass": "@dataclass\nclass Settings:\n    verify_ssl: bool = False\n\n\n"
    "settings = Settings()\n",
    "stored": "class Settings:\n    def __init__(self):\n        self.verify_ssl = False\n\n\n"
    "settings = Settings()\n",
    "derived": "class Base:\n    verify_ssl = False\n\n\nclass Settings(Base):\n    pass\n\n\n"
    "settings = Settings()\n",
    "given": "class Settings:\n    verify_ssl = False\n\n\ndef settings():\n    return Settings()\n",
    "kept": "class Settings:\n    verify_ssl = False\n\n\nheld = None\n\n\ndef settings():\n"
    "    global held\n    if held is None:\n        held = Settings()\n    return held\n",
    "namespace": "settings = SimpleNamespace(url=URL, verify_ssl=False)\n",
    "box": "settings = Box({'url': URL, 'verify_ssl': False})\n",
}
USES = {
    "plain": "from app.conf import settings\nrequests.get(U, verify=settings.verify_ssl)\n",
    "module": "from app import conf\nrequests.get(U, verify=conf.settings.verify_ssl)\n",
    "made": "from .conf import settings\nheld = settings()\n"
    "requests.get(U, verify=held.verify_ssl)\n",
    "called": "from .conf import settings\nrequests.get(U, verify=settings().verify_ssl)\n",
    "kept": "from .conf import settings\n\n\nclass Client:\n    def __init__(self):\n"
    "        self.settings = settings()\n\n    def get(self):\n"
    "        return requests.get(U, verify=self.settings.verify_ssl)\n",
    "argument": "from .conf import settings\nES(U, verify_certs=settings.verify_ssl)\n",
    "entry": "from .conf import settings\nrequests.get(U, **{'verify': settings.verify_ssl})\n",
}


def line_of(text, part):
    return 1 + next(number for number, line in enumerate(text.splitlines()) if part in line)


@pytest.mark.parametrize("settings", OBJECTS.values(), ids=OBJECTS)
@pytest.mark.parametrize("use", USES.values(), ids=USES)
def test_an_object_leads_to_what_its_class_has(tmp_path, settings, use):
    write(tmp_path, app__conf=settings, app__client=ASK + use)
    assert found(tmp_path) == [("app/conf.py", line_of(settings, "False"))]


def test_an_object_is_made_where_it_is_used(tmp_path):
    use = "from conf import Settings\nown = Settings()\nrequests.get(U, verify=own.verify_ssl)\n"
    write(tmp_path, conf=OBJECTS["plain"], client=ASK + use)
    assert found(tmp_path) == [("conf.py", 2)]


UNKNOWN = {
    "environment": "class Settings(BaseSettings):\n    verify_ssl: bool = False\n\n\n"
    "settings = Settings()\n",
    "above": "class Base(BaseSettings):\n    pass\n\n\nclass Settings(Base):\n"
    "    verify_ssl: bool = False\n\n\nsettings = Settings()\n",
    "told": "class Settings:\n    verify_ssl = False\n\n\nsettings = Settings(verify_ssl=True)\n",
    "read": "class Settings:\n    verify_ssl = False\n\n\nsettings = Settings(**load())\n",
    "changed": "class Settings:\n    verify_ssl = False\n\n\nsettings = Settings()\n"
    "settings.verify_ssl = os.environ['V'] == '1'\n",
    "overridden": "class Base:\n    verify_ssl = False\n\n\nclass Settings(Base):\n"
    "    verify_ssl = True\n\n\nsettings = Settings()\n",
    "stored": "class Settings:\n    def __init__(self):\n        self.verify_ssl = False\n"
    "        self.verify_ssl = read()\n\n\nsettings = Settings()\n",
    "argument": "class Settings:\n    verify_ssl = False\n\n"
    "    def __init__(self, verify=None):\n        if verify is not None:\n"
    "            self.verify_ssl = verify\n\n\nsettings = Settings()\n",
    "branch": "class Settings:\n    verify_ssl = False\n    if os.environ.get('V'):\n"
    "        verify_ssl = True\n\n\nsettings = Settings()\n",
    "another": "class Settings:\n    verify_ssl = True\n\n\nclass Unused:\n    verify_ssl = False\n\n\n"
    "settings = Settings()\n",
    "several": "class One:\n    verify_ssl = False\n\n\nclass Two:\n    verify_ssl = True\n\n\n"
    "def settings():\n    held = One()\n    if X:\n        held = Two()\n    return held\n",
    "entry": "settings = {'verify_ssl': False}\nsettings['verify_ssl'] = read()\n",
}


@pytest.mark.parametrize("settings", UNKNOWN.values(), ids=UNKNOWN)
@pytest.mark.parametrize("use", [USES["plain"], USES["called"]], ids=["plain", "called"])
def test_an_object_whose_value_comes_from_elsewhere_is_silent(tmp_path, settings, use):
    write(tmp_path, app__conf=settings, app__client=ASK + use)
    assert found(tmp_path) == []


def test_a_value_that_its_user_changes_is_silent(tmp_path):
    use = "from conf import settings\nsettings.verify_ssl = args.verify\n"
    get = "requests.get(U, verify=settings.verify_ssl)\n"
    write(tmp_path, conf=OBJECTS["plain"], client=ASK + use + get)
    assert found(tmp_path) == []


ENTRIES = {
    "unpacked": ("REQUEST = {'timeout': 3, 'verify': False}\n", "requests.get(U, **REQUEST)\n"),
    "named": ("REQUEST = dict(verify=False)\n", "requests.get(\n    U,\n    **REQUEST,\n)\n"),
    "own": ("REQUEST = {'verify_certs': False}\n", "Elasticsearch(U, **REQUEST)\n"),
    "item": ("REQUEST = {'verify': False}\n", "requests.get(U, verify=REQUEST['verify'])\n"),
    "get": ("REQUEST = {'verify': False}\n", "requests.get(U, verify=REQUEST.get('verify'))\n"),
    "nested": (
        "REQUEST = {'jira': {'verify': False}}\n",
        "jira = REQUEST['jira']\nrequests.get(U, verify=jira['verify'])\n",
    ),
    "within": ("REQUEST = {'jira': {'verify': False}}\n", "requests.get(U, **REQUEST['jira'])\n"),
    "later": (
        "REQUEST = {}\nREQUEST['verify'] = False\n",
        "requests.get(U, verify=REQUEST['verify'])\n",
    ),
    "class": (
        "class REQUEST:\n    class Jira:\n        VERIFY = False\n",
        "requests.get(U, verify=REQUEST.Jira.VERIFY)\n",
    ),
}


@pytest.mark.parametrize(("settings", "use"), ENTRIES.values(), ids=ENTRIES)
def test_an_entry_is_told_where_it_stands(tmp_path, settings, use):
    write(tmp_path, conf=settings, client=f"{ASK}from conf import REQUEST\n{use}")
    assert found(tmp_path) == [("conf.py", line_of(settings, "False"))]


NOT_ASKED = {
    "merged": "requests.get(U, **{**REQUEST, **more})\n",
    "token": "jwt.decode(token, **REQUEST)\n",
    "part": "requests.get(U, **REQUEST['other'])\n",
    "shown": "print({**REQUEST})\n",
    "printed": "print('x', **REQUEST)\n",
    "told": "def status():\n    return {'verify': REQUEST['verify']}\n",
    "other": "requests.get(U, timeout=REQUEST['timeout'])\n",
}


@pytest.mark.parametrize("use", NOT_ASKED.values(), ids=NOT_ASKED)
def test_a_mapping_that_no_client_takes_is_silent(tmp_path, use):
    write(tmp_path, conf=ENTRIES["unpacked"][0], client=f"{ASK}from conf import REQUEST\n{use}")
    assert found(tmp_path) == []


VALUES = {
    "negated": ("DISABLE_SSL_VERIFICATION = True\n", "requests.get(U, verify=not conf.{})\n"),
    "skips": ("INSECURE = True\n", "sdk.Connection(url=U, insecure=conf.{})\n"),
    "mode": ("CERT_REQS = ssl.CERT_NONE\n", "Redis(host=H, ssl_cert_reqs=conf.{})\n"),
    "text": ("CERT_REQS = 'CERT_NONE'\n", "urllib3.PoolManager(cert_reqs=conf.{})\n"),
    "aiohttp": ("SSL = False\n", "import aiohttp\naiohttp.TCPConnector(ssl=conf.{})\n"),
}


@pytest.mark.parametrize(("settings", "use"), VALUES.values(), ids=VALUES)
def test_a_value_that_is_no_plain_false(tmp_path, settings, use):
    name = settings.partition(" ")[0]
    write(tmp_path, conf=settings, client=f"{ASK}import conf\n{use.format(name)}")
    assert found(tmp_path) == [("conf.py", 1)]


ON = {
    "true": ("DISABLE_SSL_VERIFICATION = False\n", "requests.get(U, verify=not conf.{})\n"),
    "skips": ("INSECURE = False\n", "sdk.Connection(url=U, insecure=conf.{})\n"),
    "verifies": ("VERIFY_SSL = False\n", "sdk.Connection(url=U, insecure=not_(conf.{}))\n"),
    "plaintext": ("INSECURE = True\n", "OTLPSpanExporter(endpoint=E, insecure=conf.{})\n"),
    "without": ("SSL = False\n", "import aiohttp\nRedis(host=H, ssl=conf.{})\n"),
    "debug": ("DEBUG = True\nVERIFY_SSL = False\n", "requests.get(U, verify=not conf.{})\n"),
}


@pytest.mark.parametrize(("settings", "use"), ON.values(), ids=ON)
def test_a_value_that_leaves_it_on_is_silent(tmp_path, settings, use):
    name = settings.partition(" ")[0]
    write(tmp_path, conf=settings, client=f"{ASK}import conf\n{use.format(name)}")
    assert found(tmp_path) == []


HANDED_ON = {
    "whole": ("from .prod import *\n", "from app import config\n", "config.VERIFY"),
    "named": ("from .prod import VERIFY\n", "import app.config\n", "app.config.VERIFY"),
    "full": ("from app.config.prod import VERIFY\n", "from .config import VERIFY\n", "VERIFY"),
}


@pytest.mark.parametrize(("package", "taken", "name"), HANDED_ON.values(), ids=HANDED_ON)
def test_a_package_hands_on_what_its_module_has(tmp_path, package, taken, name):
    use = f"{ASK}{taken}requests.get(U, verify={name})\n"
    files = {"app__config__prod": "VERIFY = False\n", "app__client": use}
    write(tmp_path, **files, app__config____init__="")
    (tmp_path / "app/config/__init__.py").write_text(package)
    assert found(tmp_path) == [("app/config/prod.py", 1)]
    (tmp_path / "app/config/__init__.py").write_text("from .dev import *\n")
    assert found(tmp_path) == []


FLASK = "import requests\nfrom flask import Flask, current_app\n\napp = Flask(__name__)\n"
ASKED = {
    "current": "requests.get(U, verify=current_app.config['VERIFY'])\n",
    "own": "requests.get(U, verify=app.config['VERIFY'])\n",
    "get": "requests.get(U, verify=current_app.config.get('VERIFY', True))\n",
    "held": "config = current_app.config\nrequests.get(U, verify=config['VERIFY'])\n",
}
CONFIGURED = {
    "module": "VERIFY = False\n",
    "class": "class Config:\n    VERIFY = False\n",
    "production": "class Config:\n    VERIFY = True\n\n\nclass Production(Config):\n"
    "    VERIFY = False\n",
    "development": "class DevelopmentConfig:\n    VERIFY = False\n",
}


@pytest.mark.parametrize("asked", ASKED.values(), ids=ASKED)
@pytest.mark.parametrize("settings", CONFIGURED.values(), ids=CONFIGURED)
def test_a_flask_application_holds_its_settings(tmp_path, asked, settings):
    write(tmp_path, config=settings, app=FLASK + asked)
    assert found(tmp_path) == [("config.py", line_of(settings, "False"))]


@pytest.mark.parametrize(
    "given",
    [
        "app.config['VERIFY'] = False\n",
        "app.config.update(DEBUG=True, VERIFY=False)\n",
        "app.config.from_mapping({'VERIFY': False})\n",
        "app.config.setdefault('VERIFY', False)\n",
        "app.config |= {'VERIFY': False}\n",
        "class Config:\n    VERIFY = False\n\n\napp.config.from_object(Config)\n",
        "\n\ndef create():\n    app.config.from_mapping(VERIFY=False)\n    return app\n",
    ],
)
def test_a_flask_application_is_given_a_setting(tmp_path, given):
    write(tmp_path, app=FLASK + given + "\n\n" + ASKED["own"])
    assert found(tmp_path) == [("app.py", line_of(FLASK + given, "False"))]
    write(tmp_path, app=FLASK + given, views=FLASK + ASKED["current"])
    assert found(tmp_path) == [("app.py", line_of(FLASK + given, "False"))]
    write(tmp_path, views=FLASK)
    assert found(tmp_path) == []


NESTED = {
    "entry": "app.config['NEXUS'] = {'url': U, 'verify': False}\n",
    "later": "app.config['NEXUS'] = {}\napp.config['NEXUS']['verify'] = False\n",
    "updated": "app.config.update(NEXUS={'url': U, 'verify': False})\n",
}


@pytest.mark.parametrize("given", NESTED.values(), ids=NESTED)
def test_a_setting_may_be_a_mapping(tmp_path, given):
    ask = "requests.get(U, verify=app.config['NEXUS']['verify'])\n"
    write(tmp_path, app=FLASK + given + ask)
    assert found(tmp_path) == [("app.py", line_of(FLASK + given, "False"))]
    write(tmp_path, app=FLASK + given)
    assert found(tmp_path) == []


def test_the_application_may_have_another_name(tmp_path):
    ask = "import requests\nfrom flask import current_app as now\n\nset = now.config\n"
    ask += "requests.get(U, verify=set['VERIFY'])\n"
    write(tmp_path, config="VERIFY = False\n", app=ask)
    assert found(tmp_path) == [("config.py", 1)]


SILENT = {
    "testing": "class TestingConfig:\n    VERIFY = False\n",
    "development": "class DevConfig:\n    VERIFY = False\n\n\nclass Config:\n    VERIFY = True\n",
    "default": "class Config:\n    VERIFY = False\n\n\nclass Production(Config):\n    VERIFY = True\n",
    "lower": "class Config:\n    verify = False\n",
    "outside": "VERIFY = os.environ.get('VERIFY') == '1'\n",
    "other": "class Checks:\n    CHECK_TLS = False\n",
}


@pytest.mark.parametrize("settings", SILENT.values(), ids=SILENT)
def test_what_no_flask_application_runs_with_is_silent(tmp_path, settings):
    write(tmp_path, config=settings, app=FLASK + ASKED["current"])
    assert found(tmp_path) == []


@pytest.mark.parametrize(
    "given",
    [
        "app.config.from_object('conf')\napp.config.setdefault('VERIFY', False)\n",
        "\n\ndef init_app(app):\n    app.config.setdefault('VERIFY', False)\n\n\n",
        "if app.debug:\n    app.config['VERIFY'] = False\n",
        "app.config['VERIFY'] = False\napp.config['VERIFY'] = read()\n",
    ],
)
def test_a_setting_that_may_be_another_is_silent(tmp_path, given):
    write(tmp_path, app=FLASK + given + ASKED["own"])
    assert found(tmp_path) == []


def test_the_configuration_of_another_service_is_another_one(tmp_path):
    (tmp_path / ".git").mkdir()
    write(tmp_path, one__config="VERIFY = False\n", two__app=FLASK + ASKED["current"])
    assert found(tmp_path) == []
    write(tmp_path, config__default="VERIFY = False\n")
    assert found(tmp_path) == [("config/default.py", 1)]
