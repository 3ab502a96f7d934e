"""The CA file that is configured holds no usable PEM certificate.

## What you see
    [X509: NO_CERTIFICATE_OR_CRL_FOUND] no certificate or crl found
    [X509] PEM lib
    [ASN1: NOT_ENOUGH_DATA] not enough data

## Why
The file is empty, binary (DER, PKCS#12), PKCS#7, a private key, a web page that was saved instead
of the certificate, in UTF-16, or cut short. OpenSSL refuses a file with one damaged block whole.

## Fix
Replace it by a PEM file. `openssl x509 -inform der -in ca.cer -out ca.pem` converts DER.

## Never
Editing a bundle by hand without checking it: one broken line takes all certificates away.

## Try it
    certmend lab run bundle-invalid -- pip download billing
"""

from collections.abc import Iterator

from certmend.judge import audit
from certmend.judge.audit import Used
from certmend.judge.case import Case
from certmend.judge.cause import cause
from certmend.judge.inquiry import Inquiry
from certmend.model.failure import BUNDLE_MISSING, BUNDLE_UNUSABLE
from certmend.model.finding import Evidence, Finding
from certmend.model.store import StoreProblem
from certmend.model.text import visible

_REPAIRS = {
    StoreProblem.DER: "`openssl x509 -inform der -in {path} -out ca.pem` makes a PEM file of it.",
    StoreProblem.PKCS7: "`openssl pkcs7 -print_certs -in {path} -out ca.pem` takes the "
    "certificates out (`-inform der` for a binary one).",
    StoreProblem.PKCS12: "`openssl pkcs12 -in {path} -nokeys -cacerts -out ca.pem` takes it out.",
    StoreProblem.PRIVATE_KEY: "Ask for the certificate: a private key must not leave its server.",
    StoreProblem.HTML: "Download the certificate again: a web page was saved in its place.",
    StoreProblem.UTF16: "`iconv -f utf-16 -t ascii {path} > ca.pem` makes plain text of it.",
    StoreProblem.EMPTY: "Write the CA certificates into it.",
    StoreProblem.CUT_SHORT: "Copy the file again: its end is missing.",
    StoreProblem.NO_CERTIFICATE: "Write the CA certificates into it, as PEM.",
    StoreProblem.NO_HASH_LINKS: "`openssl rehash {path}` gives its files the names that OpenSSL "
    "looks for.",
    StoreProblem.TOO_LARGE: "Name a file of certificates: this one is something else.",
    StoreProblem.DAMAGED: "Copy the file again: a block in it cannot be decoded.",
}


@cause(rank=12, supersedes=("untrusted-root", "self-signed-leaf", "bundle-incomplete"))
def judge(inquiry: Inquiry) -> Iterator[Finding]:
    """The client's own word that its bundle cannot be loaded, said once; or its silence."""
    for case, used in audit.silently_broken(inquiry, _REPAIRS):
        yield audit.silent(case, used, "bundle-invalid", _summary(used), _cure(used))
    for case in inquiry.failed(BUNDLE_UNUSABLE, BUNDLE_MISSING):
        bundle = case.attempt.bundle or case.trust.bundle
        store = case.facts.store(bundle)
        absent = store is not None and store.problem not in _REPAIRS
        if absent and case.failure is not None and case.failure.reason == BUNDLE_MISSING:
            continue
        if bundle and (store is None or not store.usable):
            yield _finding(case, bundle)
            return
    if audit.asked(inquiry):
        for used in audit.broken_stores(inquiry.facts, _REPAIRS):
            yield audit.broken(used, "bundle-invalid", _summary(used), _cure(used))


def _summary(used: Used) -> str:
    path = visible(used.path, 300)
    return f"the CA bundle {path} holds no usable PEM certificate: {used.store.detail}"


def _cure(used: Used) -> tuple[str, ...]:
    repair = _REPAIRS[used.store.problem or StoreProblem.NO_CERTIFICATE]
    path, origin = visible(used.path, 300), visible(used.origin, 300)
    return repair.format(path=path), f"Correct the path in {origin}."


def _finding(case: Case, bundle: str) -> Finding:
    store = case.facts.store(bundle)
    detail = store.detail if store is not None and store.detail else "OpenSSL cannot load it"
    problem = store.problem if store is not None else None
    repair = _REPAIRS.get(problem, "Replace it by a PEM file.") if problem else "Replace it."
    origin = visible(case.trust.bundle_origin, 300)
    shown = visible(bundle, 300)
    return case.finding(
        "bundle-invalid",
        f"the CA bundle {shown} holds no usable PEM certificate: {detail}",
        where=origin,
        evidence=(
            Evidence(label="bundle", text=f"{shown}: {detail}"),
            Evidence(label="set by", text=origin),
            *case.said(),
        ),
        why=f"{case.client.label} loads the file before it connects, and OpenSSL refuses it.",
        cure=(repair.format(path=shown), f"Correct the path in {origin}."),
    )
