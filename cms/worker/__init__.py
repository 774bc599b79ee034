"""The one worker: what takes longer than a request, what must survive a kill, and what comes with the clock."""
