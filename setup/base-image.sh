#!/bin/sh
# Makes the base image of tests/scenarios/test_fix_dockerfile.py: a Debian with Python and a pip
# that has its own roots, as python:3-slim has. It is made by debootstrap and buildah, without a
# daemon or a registry, and kept below .tools/images: afterwards the test needs no network.
# Never fails: where it cannot be made the test is left out, and names what is missing.
# Usage: base-image.sh PYTHON FOLDER
set -u
python=$1 folder=$2
name=docker.io/library/python:3-slim
# overlay copies nothing; where the system does not let it, vfs does.
store() {
    buildah --root "$folder/root" --runroot "$folder/run" \
        --storage-driver "$(cat "$folder/driver")" "$@"
}
say() { echo "the base image of the Dockerfile test is not made: $1"; exit 0; }

[ "$(id -u)" = 0 ] || say "that takes root"
for program in debootstrap buildah; do
    command -v "$program" >/dev/null || say "$program is not installed"
done
if [ -e "$folder/driver" ]; then
    store inspect --type image "$name" >/dev/null 2>&1 && exit 0
fi
work=$(mktemp -d) || exit 0
trap 'rm -rf "$work"' EXIT
suite=$(. /etc/os-release && echo "$VERSION_CODENAME")
debootstrap --variant=minbase --include=ca-certificates,python3 "$suite" "$work/root" \
    >"$work/log" 2>&1 || say "debootstrap: $(tail -n 1 "$work/log")"
"$python" -m pip download --quiet --no-deps --dest "$work" pip==24.0 2>>"$work/log" ||
    say "$(tail -n 1 "$work/log")"
packages=$(echo "$work"/root/usr/local/lib/python3*/dist-packages)
"$python" -m zipfile -e "$work"/pip-24.0-*.whl "$packages" || say "pip 24.0 cannot be unpacked"
cat >"$work/root/usr/local/bin/pip" <<'END'
#!/usr/bin/python3
from pip._internal.cli.main import main
raise SystemExit(main())
END
chmod 755 "$work/root/usr/local/bin/pip"
cd "$work/root" && rm -rf usr/lib/python3*/EXTERNALLY-MANAGED usr/share/doc usr/share/locale \
    usr/share/man var/cache/apt/* var/lib/apt/lists/*
mkdir -p "$folder"
for driver in overlay vfs; do
    echo "$driver" >"$folder/driver"
    container=$(store from scratch 2>/dev/null) &&
        store add --quiet "$container" "$work/root" / >/dev/null 2>&1 &&
        store commit --quiet --rm "$container" "$name" >/dev/null 2>&1 && exit 0
    rm -rf "$folder/root" "$folder/run"
done
rm -f "$folder/driver"
say "buildah failed"
