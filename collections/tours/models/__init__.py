"""What a guide tells, in which order, and what a tour leaves behind."""

from tours.models.code import Code
from tours.models.pack import Pack
from tours.models.question import Question
from tours.models.run import Run, RunStop
from tours.models.script import Script
from tours.models.stop import Stop
from tours.models.story import Story, StoryVersion
from tours.models.telling import Audience, Language, Length
from tours.models.tour import Tour

__all__ = [
    "Audience",
    "Code",
    "Language",
    "Length",
    "Pack",
    "Question",
    "Run",
    "RunStop",
    "Script",
    "Stop",
    "Story",
    "StoryVersion",
    "Tour",
]
