"""`certmend fix`: the secure cure, previewed, applied, proven by the client, and kept for undo."""

import os
from typing import TYPE_CHECKING, Any

import click

from certmend import terminal
from certmend.commands.diagnose import diagnose, request_from
from certmend.commands.fix import telling
from certmend.commands.fix.asking import asks, fingerprints
from certmend.errors import UsageError

if TYPE_CHECKING:
    from certmend.observe.containers import Password
    from certmend.remedy.bundles import Member
    from certmend.tasks.fixing import Proposal, Wishes

_NOT_HERE = frozenset(
    {"urls", "save", "facts_file", "format_name", "fail_on", "verbose", "quiet", "at"}
)
_EXAMPLES = """\b
  certmend fix                              the plan; asks before it is applied
  certmend fix --diff                       every change; nothing is written
  certmend fix --ca corp-ca.crt --yes       with the CA's file
  certmend fix --fingerprint SHA256 --yes   with the CA that the server shows
  certmend fix --client npm                 one client, not all that are used
  certmend fix Dockerfile --ca corp-ca.crt  or a compose file, a pipeline
  certmend undo                             takes it back
"""


def fix(**given: Any) -> int:
    """Cure what `diagnose` finds: previewed, applied, proven, and taken back by `undo`."""
    from certmend.commands.fix import build_files
    from certmend.tasks import bundling, fixing

    options = {name: given.pop(name) for name in _OWN}
    if build_files.named(given["urls"]):
        return build_files.fix(given["urls"], options, _given(options))
    if options["family"] or options["method"] == "build-secret":
        raise UsageError(
            "--family and --method build-secret are for build files",
            "name one: `certmend fix Dockerfile --ca FILE`",
        )
    if options["hosts"] and options["method"] != "trusted-host":
        raise UsageError(
            "`--host` goes with `--method trusted-host` alone",
            "leave it out: `--ca FILE` makes the client trust the CA, and verifies the host",
        )
    request = request_from(at=None, **given)
    if options["method"] == "trusted-host" and not request.clients:
        request = request._replace(clients=("pip",))  # nobody asked for it in another
    ask = _asker(options)
    wishes = _wishes(options, ask)
    report = fixing.diagnose(request, os.environ)
    proposal = fixing.plan(report, wishes, os.environ, request.python)
    proposal = _confirm(proposal, wishes, options, request.python)
    if options["diff"] or options["dry_run"] or not proposal.plan.applicable:
        return _only_shown(proposal, options)
    if not _agreed(proposal, options):
        return 1
    kept = bundling.the_journal(os.environ)
    outcome = fixing.carry_out(proposal, request, kept, os.environ, _waiting)
    return telling.tell(proposal, outcome, options)


_OPTIONS: list[click.Parameter] = [
    click.Option(
        ["--ca", "cas"],
        multiple=True,
        metavar="FILE|URL",
        help="The CA: PEM, DER, PKCS#7, PKCS#12, a folder; a URL with --fingerprint.",
    ),
    click.Option(
        ["--fingerprint", "fingerprints"],
        multiple=True,
        metavar="SHA256",
        help="The SHA-256 of the CA, as you got it from the CA team.",
    ),
    click.Option(
        ["--scope"],
        type=click.Choice(["user", "venv", "site", "project", "system"]),
        help="Whose settings are changed; by default yours.",
    ),
    click.Option(
        ["--method"],
        type=click.Choice(["bundle", "system-store", "truststore", "trusted-host", "build-secret"]),
        help="How the client is made to trust the CA; by default a bundle, and for a build file "
        "the system store of its image.",
    ),
    click.Option(
        ["--family"],
        type=click.Choice(["debian", "alpine", "rhel", "arch", "suse"]),
        help="For a build file: the system of an image whose name does not tell.",
    ),
    click.Option(
        ["--host", "hosts"],
        multiple=True,
        metavar="HOST:PORT",
        help="For --method trusted-host: the host that is no longer verified.",
    ),
    click.Option(
        ["--no-profile"],
        is_flag=True,
        help="Write no shell profile: a variable that has to be set is only named.",
    ),
    click.Option(["--diff"], is_flag=True, help="Show every change as a diff; write nothing."),
    click.Option(["--dry-run"], is_flag=True, help="Show the plan; write nothing."),
    click.Option(["--yes"], is_flag=True, help="Apply without asking."),
    click.Option(["--password-file"], metavar="FILE", help="The password of a PKCS#12 file."),
    click.Option(["--password-env"], metavar="NAME", help="The variable that holds it."),
    click.Option(
        ["--format", "format_name"],
        type=click.Choice(["text", "json"]),
        default="text",
        show_default=True,
    ),
]
_OWN = tuple(str(one.name) for one in _OPTIONS)

fix = click.Command(
    "fix",
    short_help="Cure what `diagnose` finds: shown, applied, proven.",
    callback=fix,
    params=[
        click.Argument(["urls"], nargs=-1, metavar="[URL|FILE]..."),
        *(one for one in diagnose.params if one.name not in _NOT_HERE),
        *_OPTIONS,
    ],
    help=f"{fix.__doc__}\n\n{_EXAMPLES}",
    epilog="Exit status: 0 nothing is left to fix, 1 something is, 2 wrong use, 3 a failure of "
    "certmend's own.",
)


def _asker(options: dict[str, Any]) -> "Password":
    from certmend.commands.bundle.options import asker

    return asker(options["password_file"], options["password_env"])


def _given(options: dict[str, Any]) -> "tuple[Member, ...]":
    """The CAs for build files: of `--ca`, or of this machine's store by their fingerprint."""
    from certmend.tasks import building, fixing

    prints = fingerprints(options)
    found = fixing.given_cas(options["cas"], prints, _asker(options))
    fitting = tuple(one for one in found if not prints or one.sha256 in prints)
    if found and not fitting:
        raise UsageError(
            "the CA of --ca does not have the SHA-256 of --fingerprint",
            f"it has {found[0].sha256}",
        )
    return building.own(fitting) or building.by_fingerprint(prints)


def _wishes(options: dict[str, Any], ask: "Password") -> "Wishes":
    from certmend.remedy.ground import Method, Scope
    from certmend.tasks import fixing

    prints = fingerprints(options)
    return fixing.Wishes(
        given=fixing.given_cas(options["cas"], prints, ask),
        fingerprints=prints,
        scope=Scope(options["scope"]) if options["scope"] else None,
        method=Method(options["method"]) if options["method"] else None,
        hosts=tuple(options["hosts"]),
        profile=not options["no_profile"],
    )


def _confirm(
    proposal: "Proposal", wishes: "Wishes", options: dict[str, Any], python: str | None
) -> "Proposal":
    """Let the person compare fingerprints; off a terminal, and with --yes, nobody is asked."""
    import msgspec

    from certmend.tasks import fixing

    if not asks(options) or options["method"] == "trusted-host":
        return proposal
    confirmed = set(wishes.fingerprints)
    for one in fixing.unconfirmed(proposal):
        terminal.talk(f'Nothing on this machine vouches for the CA "{one.label}":')
        terminal.talk(f"  sha256  {one.sha256}\n  from    {one.source}")
        terminal.talk("Compare the SHA-256 with the CA team, on another way than this network.")
        if click.confirm("Is it the same?", default=False, err=True):
            confirmed.add(one.sha256)
    if confirmed == wishes.fingerprints:
        return proposal
    wishes = msgspec.structs.replace(wishes, fingerprints=frozenset(confirmed))
    return fixing.plan(proposal.report, wishes, os.environ, python)


def _only_shown(proposal: "Proposal", options: dict[str, Any]) -> int:
    """Show the plan. 0 when there is nothing wrong, 1 when there is."""
    from certmend.model.finding import Severity

    wrong = any(one.severity is Severity.ERROR for one in proposal.report.findings)
    telling.show(proposal, options, "planned" if proposal.plan.remedies else "nothing")
    if not any(one.asked for one in proposal.report.facts.attempts):
        terminal.talk("nothing was tried: no client that can be asked here has an index")
    elif not proposal.report.findings:
        terminal.talk("nothing to fix: every index is reached and verified")
    elif proposal.plan.applicable:
        terminal.talk("nothing was written")
    elif wrong:
        why = "see the advice" if proposal.plan.remedies else "`certmend diagnose` says why"
        terminal.talk(f"certmend can change nothing here: {why}")
    elif not proposal.plan.remedies:
        terminal.talk("nothing to fix: every index is reached and verified")
    return int(wrong)


def _agreed(proposal: "Proposal", options: dict[str, Any]) -> bool:
    if options["yes"]:
        return True
    telling.show(proposal, options, "planned")
    if not asks(options):
        terminal.talk("nothing was written: `--yes` applies it")
        return False
    return click.confirm("Apply it?", default=False, err=True)


def _waiting() -> None:
    terminal.talk("waiting for another certmend to end")
