"""Books in from folders of the African Storybook's form: two languages side by side, pictures beside them."""

from picturebooks.importing.errors import BookRefused
from picturebooks.importing.running import DIFFERENT, NEW, SAME, UPDATED, Outcome, bring_in

__all__ = ["DIFFERENT", "NEW", "SAME", "UPDATED", "BookRefused", "Outcome", "bring_in"]
