"""SQLite alone: FTS5 with trigrams, LIKE for words that have fewer than three characters, facets by GROUP BY."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from benchmarks.questions import Question
from search.document import FACETS, Document

TABLES = """
CREATE TABLE passage (id INTEGER PRIMARY KEY, title TEXT, names TEXT, text TEXT);
CREATE TABLE value (id INTEGER, facet TEXT, value, PRIMARY KEY (id, facet, value)) WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5(title, names, text, content='passage', content_rowid='id', tokenize='trigram');
CREATE TEMP TABLE found (id INTEGER PRIMARY KEY, worth REAL);
"""
LIKE = "(p.title LIKE ? OR p.names LIKE ? OR p.text LIKE ?)"


class Trigrams:
    """One file: passages, the values of their facets, and trigrams; it knows no variants and no names."""

    title = "SQLite FTS5 trigram"
    understand = None

    def __init__(self, place: Path) -> None:
        self.file = place / "fts5.sqlite3"
        self.base = sqlite3.connect(self.file)
        self.base.executescript(TABLES)

    def build(self, documents: Iterable[Document]) -> None:
        """Put all in, then make the trigrams at once."""
        with self.base as base:
            for document in documents:
                texts = (document.title, "\n".join([*document.names, document.title_en]), document.text)
                base.execute("INSERT INTO passage VALUES (?, ?, ?, ?)", (document.id, *texts))
                values = [(document.id, facet, value) for facet, read in FACETS.items() for value in read(document)]
                base.executemany("INSERT INTO value VALUES (?, ?, ?)", values)
            base.execute("INSERT INTO words (words) VALUES ('rebuild')")
        self.base.execute("ANALYZE")

    def _find(self, question: Question) -> str:
        """Fill the table of hits; what must match is returned, empty when all words are short."""
        match = " AND ".join(f'"{word}"' for word in question.words if len(word) > 2)
        short = [word for word in question.words if len(word) <= 2]
        where, values = [LIKE] * len(short), [f"%{word}%" for word in short for _ in range(3)]
        for facet, wanted in (("kinds", question.kinds), ("places", question.places)):
            if wanted:
                marks = ", ".join("?" * len(wanted))
                where.append(f"p.id IN (SELECT id FROM value WHERE facet = '{facet}' AND value IN ({marks}))")
                values += wanted
        source, worth = "passage p", "0"
        if match:
            source, worth = "words JOIN passage p ON p.id = words.rowid", "bm25(words, 10, 5, 1)"
            where, values = ["words MATCH ?", *where], [match, *values]
        self.base.execute("DELETE FROM found")
        self.base.execute(f"INSERT INTO found SELECT p.id, {worth} FROM {source} WHERE {' AND '.join(where)}", values)
        return match

    def _counted(self, question: Question) -> tuple[str, int, list[int]]:
        match = self._find(question)
        total = self.base.execute("SELECT count(*) FROM found").fetchone()[0]
        self.base.execute("SELECT facet, value, count(*) FROM found JOIN value USING (id) GROUP BY 1, 2").fetchall()
        ids = [row[0] for row in self.base.execute("SELECT id FROM found ORDER BY worth, id LIMIT 20")]
        return match, total, ids

    def ask(self, question: Question) -> int:
        """Twenty hits, total, facets."""
        return self._counted(question)[1]

    def page(self, question: Question) -> int:
        """Fetch the hits too, with FTS5's own snippets, or eighty characters around the word where LIKE found it."""
        match, total, ids = self._counted(question)
        marks = ", ".join("?" * len(ids))
        if match:
            shown = "snippet(words, 2, '[', ']', '…', 64) FROM words JOIN passage p ON p.id = words.rowid"
            where, values = f"words MATCH ? AND words.rowid IN ({marks})", [match]
        else:
            shown, where = "substr(p.text, max(1, instr(p.text, ?) - 16), 80) FROM passage p", f"p.id IN ({marks})"
            values = [question.words[0]]
        self.base.execute(f"SELECT p.title, p.names, {shown} WHERE {where}", [*values, *ids]).fetchall()
        return total

    def suggest(self, typed: str) -> object:
        """Titles and names that have it in them, those that begin with it first."""
        return self.base.execute(
            "SELECT id, title FROM passage WHERE title LIKE ?1 OR names LIKE ?1 "
            "ORDER BY title NOT LIKE ?2, length(title), id LIMIT 8",
            (f"%{typed}%", f"{typed}%"),
        ).fetchall()

    def ids(self, text: str, *, exact: bool) -> set[int]:
        """All hits."""
        self._find(Question((text,)))
        return {row[0] for row in self.base.execute("SELECT id FROM found")}

    def megabytes(self) -> str:
        """The file, texts and all."""
        return f"{self.file.stat().st_size / 1e6:.1f}"

    def server(self) -> float:
        """No server."""
        return 0.0

    def close(self) -> None:
        """Close the file."""
        self.base.close()
