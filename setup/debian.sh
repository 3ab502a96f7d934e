#!/bin/sh
# Installs the Debian packages named, where they are missing and this is root on a Debian;
# elsewhere says which are missing. Never fails for a missing package: what needs it is left out.
set -u
missing=
for package in "$@"; do
    dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null |
        grep -qx installed || missing="$missing $package"
done
[ -n "$missing" ] || exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    export DEBIAN_FRONTEND=noninteractive
    # Tests start what they need themselves: no service of the machine's own is started here.
    policy=/usr/sbin/policy-rc.d
    if [ ! -e "$policy" ]; then
        trap 'rm -f "$policy"' EXIT
        printf '#!/bin/sh\nexit 101\n' >"$policy" && chmod 755 "$policy"
    fi
    apt-get update -qq >/dev/null 2>&1
    # shellcheck disable=SC2086  # a list of names
    apt-get install -y -qq --no-install-recommends $missing >/dev/null 2>&1 && exit 0
fi
echo "not installed (Debian packages):$missing"
echo "what needs them is left out and named; as root: apt-get install$missing"
