"""What can be found in a pack: one document for each lesson part, decision, rule, name and so on.

``documents_of`` is pure; ``full_text.SearchIndex`` searches what it yields. A document names the
pages that could show it, the best first, because a face may not have them all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from roadworthy.pack.catalog import Term
from roadworthy.pack.model import Pack
from roadworthy.pack.search_document import Document, former_names
from roadworthy.pack.search_lessons import decision_documents, topic_documents
from roadworthy.pack.search_lists import list_documents


def documents_of(pack: Pack) -> Iterator[Document]:
    """All that a candidate reads of a pack, as documents that know former names too."""
    terms = [one for one in pack.terms.values() if one.former]
    for document in (
        *topic_documents(pack),
        *decision_documents(pack),
        *list_documents(pack),
    ):
        yield document if document.kind == "name" else _with_former(document, terms)


def openable(documents: Iterable[Document], pages: Iterable[str]) -> Iterator[Document]:
    """The documents that one of these pages shows, each with the one path that opens it.

    ``pages`` are as routes write them: '/learn/topics/{topic}'. Addresses outside always open.
    """
    opens = _opens(pages)
    for document in documents:
        path = next((one for one in document.paths if opens(one)), None)
        if path is not None:
            yield replace(document, paths=(path,))


def _with_former(document: Document, terms: Iterable[Term]) -> Document:
    words = f"{document.title} {document.text}"
    former = dict.fromkeys(former_names(term) for term in terms if term.name in words)
    return replace(document, former=", ".join(former)) if former else document


def _opens(pages: Iterable[str]) -> Callable[[str], bool]:
    patterns = [re.sub(r"\\{\w+\\}", "[^/]+", re.escape(page)) for page in pages]
    known = re.compile("|".join(patterns) or r"(?!)")

    def opens(path: str) -> bool:
        whole = re.split(r"[?#]", path, maxsplit=1)[0]
        return path.startswith("https://") or known.fullmatch(whole) is not None

    return opens
