"""Patches of build files: how an image, a container or a pipeline is made to trust a CA. Pure.

A file is read as lint reads it; what comes out is its new text, and notes. `tasks/building.py`
reads and plans, `remedy/apply.py` writes.
"""
