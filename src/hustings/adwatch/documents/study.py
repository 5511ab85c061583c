"""The study as PDF: pictures as SVG, figures in tables, what to bear in mind, and every source with its hash."""

import json
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

import typst

_TEMPLATE = Path(__file__).with_name("study.typ")


@dataclass(frozen=True, kw_only=True)
class StudyText:
    """Everything the paper says, in words; `kinds` and `lines` are rows of cells, `pictures` SVG texts."""

    title: str
    subtitle: str
    summary: tuple[str, ...]
    pictures: tuple[str, ...]
    kinds: tuple[tuple[str, ...], ...]
    lines: tuple[tuple[str, ...], ...]
    cautions: tuple[str, ...]
    faults: tuple[str, ...]
    sources: tuple[str, ...]
    left_out: tuple[str, ...]
    citation: str


def study_pdf(*, text: StudyText) -> bytes:
    """Set the paper; the words are handed over as data, so that nothing in an advertiser's name is taken for a command."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        said = asdict(text)
        said["pictures"] = []
        for number, picture in enumerate(text.pictures):
            name = f"picture-{number}.svg"
            (folder / name).write_text(picture, encoding="utf-8")
            said["pictures"].append(name)
        (folder / "study.json").write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
        (folder / "study.typ").write_text(_TEMPLATE.read_text(encoding="utf-8"), encoding="utf-8")
        return bytes(typst.compile(str(folder / "study.typ"), root=str(folder)))
