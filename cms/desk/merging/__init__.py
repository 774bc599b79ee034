"""Making one record of two of the same kind: what each says side by side, what refers to either, and the act itself."""
