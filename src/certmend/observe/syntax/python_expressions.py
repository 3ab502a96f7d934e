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


def is_off(node: ast.expr) -> bool:
    """Whether an expression is `False`, `not True`, the 0 for it, or ssl's name for that 0."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return constant(node.operand) is True
    value = constant(node)
    return value is False or (type(value) is int and value == 0) or is_cert_none(node)


def is_cert_none(node: ast.expr) -> bool:
    """Whether an expression names the mode in which ssl, or pyOpenSSL, verifies nothing."""
    return path(node).rsplit(".", 1)[-1] in ("CERT_NONE", "VERIFY_NONE")


def is_none(node: ast.expr) -> bool:
    """Whether it is that mode, by its name or as urllib3 takes it: `"CERT_NONE"`."""
    return is_cert_none(node) or constant(node) in ("CERT_NONE", "NONE")


def is_nothing(node: ast.expr) -> bool:
    """Whether an expression is `None`."""
    return isinstance(node, ast.Constant) and node.value is None
