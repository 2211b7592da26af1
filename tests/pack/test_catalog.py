"""The catalog of the shipped pack: true to the article, whole, and each claim with a page.

``fixtures/article.md`` is the article as published; the lists are compared with it, letter by
letter, so that nobody corrects its spelling in passing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from tests.conftest import SHIPPED

from roadworthy.pack.model import Pack

ARTICLE = (Path(__file__).parent / "fixtures" / "article.md").read_text(encoding="utf-8")
LINK = re.compile(r"\[(?P<title>[^\]]+)\]\((?P<url>\S+)\)")
TOPIC_IDS = [
    "distributed-learning",
    "imbalanced-data",
    "efficiency",
    "speed",
    "dataflow",
    "triggers",
    "metrics",
    "where-to-do-what",
    "privacy",
    "tensorflow-and-keras",
]


@dataclass(frozen=True)
class Listed:
    """One resource as the article prints it; ``None`` where its list has no such column."""

    section: str
    title: str
    url: str
    author: str | None = None
    published: str | None = None
    rating: int | None = None


def chapter(heading: str) -> list[str]:
    """The lines below a heading of the article, up to the next heading."""
    lines = ARTICLE.splitlines()
    start = next(n for n, line in enumerate(lines) if line.lstrip("#").strip() == heading) + 1
    end = next((n for n in range(start, len(lines)) if lines[n].startswith("#")), len(lines))
    return [line for line in lines[start:end] if line.strip()]


def bullets(heading: str) -> list[str]:
    """The items of the list below a heading."""
    return [line.removeprefix("- ") for line in chapter(heading)]


def listed_resources() -> Iterator[Listed]:
    """The two plain lists of links, then the rows of the table, in the article's order."""
    for section in ("Official", "Most helpful Google ressources"):
        for line in chapter(section):
            link = LINK.fullmatch(line.strip())
            assert link, line
            yield Listed(section, link["title"], link["url"])
    for line in chapter("Other helpful ressources")[2:]:  # below the head of the table
        rating, published, title, author = (c.strip() for c in line.strip().strip("|").split("|"))
        link = LINK.fullmatch(title)
        assert link, line
        section = "Other helpful ressources"
        yield Listed(section, link["title"], link["url"], author, published, int(rating))


@pytest.fixture(scope="module")
def pack(shipped_pack: Pack) -> Pack:
    """The shipped pack, read once."""
    return shipped_pack


def test_resources_equal_the_lines_of_the_article(pack: Pack) -> None:
    """All 20 resources keep the article's section, title, author, date, rating and address."""
    ours = [
        Listed(one.section, one.title, one.url, one.author, one.published, one.rating)
        for one in pack.resources.article.values()
    ]
    assert ours == list(listed_resources())
    assert list(pack.resources.article) == [f"R{number:02d}" for number in range(1, 21)]


def test_every_resource_says_what_to_take_and_for_whom(pack: Pack) -> None:
    """A resource serves a section of today, and its advice is one to three sentences of ours."""
    for name, one in (pack.resources.article | pack.resources.newer).items():
        assert one.sections, name
        assert 1 <= len(re.findall(r"\.(?:\s|$)", one.take)) <= 3, name
        assert len(one.state.split()) <= 5, f"{name}: a badge is short"


def test_newer_resources_stand_apart(pack: Pack) -> None:
    """What the article does not list is on its own shelf, without a rating of its author."""
    newer = pack.resources.newer
    assert 4 <= len(newer) <= 8
    assert all(one.rating is None for one in newer.values())
    assert not {one.url for one in newer.values()} & {one.url for one in listed_resources()}


def test_takeaways_equal_the_article(pack: Pack) -> None:
    """All 9 takeaways are literal, and the one on dumps alone is refused, with its source."""
    takeaways = pack.takeaways.takeaways
    assert [one.text for one in takeaways.values()] == bullets("Key takeaways")
    assert len(takeaways) == 9
    assert [name for name, one in takeaways.items() if one.refused] == ["dumps"]
    source = urlsplit(pack.sources["cert-misconduct"].url)
    assert f"{source.netloc}{source.path}" in (takeaways["dumps"].refused or "")


def test_the_article_keeps_its_words_and_order(pack: Pack) -> None:
    """Headings, paragraphs and lines of the article are literal and in its order."""
    article = pack.article
    headings = re.findall(r"^#+ (.+)$", ARTICLE, re.MULTILINE)
    assert [part.title for part in article.parts] == headings
    opening = ARTICLE.split("---\n", 2)[2].split("![", 1)[0].strip()
    assert article.text == opening.splitlines()
    lines = {part.title: [line.text for line in part.lines] for part in article.parts}
    for heading in ("Key takeaways", "Key topics"):
        assert lines[heading] == bullets(heading)
    for one in listed_resources():
        assert one.title in lines[one.section]


def test_every_line_of_the_article_opens_what_exists(pack: Pack) -> None:
    """Each line leads to its resource, its takeaway or its topic, and to no other."""
    opened = [line.opens for part in pack.article.parts for line in part.lines]
    assert opened == [
        *(f"/resources#{name}" for name in pack.resources.article),
        *(f"/takeaways#{name}" for name in pack.takeaways.takeaways),
        *(f"/learn/topics/{name}" for name in TOPIC_IDS),
    ]
    assert all(line.became for part in pack.article.parts for line in part.lines)


def test_topics_are_the_ten_of_the_article() -> None:
    """Each key topic has one file in the article's order; a stub says that it is not written."""
    files = {path.name: path for path in (SHIPPED / "topics").glob("*.md")}
    wanted = [f"{number:02d}-{name}.md" for number, name in enumerate(TOPIC_IDS, 1)]
    assert sorted(files) == wanted
    for name, line in zip(wanted, bullets("Key topics"), strict=True):
        text = files[name].read_text(encoding="utf-8")
        assert line in text
        assert ("written: false" in text) == ("not written yet" in text)


def test_blueprint_has_the_shape_of_the_guide(pack: Pack) -> None:
    """6 sections, 14 objectives, 52 considerations, and the weights as published (101 in all)."""
    sections = pack.blueprint.sections
    assert [section.weight for section in sections.values()] == [13, 16, 21, 20, 18, 13]
    counts = [
        sum(len(objective.considerations) for objective in section.objectives.values())
        for section in sections.values()
    ]
    assert counts == [9, 10, 12, 10, 5, 6]
    assert sum(counts) == 52
    assert sum(len(section.objectives) for section in sections.values()) == 14
    ids = [
        name
        for section in sections.values()
        for objective in section.objectives.values()
        for name in objective.considerations
    ]
    assert len(ids) == len(set(ids))
    assert all(len(section.short.split()) <= 3 for section in sections.values())


def test_exam_facts_carry_a_doubt_where_nobody_saw_the_page(pack: Pack) -> None:
    """Format and pass mark are those of the guide, and an unconfirmed fact says what is open."""
    head = pack.head
    assert (head.exam_items_min, head.exam_items_max, head.exam_minutes) == (50, 60, 120)
    assert head.pass_mark_assumed == 0.70
    for name, fact in head.facts.items():
        assert 10 <= len(fact.supports.split()) <= 25, name
        assert fact.status == "confirmed" or fact.doubt, name


def test_every_source_is_a_page(pack: Pack) -> None:
    """A source is the address of a page, never of a site, and no page stands there twice."""
    for name, source in pack.sources.items():
        parts = urlsplit(source.url)
        assert parts.scheme == "https", name
        assert parts.path.strip("/"), name
    urls = [source.url.rstrip("/") for source in pack.sources.values()]
    twice = {url for url in urls if urls.count(url) > 1}
    assert not twice


def test_names_are_short_lines_with_a_source(pack: Pack) -> None:
    """At least 45 services; each has a known source, one line on its use, and no old name twice."""
    assert len(pack.terms) >= 45
    for name, term in pack.terms.items():
        assert term.source in pack.sources, name
        assert len(term.for_what.split()) <= 28, name
        assert term.name not in {former.name for former in term.former}, name
    names = [term.name for term in pack.terms.values()]
    assert len(names) == len(set(names))


def test_frames_fit_their_sentences(pack: Pack) -> None:
    """Each frame has one delay of outcomes and one kind of caller, and its nouns stay short."""
    for name, frame in pack.frames.frames.items():
        tags = set(frame.tags)
        assert len(tags & {"label_prompt", "label_late"}) == 1, name
        assert len(tags & {"human_caller", "machine_caller"}) == 1, name
        for slot, text in frame.slots.items():
            most = {"org": 6, "miss_cost": 10, "alarm_cost": 10}.get(slot, 5)
            assert len(text.split()) <= most, f"{name}.{slot}: {text}"


def test_every_tag_that_a_shared_fact_needs_leaves_frames(pack: Pack) -> None:
    """A value of a shared fact can be told of at least three organizations."""
    for name, fact in pack.facts.facts.items():
        for value, told in fact.values.items():
            fitting = [f for f in pack.frames.frames.values() if set(told.needs) <= set(f.tags)]
            assert len(fitting) >= 3, f"{name}: {value}"


def test_crosswalk_covers_the_guides_since_2020(pack: Pack) -> None:
    """The four earlier guides lead to all of today's sections; published weights are kept."""
    guides = pack.crosswalk.guides
    assert list(guides) == ["2020", "2022", "2023", "2024"]
    for name, guide in guides.items():
        reached = {today for section in guide.sections.values() for today in section.today}
        assert reached == set(pack.blueprint.sections), name
    weights = [section.weight for section in guides["2024"].sections.values()]
    assert weights == [13, 14, 18, 20, 22, 13]


def test_four_weeks_hold_each_topic_once(pack: Pack) -> None:
    """The weeks of a plan are the article's road: every topic in one of them, mocks at the end."""
    weeks = pack.article.weeks

    assert [week.name for week in weeks] == [
        "ML basics", "Products and data", "Serving, MLOps, generative AI", "Mocks"
    ]  # fmt: skip
    assert sorted(topic for week in weeks for topic in week.topics) == sorted(pack.topics)
    assert weeks[-1].topics == []
