"""Links between our documents lead somewhere, and every document can be reached from README.md."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.markdown import DOCS, ROOT, anchors, links

DOCUMENTS = [*sorted(ROOT.glob("*.md")), *sorted(DOCS.rglob("*.md"))]


def targets(document: Path) -> list[tuple[Path, str]]:
    """Where the document's links to us lead: file and anchor."""
    found = []
    for link in links(document.read_text("utf-8")):
        if not link.startswith(("https://", "mailto:")):
            name, _, anchor = link.partition("#")
            found.append(((document.parent / name).resolve() if name else document, anchor))
    return found


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(document: Path) -> None:
    dead = [
        f"{target.relative_to(ROOT)}#{anchor}"
        for target, anchor in targets(document)
        if not target.exists() or (anchor and anchor not in anchors(target.read_text("utf-8")))
    ]
    assert dead == []


def test_every_document_can_be_reached() -> None:
    reached: set[Path] = set()
    ahead = [ROOT / "README.md"]
    while ahead:
        document = ahead.pop()
        if document not in reached:
            reached.add(document)
            ahead += [path for target, _ in targets(document) for path in documents_in(target)]
    assert set(DOCUMENTS) - reached == set()


def documents_in(target: Path) -> list[Path]:
    """The document, or those of a folder, which a reader sees listed."""
    if target.is_dir():
        return sorted(target.glob("*.md"))
    return [target] if target.suffix == ".md" and target.exists() else []
