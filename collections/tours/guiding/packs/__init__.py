"""Packs: what a guide walks off with, on paper or in one file, and whether it is still true."""
