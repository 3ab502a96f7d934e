"""The names of switches, and the texts by which a file with one of them is found."""

import re
from itertools import product

import pytest

from certmend.model import switch_names

SUBJECTS = ("ssl", "tls", "https", "cert", "certs", "certificate", "certificates")
CHECKS = [
    *map("".join, product(SUBJECTS, ("", "_"), ("verify", "verification", "validate", "check"))),
    *map("".join, product(("verify_", "validate_", "check"), ("", "server_", "peer_"), SUBJECTS)),
    "verify_peer",
    "verifySslCerts",
]
SKIPS = [
    *map("".join, product(("skip_", "no_", "disable_"), SUBJECTS, ("_verification", "_check"))),
    *map("".join, product(("ignore_",), SUBJECTS, ("", "_errors"))),
    *map("".join, product(("trust_all_", "accept_self_signed_", "allow_insecure_"), SUBJECTS)),
    "insecure",
    "insecure_skip_verify",
    "tls_insecure",
    "insecure_ssl",
    "ssl_no_verify",
    "skip_verify",
    "no_verification",
    "tls_allow_insecure_connection",
]


@pytest.mark.parametrize("name", CHECKS)
def test_what_checks_is_known_and_found_by_a_text(name):
    assert switch_names.checks(name)
    assert not switch_names.skips(name)
    assert any(text in f"{name}=false".lower() for text in switch_names.TEXTS)


@pytest.mark.parametrize("name", SKIPS)
def test_what_skips_is_known_and_found_by_a_text(name):
    assert switch_names.skips(name)
    assert not switch_names.checks(name)
    assert any(text in f"{name}=true" for text in switch_names.TEXTS)


@pytest.mark.parametrize(
    "name",
    [
        "verify",
        "validate",
        "check",
        "skip_validation",
        "no_check",
        "verify_signature",
        "ssl",
        "use_tls",
        "trust_all",
        "allow_all",
        "ignore_errors",
        "certificate",
        "consistency_check",
        "accept_connections",
    ],
)
def test_other_names_are_none(name):
    assert not switch_names.checks(name)
    assert not switch_names.skips(name)


def test_the_texts_are_in_lower_case_and_say_something():
    assert all(text == text.lower() and len(text) > 5 for text in switch_names.TEXTS)
    assert not [one for one in switch_names.TEXTS if re.fullmatch(r"(?:no|all|any)_?", one)]


@pytest.mark.parametrize(
    ("variable", "turned"),
    [
        ("portal_verify_ssl", False),
        ("apm_verify_server_cert", False),
        ("ssl_verify", False),
        ("portal_ssl_no_verify", True),
        ("api_tls_insecure_skip_verify", True),
        ("auth_disable_ssl_validation", True),
        ("mqtt_tls_insecure", True),
        ("no_ssl_verify", True),
        ("httpx_no_verify_ssl", None),
        ("nginx_client_cert_verify", None),
        ("site_ssl_check", None),
        ("vault_skip_verify", None),
        ("grpc_insecure", None),
    ],
)
def test_the_end_of_a_variables_name_says_what_turns_verification_off(variable, turned):
    assert switch_names.turned_by(variable) is turned
