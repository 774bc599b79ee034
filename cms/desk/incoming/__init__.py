"""Tables on their way in, by the browser: uploaded, read, checked apart, looked at, mended, and brought in by the worker."""
