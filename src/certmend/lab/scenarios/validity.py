"""When certificates are valid."""

from certmend.lab import pages
from certmend.lab.lab import Lab, corporate
from certmend.lab.pki import Authority
from certmend.lab.scenario import in_days, scenario
from certmend.lab.setup import Setup
from certmend.lab.wheels import BILLING, LEDGER


@scenario(expects={"expired"}, wrong={"issuer-expired", "clock-skew"})
def expired(lab: Lab) -> Setup:
    """The mail that the certificate would expire went to somebody who left the company.

    It has to be renewed by whoever runs the registry; nothing on this machine helps.
    """
    root, issuing = corporate()
    leaf = issuing.leaf("localhost", not_after=in_days(-3))
    return lab.client(lab.index(leaf, issuing), trusts=root)


@scenario(expects={"not-yet-valid"}, wrong={"clock-skew"})
def not_yet_valid(lab: Lab) -> Setup:
    """The new certificate was installed days before it becomes valid.

    Install the old one again until then.
    """
    root, issuing = corporate()
    leaf = issuing.leaf("localhost", not_before=in_days(4))
    return lab.client(lab.index(leaf, issuing), trusts=root)


@scenario(expects={"issuer-expired"}, wrong={"expired", "bundle-stale"})
def issuer_expired(lab: Lab) -> Setup:
    """The registry's certificate is fresh; the intermediate that signed it has expired.

    The CA team renews the intermediate, and the server sends the new one.
    """
    root, issuing = corporate(not_after=in_days(-2))
    return lab.client(lab.index(issuing.leaf("localhost"), issuing), trusts=root)


@scenario(expects={"issuer-expired"}, wrong={"expired", "bundle-stale"})
def root_expired(lab: Lab) -> Setup:
    """The company's root itself has expired, in the bundle and everywhere.

    OpenSSL checks the dates of a trusted root too; rustls (uv) does not.
    """
    root = Authority.root(not_before=in_days(-4000), not_after=in_days(-2))
    return lab.client(lab.index(root.leaf("localhost")), trusts=root)


@scenario(expects={"clock-skew"}, wrong={"not-yet-valid"})
def clock_skew(lab: Lab) -> Setup:
    """This machine's clock is three days behind: to it, a good certificate is not valid yet.

    The lab moves the world instead of the clock: the certificate of the first index begins in two
    days, and the other two, which verify, say in their HTTP dates that these days have passed.
    """
    root, issuing = corporate()
    leaf = issuing.leaf("localhost", not_before=in_days(2))
    urls = [lab.index(leaf, issuing, app=pages.at_time(lab.packages(LEDGER), in_days(3)))]
    for _ in range(2):
        app = pages.at_time(lab.packages(BILLING), in_days(3))
        urls.append(lab.index(issuing.leaf("localhost"), issuing, app=app))
    return lab.client(*urls, trusts=root, package="ledger")


@scenario(expects={"expiring-soon"}, wrong={"expired"}, pip_fails=False)
def expiring_soon(lab: Lab) -> Setup:
    """The certificate is valid for five more days, and nobody has a reminder.

    pip works until then.
    """
    root, issuing = corporate()
    leaf = issuing.leaf("localhost", not_after=in_days(5))
    return lab.client(lab.index(leaf, issuing), trusts=root)
