"""What needs both halves: the machine observed, and then changed."""
