"""What a tool says of the variables, and what it calls them: no value among them."""

HELP = {
    "PIP_TRUSTED_HOST": "a host that pip does not verify",
    "UV_INSECURE_HOST": "Hosts without verification.",
}
ENV = {"PIP_TRUSTED_HOST": "Hosts without verification."}
KEYS = {"PIP_TRUSTED_HOST": "settings.pip.trusted_host", "UV_INSECURE_HOST": "insecure_host"}
TYPES = {"PIP_TRUSTED_HOST": "str", "UV_INSECURE_HOST": "list"}
RULES = {"PIP_TRUSTED_HOST": "trusted-host"}
STORED = {"PIP_TRUSTED_HOST": "vault:secret/data/pip#host"}
MESSAGES = {"PIP_TRUSTED_HOST": "Remove it: TLS is off for {host}!"}
FORMS = {"PIP_TRUSTED_HOST": "<host>", "UV_INSECURE_HOST": "HOST[:PORT]"}
MORE = {}
MORE["PIP_TRUSTED_HOST"] = "Hosts without verification"
