"""Roots that interception products and developer tools leave on a machine."""

from certmend.model.plugin import StorePlace

NETSKOPE = StorePlace(
    name="the Netskope client's folder",
    paths=(
        "/opt/netskope/stagent/data/nscacert.pem",
        "/opt/netskope/stagent/data/nstenantcert.pem",
        "/Library/Application Support/Netskope/STAgent/data/nscacert.pem",
        "/Library/Application Support/Netskope/STAgent/data/nstenantcert.pem",
    ),
)
CLOUDFLARE = StorePlace(
    name="the Cloudflare client's folder",
    paths=(
        "/var/lib/cloudflare-warp/installed_certs",
        "/Library/Application Support/Cloudflare/installed_certs",
    ),
    patterns=("*.pem",),
)
MITMPROXY = StorePlace(name="mitmproxy's folder", paths=("~/.mitmproxy/mitmproxy-ca-cert.pem",))
MKCERT = StorePlace(
    name="mkcert's folder",
    paths=(
        "~/.local/share/mkcert/rootCA.pem",
        "~/Library/Application Support/mkcert/rootCA.pem",
    ),
)
