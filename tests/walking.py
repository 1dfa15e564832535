"""Somebody who comes in and follows every link they find."""

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit

import served

NAMES = {
    "lead": "Maren Oakfield",
    "analyst": "Idris Penhallow",
    "administrator": "Corwen Ashby",
    "charity": "Ffion Carrow",
}
PARTS = {"profile", "figures"}
"""What the pages of an edition begin with that are made alike: one for each district, one for each thing worked out."""
OF_A_KIND = 2
"""Pages of each kind that are followed."""
LINK = re.compile(r'<a\s[^>]*?href="([^"#]+)')


def entered(browser: Any, address: str, email: str, **options: Any) -> Any:
    """A browser in which the person of this address has come in."""
    page = served.entered(browser, address, NAMES[email.partition("@")[0]], **options)
    context = page.context
    page.close()
    return context


def kind_of(address: str) -> str:
    """What an address is of: its numbers and names left out, so that pages made alike are one kind, in each state one can ask for."""
    from django.urls import Resolver404, resolve

    path, query = urlsplit(address).path, urlsplit(address).query
    try:
        found = resolve(path)
    except Resolver404:
        return path
    begins = str(found.kwargs.get("slug", "")).partition("-")[0]
    alike = begins if found.url_name == "edition_page" and begins in PARTS else ""
    return " ".join([found.route, alike, *(name for name, _ in parse_qsl(query))])


@dataclass
class Walk:
    """What somebody found who followed every link from home."""

    pages: dict[str, str] = field(default_factory=dict)
    """By kind, the address of the first page of it."""
    wrong: list[str] = field(default_factory=list)
    """Links that led nowhere."""
    counts: dict[str, int] = field(default_factory=dict)
    """By kind, how many were followed."""


def walk(browser: Any, address: str, email: str) -> Walk:
    """Follow every link from home, of each kind only a few."""
    context = entered(browser, address, email)
    found, waiting, seen = Walk(), ["/"], {"/"}
    while waiting:
        at = waiting.pop(0)
        kind = kind_of(at)
        found.counts[kind] = found.counts.get(kind, 0) + 1
        if found.counts[kind] > OF_A_KIND:
            continue
        answer = context.request.get(address + at)
        if answer.status != 200:
            found.wrong.append(f"{at}: {answer.status}")
        elif "text/html" in answer.headers.get("content-type", ""):
            _ = found.pages.setdefault(kind, at)
            there = [each for each in links(answer.text(), at) if each not in seen]
            waiting += there
            seen.update(there)
    context.close()
    return found


def links(page: str, at: str) -> list[str]:
    """Where the links of a page lead, each once, those that leave the partnership left out."""
    there = (urlsplit(urljoin(at, href.replace("&amp;", "&"))) for href in LINK.findall(page))
    return list(dict.fromkeys(each._replace(fragment="").geturl() for each in there if not each.netloc))
