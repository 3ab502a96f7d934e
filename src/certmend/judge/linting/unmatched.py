"""Why a client matches no host with what it is given as one.

Sources: pip's `add_trusted_host`, which takes what stands before a colon as the name, and its
configuration, which parts a value at blanks alone: `a.io, b.io` is the host `a.io,` and `b.io`;
uv's reference, "allow-insecure-host".
"""

from certmend.judge.linting import substituted
from certmend.judge.linting.options import Option


def reason(option: Option, text: str) -> str:
    """What is wrong with a value of `trusted-host`, in words; empty where nothing is."""
    text = substituted.without(text)
    if option.client == "pip" and ("http://" in text or "https://" in text):
        return "it takes a host, not a URL"
    if "*." in text:
        return "it knows no wildcard in a name"
    listed = option.client == "pip" and len(option.values) > 1 and text.endswith(",")
    if (listed or "," in text.strip(",")) and not text.startswith(("[", "(", "'", '"')):
        return "hosts are separated by blanks, not by commas"
    return ""
