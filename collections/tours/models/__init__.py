"""What a guide tells, in which order, and what a tour leaves behind."""

from tours.models.account import OneTimePassword
from tours.models.code import Code
from tours.models.handing import Handing
from tours.models.pack import Pack
from tours.models.question import Question
from tours.models.run import Run, RunStop
from tours.models.script import Script
from tours.models.sending import Sending
from tours.models.stop import Stop
from tours.models.story import Story, StoryVersion
from tours.models.telling import Audience, Language, Length
from tours.models.tour import Tour

__all__ = [
    "Audience",
    "Code",
    "Handing",
    "Language",
    "Length",
    "OneTimePassword",
    "Pack",
    "Question",
    "Run",
    "RunStop",
    "Script",
    "Sending",
    "Stop",
    "Story",
    "StoryVersion",
    "Tour",
]
