"""The same work done several ways. Each module does it once, in a process of its own, and prints what it came to as JSON."""
