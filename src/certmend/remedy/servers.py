"""Where an admin installs a certificate and its chain, by server and registry product."""

CHAIN = (
    ("nginx", "`ssl_certificate` names one file: leaf first, then each intermediate; reload"),
    ("Apache", "`SSLCertificateFile` with leaf, then intermediates (2.4.8 and later); reload"),
    ("Nexus", "the reverse proxy's file; or the whole chain in the keystore of jetty-https.xml"),
    ("Artifactory", "the reverse proxy's file; or access/etc/keys, and `tls: true` in system.yaml"),
    ("devpi", "the file of the nginx before it; devpi-server itself speaks no TLS"),
    ("GitLab", "/etc/gitlab/ssl/HOST.crt with the whole chain, then `gitlab-ctl reconfigure`"),
)
"""The server, and where its chain goes, as half a sentence."""


def where() -> list[str]:
    """One line for each server."""
    return ["Where it goes:", *(f"    {name}: {place}" for name, place in CHAIN)]
