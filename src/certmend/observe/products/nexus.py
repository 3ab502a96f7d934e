"""Sonatype Nexus Repository 3.

Header and realm are those of `EnvironmentFilter.java` and
`NexusBasicHttpAuthenticationFilter.java`; a reverse proxy replaces the Server header, so the path
counts too.
"""

import re

from certmend.model.plugin import Product

NEXUS = Product(
    name="Sonatype Nexus 3",
    paths=(re.compile(r"/repository/[^/]+/simple(?:/|$)"),),
    headers=(
        ("server", re.compile(r"Nexus/3\.")),
        ("www-authenticate", re.compile(r'BASIC realm="Sonatype Nexus', re.IGNORECASE)),
    ),
    chain_cure="Import the full chain into the keystore that jetty-https.xml names: "
    "`openssl pkcs12 -export -in fullchain.pem -inkey key.pem -out chain.p12`, then "
    "`keytool -importkeystore`.",
)
