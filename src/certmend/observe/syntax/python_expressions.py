"""Dotted names and literals, as Python's syntax tree holds them."""

import ast


def path(node: ast.expr) -> str:
    """A dotted name as text; other expressions give what they end in."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if isinstance(node, ast.Name):
        parts.append(node.id)
    elif isinstance(node, ast.Call):
        parts.append(path(node.func))
    return ".".join(reversed(parts))


def constant(node: ast.expr) -> object:
    """The value of a literal; None for anything else."""
    return node.value if isinstance(node, ast.Constant) else None
