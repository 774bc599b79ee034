"""Pictures are decoded in a process of its own, one at a time, with limits on memory and time; here it is started and heard."""

import errno
import fcntl
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO, Any

from django.conf import settings
from django.utils.translation import gettext as _

from media import decoding

PROGRAM = Path(decoding.__file__)
PATIENCE, LONG_PATIENCE = 60.0, 600.0
"""Seconds to wait for one's turn: somebody who uploads, and the worker."""
LONGEST = 300.0
"""Seconds by the clock after which a picture is given up, on a machine that has no time for it."""
OFTEN = 0.05
PASSING = {"busy": errno.EAGAIN, "full": errno.ENOSPC}
"""Reasons that are the machine's and not the picture's."""


class NotTaken(ValueError):
    """A picture that cannot be taken: as a text it can be read back, and `sentence` is for people, in their language."""

    def __init__(self, why: str, **numbers: int | str) -> None:
        super().__init__(json.dumps([why, numbers], ensure_ascii=False))
        self.why, self.numbers = why, numbers

    @classmethod
    def read(cls, text: str) -> "NotTaken":
        """Return what such a text was made of; ValueError when it is no such text."""
        why, numbers = json.loads(text)
        return cls(why, **numbers)

    @property
    def sentence(self) -> str:
        """The reason and what to do."""
        return sentences().get(self.why, sentences()["broken"]) % self.numbers


def sentences() -> dict[str, str]:
    """Return the reasons in words."""
    return {
        "broken": _("图片文件坏了或不完整，读不到底。请重新导出或重新扫描后再上传。"),
        "format": _("这不是能收的图片。请用 JPEG、PNG、WebP 或 GIF。"),
        "extension": _("扩展名是 .%(extension)s，内容却是 %(format)s。请改成相符的扩展名。"),
        "pixels": _("图片有 %(millions)s 百万像素；这一类图片最多 %(most)s 百万。请缩小后再上传。"),
        "frames": _("动图有 %(frames)s 帧，各帧像素合计超过 %(most)s 百万。请减少帧数或缩小尺寸。"),
        "heavy": _("处理这张图片要用的内存太多。请缩小，或另存为普通（非渐进）的 JPEG。"),
        "slow": _("处理这张图片要用的时间太长。请缩小后再上传。"),
        "large": _("文件有 %(megabytes)s MB；最多 %(most)s MB。"),
        "busy": _("服务器正忙着处理别的图片。请过一会儿再上传。"),
        "full": _("服务器的磁盘满了，图片没有存下。请告诉管理员。"),
    }


@contextmanager
def one_at_a_time(patience: float) -> Iterator[None]:
    """Hold the only place on this machine; NotTaken when none is free in so many seconds."""
    Path(settings.MEDIA_ROOT).mkdir(parents=True, exist_ok=True)
    end = time.monotonic() + patience
    with (Path(settings.MEDIA_ROOT) / ".decoding").open("w") as place:
        while True:
            try:
                fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > end:
                    raise NotTaken("busy") from None
                time.sleep(OFTEN)
        yield


def run(file: IO[bytes], arguments: list[str], patience: float) -> dict[str, Any]:
    """Run the program over a file and return what it said; NotTaken when it refuses, or when it came to an end of its own."""
    with TemporaryFile() as copy:
        shutil.copyfileobj(file, copy)
        copy.seek(0)
        with one_at_a_time(patience):
            command = [sys.executable, "-I", str(PROGRAM), *arguments]
            try:
                done = subprocess.run(command, stdin=copy, capture_output=True, timeout=LONGEST, check=False)  # noqa: S603
            except subprocess.TimeoutExpired:
                raise NotTaken("slow") from None
    return heard(done)


def heard(done: "subprocess.CompletedProcess[bytes]") -> dict[str, Any]:
    """Return what the program said; killed by its limit on time it says nothing, nor when no memory is left even for that."""
    try:
        said: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        raise NotTaken("heavy" if done.returncode >= 0 else "slow") from None
    if why := said.get("refused"):
        raise NotTaken(why, **said["numbers"])
    return said


def check(file: IO[bytes], name: str) -> dict[str, Any]:
    """Return format, width and height of a picture that can be read to its end and is within the limits; else NotTaken."""
    try:
        file.seek(0, 2)
        if file.tell() > (most := settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE):
            raise NotTaken("large", megabytes=file.tell() >> 20, most=most >> 20)
        file.seek(0)
        said = run(file, ["check"], PATIENCE)
        file.seek(0)
    except OSError:
        raise NotTaken("full") from None
    extension, kind = Path(name).suffix.lower().lstrip("."), said["format"].replace("MPO", "JPEG")
    if extension.replace("jpg", "jpeg") != kind.lower():
        raise NotTaken("extension", extension=extension[:10], format=kind)
    return said


@dataclass(frozen=True)
class Size:
    """A picture in one size: WebP, and what it measures in pixels."""

    data: bytes
    width: int
    height: int


def reduced(file: IO[bytes], boxes: dict[int, tuple[int, int]]) -> dict[int, Size]:
    """Return a picture in several sizes, each within its box; NotTaken, or OSError when a disk is full."""
    with TemporaryDirectory() as folder:
        wanted = [f"{key}:{width}x{height}" for key, (width, height) in boxes.items()]
        try:
            sizes = run(file, ["reduce", folder, *wanted], LONG_PATIENCE)["sizes"]
        except NotTaken as reason:
            if passing := PASSING.get(reason.why):
                raise OSError(passing, os.strerror(passing)) from reason
            raise
        return {key: Size((Path(folder) / str(key)).read_bytes(), *sizes[str(key)]) for key in boxes}
