"""What an edit took away: the lines of a file that are no longer there as they were, in order."""


def taken(before: bytes, after: bytes) -> list[str]:
    """The lines outside of the longest common subsequence of both contents, blank ones apart."""
    old, new = (text.decode().splitlines() for text in (before, after))
    common = [[0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            same = common[i + 1][j + 1] + 1 if old[i] == new[j] else 0
            common[i][j] = max(same, common[i + 1][j], common[i][j + 1])
    gone, j = [], 0
    for i, line in enumerate(old):
        at = next((k for k in range(j, len(new)) if new[k] == line), None)
        if at is not None and common[i][j] == common[i + 1][at + 1] + 1:
            j = at + 1
        elif line:
            gone.append(line)
    return gone
