"""What build systems and terminals make of a log: each takes the text and gives it back worse."""

import random


def github(text, _random):
    return "".join(
        f"2024-05-22T12:43:{n % 60:02}.9626460Z {line}\n"
        for n, line in enumerate(text.splitlines())
    )


def gitlab(text, _random):
    lines = [f"2024-05-22T12:43:46.962646Z 01O {line}\n" for line in text.splitlines()]
    return "section_start:1716381826:step_script\r\x1b[0K" + "".join(lines)


def jenkins(text, _random):
    return "[Pipeline] sh\n" + "".join(
        f"[2024-05-22T12:43:46.962Z] {line}\n" for line in text.splitlines()
    )


def azure(text, _random):
    return (
        "##[section]Starting: pip\n"
        + github(text, _random)
        + "##[error]Bash exited with code '1'.\n"
    )


def buildkit(text, _random):
    return "#12 [5/8] RUN pip install\n" + "".join(
        f"#12 {n / 7:.3f} {line}\n" for n, line in enumerate(text.splitlines())
    )


def compose(text, _random):
    return "".join(f"web_1  | {line}\n" for line in text.splitlines())


def quoted(text, _random):
    return "".join(f"> {line}\n" for line in text.splitlines())


def coloured(text, _random):
    return "".join(f"\x1b[31m{line}\x1b[0m\x1b[K\n" for line in text.splitlines())


def windows(text, _random):
    return text.replace("\n", "\r\n")


def terminal(text, _random):
    """80 columns, cut in the middle of words."""
    lines = []
    for line in text.splitlines():
        lines += [line[at : at + 80] for at in range(0, len(line), 80)] or [""]
    return "\n".join(lines) + "\n"


def json_stream(text, _random):
    import json

    return "".join(json.dumps({"stream": line + "\n"}) + "\n" for line in text.splitlines())


def interleaved(text, random_):
    """Lines of another job between, and a long quiet log around."""
    noise = [
        "Compiling src/a.c",
        "Downloading numpy-2.0-cp312.whl (18 MB)",
        "[ 42%] Built target x",
    ]
    lines = []
    for line in text.splitlines():
        lines.append(line)
        if random_.random() < 0.3 and not line.startswith((" ", "\t")):
            lines.append(random_.choice(noise))
    quiet = "\n".join(random_.choice(noise) for _ in range(300))
    return quiet + "\n" + "\n".join(lines) + "\n" + quiet + "\n"


def cut(text, _random):
    """The beginning is lost, but for the line of the error."""
    lines = text.splitlines()
    return "\n".join(lines[len(lines) // 4 :]) + "\n"


WRAPPINGS = (
    github,
    gitlab,
    jenkins,
    azure,
    buildkit,
    compose,
    quoted,
    coloured,
    windows,
    terminal,
    json_stream,
    interleaved,
)


def mutate(text, seed):
    """Two or three of them, one after another."""
    chosen = random.Random(seed)
    picked = chosen.sample(WRAPPINGS, chosen.choice((1, 2, 2, 3)))
    # Jobs mix whole lines before anything cuts them; a terminal cuts what is shown in the end.
    for one in sorted(picked, key=lambda one: (one is not interleaved, one is terminal)):
        text = one(text, chosen)
    return text
