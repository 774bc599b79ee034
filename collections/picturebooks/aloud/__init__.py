"""Read aloud by people: their recordings, sentence by sentence."""
