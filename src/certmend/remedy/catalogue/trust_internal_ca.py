"""The client is made to trust the CA: with what this machine, or the person, vouches for."""

from collections.abc import Iterator

from certmend.errors import UsageError
from certmend.model.finding import Finding, Owner
from certmend.model.need import Need, Voucher
from certmend.model.plan import (
    Advise,
    Remedy,
    Safety,
    SetVariable,
    Step,
    Trusted,
    each_file_once,
)
from certmend.remedy import bundles
from certmend.remedy import target as targets
from certmend.remedy.bundles import Member
from certmend.remedy.cure import cure, message
from certmend.remedy.ground import Ground, Method
from certmend.remedy.target import Wish

_VOUCHED = {
    Voucher.PERSON: "given by you",
    Voucher.MACHINE: "on this machine already",
    Voucher.PUBLIC: "one of Mozilla's roots",
}


@cure(
    "untrusted-root",
    "self-signed-leaf",
    "intercepting-proxy",
    "bundle-not-found",
    "bundle-invalid",
    "bundle-incomplete",
    "bundle-stale",
    "setting-ignored",
    "verification-disabled",
)
def trust_internal_ca(finding: Finding, ground: Ground) -> Iterator[Remedy]:
    """One remedy for the client of the finding, for all hosts that it refuses."""
    if ground.method is Method.TRUSTED_HOST:
        return
    client = next((one for one in ground.facts.clients if one.label == finding.client), None)
    needs = [one for one in ground.needs if client is not None and one.client == client.name]
    target = targets.find(needs[0].client) if needs else None
    if client is None or target is None or not (client.installed or client.documented):
        if finding.code == "verification-disabled":
            return  # another cure says it
        yield message(finding, finding.owner, f"About {finding.host}", finding.cure)
        return
    for need in needs:
        if not _ready(need) and _speaks_of(finding, need):
            yield _not_ready(finding, need)
    ready = [one for one in needs if _ready(one)]
    if finding.code == "verification-disabled":
        ready = ready if finding.host in {one.host for one in ready} else []
    if not ready:
        return
    wish = Wish(
        anchors=_anchors(ready),
        public=any(one.voucher is Voucher.PUBLIC for one in ready),
        hosts=tuple(dict.fromkeys(one.host for one in ready)),
    )
    steps = target.trust(client, wish, ground)
    for one in ready:
        if one.unverified and target.verify_host is not None:
            more = target.verify_host(client, one.host, ground.after(steps))
            steps = each_file_once((*steps, *more))
    names = " and ".join(f'"{one.label}"' for one in wish.anchors) or "the public roots again"
    waits = any(isinstance(one, SetVariable) for one in steps)
    yield Remedy(
        title=f"{client.name} trusts {names}",
        codes=(finding.code,),
        host=", ".join(wish.hosts),
        client=client.label,
        safety=Safety.REVIEW if waits else Safety.SAFE if _acts(steps) else Safety.NEVER,
        steps=steps,
        trusts=tuple(_trusted(one) for one in ready if one.voucher is not Voucher.PUBLIC),
        why="a variable decides, which only you can set" if waits else "",
    )


def _speaks_of(finding: Finding, need: Need) -> bool:
    """Whether this finding is the one to say why the CA of a host is not trusted."""
    if finding.code == "setting-ignored" or (finding.code == "self-signed-leaf" and need.refusal):
        return False  # another finding, or another cure, says it
    if finding.code == "intercepting-proxy" and need.ca is None:
        return False  # the network team is asked for it
    return need.host == finding.host or finding.code in ("bundle-not-found", "bundle-invalid")


def _ready(need: Need) -> bool:
    return need.ca is not None and need.voucher is not Voucher.NOBODY and not need.refusal


def _acts(steps: tuple[Step, ...]) -> bool:
    return not any(isinstance(one, Advise) for one in steps)


def _anchors(ready: list[Need]) -> tuple[Member, ...]:
    """The CAs to add, each once; public ones come with all public roots."""
    found = {one.ca: one.source for one in ready if one.ca and one.voucher is not Voucher.PUBLIC}
    return tuple(
        member for ca, source in found.items() for member in bundles.members((ca,), source)
    )


def _trusted(need: Need) -> Trusted:
    (one,) = bundles.members((need.ca or b"",), need.source)
    return Trusted(
        subject=one.label,
        sha256=one.sha256,
        not_after=f"{one.not_after:%Y-%m-%d}",
        source=need.source,
        vouched=_VOUCHED[need.voucher],
    )


def _not_ready(finding: Finding, need: Need) -> Remedy:
    """Why the CA of a host is not trusted, and what would change that."""
    unfit: tuple[str, ...] = ()
    if need.unfit:
        unfit = (
            f'"{need.unfit}", which you vouch for, is not the end of the chain, and '
            f"{need.client} wants its root.",
        )
    if need.ca is None:
        return message(
            finding,
            Owner.CA,
            f"The root certificate of {need.issuer}",
            (
                *unfit,
                f'The CA "{need.issuer}" is not known on this machine, and the server does not '
                "send its root.",
                "Send the root certificate as a file, and its SHA-256 on another way.",
                "With it, `certmend fix --ca FILE` goes on.",
            ),
        )
    try:
        (one,) = bundles.members((need.ca,), need.source)
    except UsageError as error:
        return message(finding, finding.owner, f"About {need.host}", (error.message,))
    if need.refusal:
        return message(
            finding,
            finding.owner if finding.owner is not Owner.YOU else Owner.REGISTRY,
            f"The certificate of {need.host}",
            (
                f'"{one.label}" cannot be trusted as a CA: {need.refusal}.',
                f"Have the internal CA issue a certificate for {need.host}.",
            ),
        )
    return message(
        finding,
        Owner.YOU,
        f"Confirm the CA of {need.host}",
        (
            *unfit,
            f'Nothing on this machine vouches for "{one.label}" (from {need.source}).',
            "Compare its SHA-256 with the CA team, on another way than this network:",
            f"    {one.sha256}",
            "If it is the same:",
            f"    certmend fix --fingerprint {one.sha256}",
        ),
    )
