"""Records of the library as catalogue records of MARC 21, which come back as what they were."""
