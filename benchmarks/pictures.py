"""What broken and hostile pictures cost: `python benchmarks/pictures.py` decodes some two hundred, each in its own process.

Prints a table by kind: how many are taken, the most memory and CPU of one to be checked and to be made into all sizes. Ends with 1
when one takes more than the bar, and names it.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import broken_pictures
from media import decoding
from media.sizes import BOXES

KINDS = ("cut", "flipped", "disguised", "crooked", "huge", "honest")
MEGABYTES, SECONDS = 512, 10.0


def measured(picture: Path, folder: str) -> tuple[str, float, float]:
    """Return how a picture was answered, the megabytes at most and the seconds of CPU, to be made into its sizes."""
    with picture.open("rb") as file, tempfile.TemporaryFile() as out:
        boxes = [f"{key}:{width}x{height}" for key, (width, height) in BOXES.items()]
        program = subprocess.Popen(
            [sys.executable, "-I", decoding.__file__, "reduce", folder, *boxes], stdin=file, stdout=out, stderr=out
        )
        _, status, used = os.wait4(program.pid, 0)
        program.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        try:
            said = json.load(out).get("refused", "taken")
        except ValueError:
            said = f"ended {program.returncode}"
    return said, used.ru_maxrss / 1024, used.ru_utime + used.ru_stime


def write(folder: Path) -> None:
    """Write all of them in a process that ends: the memory that its parent has counts for a child, too."""
    for kind in KINDS:
        (folder / kind).mkdir()
        for name, data in getattr(broken_pictures, kind)():
            (folder / kind / name).write_bytes(data)


def row(kind: str, folder: Path, over: list[str]) -> str:
    """Measure the pictures of one kind and return their row; adds to `over` what takes too much."""
    answers: dict[str, int] = defaultdict(int)
    rows = []
    for file in sorted((folder / kind).iterdir()):
        with tempfile.TemporaryDirectory() as made:
            said, memory, seconds = measured(file, made)
        answers[said] += 1
        rows.append((memory, seconds, file.name))
        if memory > MEGABYTES or seconds > SECONDS:
            over.append(file.name)
    taken = answers.pop("taken", 0)
    reasons = ", ".join(f"{why} {count}" for why, count in sorted(answers.items())) or "-"
    memory, seconds = max(one[0] for one in rows), max(one[1] for one in rows)
    return f"| {kind} | {len(rows)} | {taken} | {reasons} | {memory:.0f} | {seconds:.1f} | {max(rows)[2]} |"


def main() -> int:
    """Measure all and print the table."""
    if len(sys.argv) > 1:
        write(Path(sys.argv[1]))
        return 0
    over: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, __file__, folder], check=True)
        print(
            "| kind | files | taken | refused for | MB at most | CPU s at most | most memory |\n|---|---|---|---|---|---|---|"
        )
        for kind in KINDS:
            print(row(kind, Path(folder), over), flush=True)
    print(f"\nover {MEGABYTES} MB or {SECONDS:.0f} s: {', '.join(over) or 'none'}")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
