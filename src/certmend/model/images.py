"""Base images whose names do not say of which system they are.

Read in the images' own Dockerfiles.
"""

from certmend.model import lazy

ALPINE = (
    "docker", "traefik", "caddy", "registry", "adminer", "eclipse-mosquitto", "alpine/.+",
    "hashicorp/(?:terraform|vault|consul|packer)", "vault", "consul", "gitea/gitea", "gogs/gogs",
    "grafana/grafana", "nodered/node-red", "dpage/pgadmin4", "verdaccio/verdaccio", "n8nio/n8n",
    "(?:home-assistant|homeassistant)/.+", "curlimages/curl", "squidfunk/mkdocs-material",
    "dtzar/helm-kubectl", "rclone/rclone", "restic/restic",
)  # fmt: skip
"""Patterns of names of images that are made of Alpine, without the name of their registry."""

_ALPINE = lazy.regex(
    rf"(?:docker\.io/|ghcr\.io/|quay\.io/)?(?:library/)?(?:{'|'.join(ALPINE)})(?:[:@].*)?"
)


def is_alpine(image: str) -> bool:
    """Whether an image is known, by its name or its tag, to be made of Alpine."""
    name = image.lower()
    return "alpine" in name or _ALPINE.fullmatch(name) is not None
