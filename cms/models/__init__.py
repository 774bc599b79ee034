"""What the library is made of; a subclass of Holding in a folder on the shelf is a kind."""

from cms.models.batch import ImportBatch
from cms.models.change import Action, Alteration, Change, Outcome, Way
from cms.models.citation import Citation
from cms.models.date import HistoricalDate
from cms.models.edition import Edition
from cms.models.former_number import FormerNumber
from cms.models.holding import Holding
from cms.models.incoming import HeadingChoice, Incoming, IncomingRow, NameChoice
from cms.models.name import Name
from cms.models.part import Part
from cms.models.prose import Prose
from cms.models.relation import Relation
from cms.models.removal import Removal
from cms.models.saved_view import SavedView
from cms.models.site_pages import Home, Shelf, TextPage
from cms.models.take_down import TakeDown
from cms.models.theme import Theme
from cms.models.uid import UidCounter

__all__ = [
    "Action",
    "Alteration",
    "Change",
    "Citation",
    "Edition",
    "FormerNumber",
    "HeadingChoice",
    "HistoricalDate",
    "Holding",
    "Home",
    "ImportBatch",
    "Incoming",
    "IncomingRow",
    "Name",
    "NameChoice",
    "Outcome",
    "Part",
    "Prose",
    "Relation",
    "Removal",
    "SavedView",
    "Shelf",
    "TakeDown",
    "TextPage",
    "Theme",
    "UidCounter",
    "Way",
]
