"""For every client and each of its trust settings: what `config` predicts is what the client does.

Alone, and each against each other: one names the right CA, the other a wrong one. A quick part
runs with every `make test`; `make clients` runs all and writes `docs/reference/clients.md`.
"""

import json
import os
from itertools import permutations
from pathlib import Path

import knobs
import pytest
import real
from environments import EVERY, SYSTEM, Installed, environment, system
from ground import Ground
from knobs import Knob

import certmend
from certmend.model.client import ClientFacts
from certmend.model.plugin import Form
from certmend.observe import bundle, witness

# Poetry asks for a part of a wheel, and pypiserver leaves the file to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
ALL = bool(os.environ.get("CERTMEND_CLIENTS"))
QUICK = (("uv", "0.13.9", "3.12"), ("requests", "2.34.2", "3.12"), ("twine", "7.0.0", "3.13"))
RESULTS = Path(__file__).resolve().parents[2] / ".tools" / "clients" / ".results"

CLIENTS = [*(EVERY if ALL else QUICK), *((name, "", "") for name in SYSTEM if ALL or name != "npm")]


def installed(spec: tuple[str, str, str]) -> Installed:
    name, version, python = spec
    found = system(name) if name in SYSTEM else environment(name, version, python)
    return found or pytest.skip(f"{name} {version} cannot be installed here")


def combinations(found: list[Knob]) -> list[list[tuple[Knob, bool | None]]]:
    """Each knob alone, right and wrong, and every ordered pair: the first right, the second wrong.

    A switch that turns verification off has no wrong side; it stands beside a wrong bundle.
    """
    bundles = [one for one in found if one.source.form is Form.VALUE]
    switches = [one for one in found if one.source.form is not Form.VALUE]
    tried: list[list[tuple[Knob, bool | None]]] = [[]]
    tried += [[(one, True)] for one in bundles]
    tried += [[(one, None)] for one in switches]
    if ALL:
        tried += [[(a, True), (b, False)] for a, b in permutations(bundles, 2)]
        tried += [[(a, None), (b, False)] for a in switches for b in bundles]
    # Two values in one place are one value.
    return [one for one in tried if len({(k.place, k.label) for k, _ in one}) == len(one)]


@pytest.mark.parametrize("spec", CLIENTS, ids=lambda one: "-".join(filter(None, one)))
@pytest.mark.timeout(3600)
def test_the_prediction_is_what_the_client_does(spec, ground: Ground, monkeypatch):
    client = installed(spec)
    plugin = knobs.client_named(client.name)
    found = knobs.knobs(plugin, ground.home, ground.project, client.version)
    wrong = []
    rows = []
    for chosen in combinations(found):
        label = " | ".join(f"{knob.label}={_word(good)}" for knob, good in chosen) or "nothing set"
        with ground.turned(client, chosen) as turned:
            monkeypatch.chdir(ground.project)
            predicted, detail = predict(client, ground, turned)
            did = real.run(
                client, ground.url, ground.project, turned.variables, turned.arguments, ground.wheel
            )
        rows.append(
            {
                "client": client.name,
                "version": client.version,
                "python": client.python_version,
                "set": label,
                "predicted": predicted,
                "did": did.works,
            }
        )
        if predicted != did.works:
            wrong.append(
                f"{label}: predicted {predicted}, the client {did.works}\n  {detail}\n  {did.words.strip()[-400:]}"
            )
    if ALL:
        RESULTS.mkdir(parents=True, exist_ok=True)
        (RESULTS / f"{client.label}.json").write_text(json.dumps(rows))
    assert not wrong, f"{len(wrong)} of {len(rows)}:\n" + "\n".join(wrong)


def _word(good: bool | None) -> str:
    return {True: "right", False: "wrong", None: "off"}[good]


def predict(client: Installed, ground: Ground, turned) -> tuple[bool, str]:
    """Whether the client would trust the index, by what `certmend config` says of it."""
    words = turned.arguments
    flags = {one: two for one, two in zip(words, [*words[1:], ""], strict=False) if one[:2] == "--"}
    request = certmend.Request(
        clients=(client.name,),
        python=client.python or None,
        cert=flags.get("--cert"),
        trusted_hosts=tuple(v for k, v in flags.items() if k == "--trusted-host"),
    )
    (facts,) = certmend.config(request, turned.variables).clients
    trust = facts.trust_on(ground.url)
    if not _verifies(facts, ground.url):
        return True, "not verified"
    stores = [
        bundle.read(path, "", ("*",) if trust.verifier == "webpki" else ()) for path in trust.stores
    ]
    usable = [one for one in stores if one.store.usable or trust.verifier == "webpki"]
    holds = any(ground.right_der in one.certificates for one in usable)
    if (
        trust.replaces
        and trust.mechanism == "certifi"
        and not all(one.store.usable for one in stores)
    ):
        return False, "the bundle cannot be loaded"
    return holds, f"{trust}"


def _verifies(facts: ClientFacts, url: str) -> bool:
    return witness.verifies(facts, url)


@pytest.mark.skipif(not ALL, reason="the oldest pips are installed by `make clients`")
@pytest.mark.parametrize("python", ["2.7", "3.6"])
def test_the_oldest_pips_tell_where_their_settings_come_from(python, run):
    client = installed(("pip", "9.0.3", python))
    index = "https://pypi.corp.example/simple"
    done = run("config", "--python", client.python, "--format", "json", PIP_INDEX_URL=index)
    (pip,) = (one for one in json.loads(done.stdout)["clients"] if one["name"] == "pip")
    assert [(one["url"], one["origin"]) for one in pip["indexes"]] == [(index, "PIP_INDEX_URL")]
