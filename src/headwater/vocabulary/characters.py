"""The characters that no XML, and so no office's file, can hold."""

import re

UNHOLDABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What is left out of `Char` in XML 1.0, section 2.2 (https://www.w3.org/TR/xml/#charsets)."""


def holdable(words: str) -> str:
    """The same words with a space for each character that XML cannot hold, and that nobody can see.

    They come with what is pasted out of slides and letters, and with partners' files. One of them makes a file that no office opens.
    """
    return UNHOLDABLE.sub(" ", words)
