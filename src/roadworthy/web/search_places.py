"""What search offers beside the pack: the pages of the program, and what can be done on them."""

from __future__ import annotations

from collections.abc import Iterator

from roadworthy.pack.search_document import Document

# (title, words, path). What a page does not have yet is left out by its route.
PAGES = (
    ("Today", "Steps of the day, minutes, what each gains, what is left out, readiness", "/today"),
    ("Plan", "The calendar of days and minutes up to the exam", "/plan"),
    ("Print the plan", "All days with their steps, to tick on paper", "/plan/print"),
    ("Learn", "Lessons of all topics, and where you stand", "/learn"),
    ("Mocks", "Mock exams: full, half, short; the ones you took", "/mocks"),
    ("The record", "Each forecast beside what came, mocks and real exams apart", "/mocks/record"),
    ("The exam", "What to bring, until when the date moves, retakes, how it went", "/exam"),
    ("Progress", "Readiness over time, every rule, misses, how sure you were", "/progress"),
    ("Map", "Which product serves which stage of a model's life", "/learn/map"),
    ("Play the map", "Place each product on its stage", "/learn/map/play"),
    ("Cheat sheet", "Every product in one line, with its old names", "/learn/cheat-sheet"),
    ("Numbers and words to know", "Limits to type from memory", "/learn/limits"),
    (
        "Easiest that holds",
        "Designs by effort, then a constraint that strikes",
        "/learn/ladders",
    ),
    ("Labs", "Systems that run here, broken on purpose: mend them, checks say why", "/labs"),
    ("The article", "What all this grew from, line by line", "/article"),
    ("Resources", "Books, courses and pages of the article, rated", "/resources"),
    ("Takeaways", "The article's advice, and what each became", "/takeaways"),
    ("A topic I saw named", "Whether a topic of a post is covered, or a gap", "/takeaways/named"),
    ("How the numbers are made", "The method: model, forecast, assumptions", "/how-it-works"),
    ("The reading coach", "Its steps before long items, how they went, on or off", "/coach"),
    ("Advise", "Bring a question: which options fall, and why", "/advise"),
    ("Glossary", "The words of this program", "/glossary"),
    ("Notes", "Your notes and bookmarks, the newest first", "/notes"),
    ("Keys", "Every key of every page, keyboard shortcuts", "/keys"),
    ("Settings", "What the plan and the forecast use; colors and keys", "/settings"),
    ("Your data", "Export your answers and misses, import other items and answers", "/your-data"),
    ("What changed in the content", "Rules and keys since the version before", "/pack-changes"),
    ("Search", "Find lessons, rules, products, pages and commands", "/search"),
)
COMMANDS = (
    ("Start tonight's session", "Practice: the next step of today, by its Start button", "/today"),
    ("Take a mock exam", "50 questions in 120 minutes, or fewer, by the blueprint", "/mocks"),
    ("Enter how the exam went", "Passed or failed, and what felt weak", "/exam#went"),
    ("Take more time today", "20 more minutes, and what comes back for them", "/today?more=20"),
    (
        "Change the exam date",
        "Setting: date of the exam; the plan is made again",
        "/settings#exam-date",
    ),
    ("Change the minutes a day", "Setting: minutes and days off", "/settings#plan-title"),
    (
        "Say what you had done before",
        "Setting: experience by section of the exam",
        "/settings#plan-title",
    ),
    ("Change the assumed pass mark", "Setting: percent right to pass", "/settings#pass-mark"),
    (
        "Change the share without items",
        "Setting: part of the exam that has none here",
        "/settings#outside-share",
    ),
    (
        "Light or dark colors",
        "Setting: theme as this computer has it, light or dark",
        "/settings#keys",
    ),
    ("Change the text size", "Setting: larger letters on all pages", "/settings#keys"),
    ("Use it on your phone", "roadworthy serve --lan, and a code to pair", "/settings#phone"),
    ("Switch single-letter keys on or off", "Setting: keyboard shortcuts", "/settings#keys"),
    (
        "Back up your answers",
        "A copy is made each day and seven are kept. By hand, in a terminal: "
        "roadworthy journal backup. To bring one back: roadworthy journal restore.",
        "/settings#where",
    ),
    (
        "Export your answers",
        "As a spreadsheet, JSON, a deck for Anki, or a sheet of misses. The whole journal: in a "
        "terminal, roadworthy journal export and roadworthy journal import.",
        "/your-data",
    ),
    (
        "Import items or answers",
        "From CSV or JSON with their provenance; they stay out of the forecast",
        "/your-data#import",
    ),
    (
        "Put the plan into your calendar",
        "As an iCalendar file for a phone or a desk; a new plan moves its events",
        "/your-data",
    ),
    ("Practice the rules of a decision", "Choose one on the map of rules", "/progress#map-title"),
    (
        "Read for your weakest sections",
        "Resources in the order of what your answers say, each with the reason",
        "/resources?order=need",
    ),
    ("Drill numbers and words", "Type limits from memory", "/learn/limits"),
    ("Find your notes and bookmarks", "What you wrote down, and where", "/notes"),
    ("See your open misses", "What you believed, and what is true", "/progress#beliefs-title"),
)


def place_documents() -> Iterator[Document]:
    """Pages and commands as things to find."""
    for title, words, path in COMMANDS:
        yield Document("command", title, words, (path,))
    for title, words, path in PAGES:
        yield Document("page", title, words, (path,))
