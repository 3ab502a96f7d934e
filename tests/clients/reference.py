"""Write docs/reference/clients.md from what the last `make clients` measured.

python tests/clients/reference.py
"""

import datetime as dt
import json
import sys
from collections import defaultdict
from pathlib import Path

HERE = Path(__file__).resolve()
PROJECT = HERE.parents[2]
RESULTS = PROJECT / ".tools" / "clients" / ".results"
PAGE = PROJECT / "docs" / "reference" / "clients.md"
sys.path.insert(0, str(HERE.parents[1]))

_HEAD = """\
# What each client reads

Written by `make clients` on {date}: {runs} runs of {clients} real clients against an index on
loopback, each with one or two of the settings in its table (`src/certmend/observe/clients`).
In {agreed} of them the client did what `certmend config` predicted.

- *reads*: with the right CA in this place alone, the client trusts the index.
- *off*: with this setting the client verifies nothing.
- *-*: the client does not read it, in this version.
- `A > B`: with both set and one of them wrong, A decides. `A + B`: both are trusted.
"""


def main() -> int:
    """Write the page; the exit status is 1 when a prediction was wrong."""
    rows = [row for path in sorted(RESULTS.glob("*.json")) for row in json.loads(path.read_text())]
    if not rows:
        sys.exit("no results: run `make clients` first")
    agreed = sum(row["predicted"] == row["did"] for row in rows)
    clients = {(row["client"], row["version"], row["python"]) for row in rows}
    text = _HEAD.format(
        date=dt.datetime.now(dt.UTC).date(), runs=len(rows), clients=len(clients), agreed=agreed
    )
    names = dict.fromkeys(row["client"] for row in rows)
    text += "".join(section(name, [row for row in rows if row["client"] == name]) for name in names)
    text = text.replace("http.lab.", "http.URL.") + missing(clients)
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(text)
    print(f"{PAGE.relative_to(PROJECT)}: {agreed} of {len(rows)} as predicted")
    return int(agreed != len(rows))


def section(name: str, rows: list[dict]) -> str:
    """One client: its settings by version, then which beats which."""
    versions = list(dict.fromkeys((row["version"], row["python"]) for row in rows))
    versions.sort(key=lambda one: [int(part) for part in one[0].split(".") if part.isdigit()])
    heads = [f"{version} (Python {python})" if python else version for version, python in versions]
    alone: dict[str, dict] = defaultdict(dict)
    for row in rows:
        if " | " not in row["set"] and row["set"] != "nothing set":
            knob, _, state = row["set"].rpartition("=")
            if state in ("right", "off"):
                word = {"right": "reads", "off": "off"}[state] if row["did"] else "-"
                alone[knob][row["version"], row["python"]] = word
    lines = [
        f"\n## {name}\n",
        f"| setting | {' | '.join(heads)} |",
        "|---" * (len(heads) + 1) + "|",
    ]
    for knob, by_version in alone.items():
        cells = [by_version.get(version, "no such") for version in versions]
        lines.append(f"| `{knob}` | {' | '.join(cells)} |")
    orders = precedence(rows, versions)
    if orders:
        lines += ["", *(f"- {order}: {where}" for order, where in orders.items())]
    return "\n".join(lines) + "\n"


def precedence(rows: list[dict], versions: list[tuple[str, str]]) -> dict[str, str]:
    """Which of two settings decides, and in which versions."""
    found: dict[str, list[str]] = defaultdict(list)
    for version in versions:
        mine = {
            row["set"]: row["did"] for row in rows if (row["version"], row["python"]) == version
        }
        for label, works in mine.items():
            first, _, second = label.partition(" | ")
            if not (first.endswith("=right") and second.endswith("=wrong")):
                continue
            a, b = first.removesuffix("=right"), second.removesuffix("=wrong")
            other = mine.get(f"{b}=right | {a}=wrong")
            if not (mine.get(f"{a}=right") and mine.get(f"{b}=right")):
                continue
            if works and other is False:
                found[f"`{a}` > `{b}`"].append(version[0])
            elif works and other and a < b:
                found[f"`{a}` + `{b}`"].append(version[0])
    every = len({version for version, _ in versions})
    return {
        order: "every version" if len(set(seen)) == every else ", ".join(dict.fromkeys(seen))
        for order, seen in found.items()
    }


def missing(tried: set[tuple[str, str, str]]) -> str:
    """What could not be tried, or was not in this run."""
    from environments import EVERY, absent

    lines = [f"- {line}" for line in absent()]
    left = [
        f"{name} {version} (Python {python})".replace("  ", " ")
        for name, version, python in EVERY
        if (name, version or python, python) not in tried and name != "pipx"
    ]
    lines += [f"- not in this run: {', '.join(left)}"] if left else []
    lines.append("- pipx: the pip of its shared environment, whose rows apply")
    lines.append("- conda: not in the package registries; described from its documentation")
    lines.append("- the system's store as a setting (uv, npm): it belongs to the machine")
    return "\n## Not tried\n\n" + "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
