"""What to read: our own cited articles, the shelf of other people's work, and the figures drawn into them."""

from easeoff.library.checking import ArticleFault, check_articles, is_overdue
from easeoff.library.figures import Figure, Stop, curve_figure, stop_at, stops
from easeoff.library.loading import articles_for, load_article, load_articles, reader_class, rendered
from easeoff.library.model import (
    DRUG_CLASSES,
    Article,
    Audience,
    Readers,
    Reference,
    Resource,
    Stance,
    Standing,
)
from easeoff.library.occupancy import checked_dose, medicines_with_curve, occupancy_curve
from easeoff.library.readability import HIGHEST_GRADE, article_grade, reading_age
from easeoff.library.references import load_references
from easeoff.library.rendering import Note, Rendered, figure_html, render_article
from easeoff.library.searching import find_articles, is_written
from easeoff.library.shelf import LANGUAGES, SHELVES, find_resources, kind_words, load_shelf
from easeoff.library.wording import AUDIENCE_WORDS, READERS_WORDS, STANCE_WORDS, STANDING_WORDS

__all__ = [
    "AUDIENCE_WORDS",
    "DRUG_CLASSES",
    "HIGHEST_GRADE",
    "LANGUAGES",
    "READERS_WORDS",
    "SHELVES",
    "STANCE_WORDS",
    "STANDING_WORDS",
    "Article",
    "ArticleFault",
    "Audience",
    "Figure",
    "Note",
    "Readers",
    "Reference",
    "Rendered",
    "Resource",
    "Stance",
    "Standing",
    "Stop",
    "article_grade",
    "articles_for",
    "check_articles",
    "checked_dose",
    "curve_figure",
    "figure_html",
    "find_articles",
    "find_resources",
    "is_overdue",
    "is_written",
    "kind_words",
    "load_article",
    "load_articles",
    "load_references",
    "load_shelf",
    "medicines_with_curve",
    "occupancy_curve",
    "reader_class",
    "reading_age",
    "render_article",
    "rendered",
    "stop_at",
    "stops",
]
