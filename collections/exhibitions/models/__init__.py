"""Exhibitions, their sections and exhibits, what is to be seen close on one, and the legs of those that travel."""

from exhibitions.models.exhibit import CloseUp, Exhibit
from exhibitions.models.exhibition import Exhibition
from exhibitions.models.leg import ItineraryLeg
from exhibitions.models.section import Hang, Section

__all__ = ["CloseUp", "Exhibit", "Exhibition", "Hang", "ItineraryLeg", "Section"]
