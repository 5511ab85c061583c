"""The small language in which mailings and service messages are written.

``{{ name }}`` puts a field in; ``{{ name or "friend" }}`` says what stands there when it is empty;
``{% if ward_name %} … {% else %} … {% endif %}`` (also ``{% if not … %}``) keeps or leaves out a passage.
There is nothing else: no filters, no loops, no look-ups. So the parts of a message that are the same for
everybody are known before the first recipient is, and a message to 10,000 people is written once
(docs/algorithms/delivery.md).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

_TAG = re.compile(r"\{\{(?P<field>.*?)\}\}|\{%(?P<tag>.*?)%\}", re.DOTALL)
_FIELD = re.compile(
    r"\s*(?P<name>[a-z][a-z0-9_]*)\s*(?:\bor\s*(?P<quote>[\"'“”])(?P<default>.*?)[\"'“”]\s*)?", re.DOTALL
)
_IF = re.compile(r"\s*if\s+(?P<no>not\s+)?(?P<name>[a-z][a-z0-9_]*)\s*")


class TemplateFault(ValueError):
    """A template does not follow the language; says the line and what to change."""

    def __init__(self, *, line: int, sentence: str) -> None:
        super().__init__(f"Line {line}: {sentence}")
        self.line = line
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class FieldReference:
    """A place where a field goes in, with what stands there when the field is empty."""

    name: str
    default: str = ""


@dataclass(frozen=True, slots=True)
class _Passage:
    """An `if`: two lists of nodes and the field that chooses between them."""

    name: str
    when_set: tuple[_Node, ...]
    when_empty: tuple[_Node, ...]


_Node = str | FieldReference | _Passage


@dataclass(frozen=True, slots=True)
class Template:
    """A parsed template: its fields and conditions are known, its passages not yet chosen."""

    nodes: tuple[_Node, ...]

    @property
    def fields(self) -> frozenset[str]:
        """Names of every field that may be put in, in whichever branch."""
        return frozenset(node.name for node in _walk(self.nodes) if isinstance(node, FieldReference))

    @property
    def conditions(self) -> tuple[str, ...]:
        """Names that some `if` asks about, sorted; their truth values in this order are the branch vector."""
        return tuple(sorted({node.name for node in _walk(self.nodes) if isinstance(node, _Passage)}))

    def resolve(self, *, branch: Mapping[str, bool]) -> tuple[str | FieldReference, ...]:
        """The text and fields that remain once every `if` is decided by `branch` (condition → is it set)."""
        pieces: list[str | FieldReference] = []
        for node in _choose(self.nodes, branch):
            if isinstance(node, str) and pieces and isinstance(pieces[-1], str):
                pieces[-1] += node
            else:
                pieces.append(node)
        return tuple(pieces)

    def resolve_text(self, *, branch: Mapping[str, bool], field: Callable[[FieldReference], str]) -> str:
        """The text that remains, each field replaced by what `field` answers for it."""
        return "".join(
            piece if isinstance(piece, str) else field(piece) for piece in self.resolve(branch=branch)
        )


def parse_template(*, source: str, known: Iterable[str] | None = None) -> Template:
    """Parse `source`, or raise TemplateFault; with `known`, a field or condition outside it is a fault
    too.
    """
    allowed = None if known is None else frozenset(known)
    stack: list[_Open] = [_Open(name="", negated=False, line=1)]
    position = 0
    for match in _TAG.finditer(source):
        line = source.count("\n", 0, match.start()) + 1
        _refuse_stray(source[position : match.start()], source.count("\n", 0, position) + 1)
        start, end = match.span()
        if match["tag"] is not None:
            start, end = _whole_line(source, start, end)
        stack[-1].add(source[position : max(start, position)])
        position = end
        if match["field"] is not None:
            stack[-1].nodes.append(_field(match["field"], line, allowed))
        else:
            _tag(match["tag"], line, stack, allowed)
    _refuse_stray(source[position:], source.count("\n", 0, position) + 1)
    stack[-1].add(source[position:])
    if len(stack) > 1:
        raise TemplateFault(
            line=stack[-1].line, sentence="this {% if %} has no {% endif %}. Add one where the passage ends."
        )
    return Template(nodes=tuple(stack[0].nodes))


class _Open:
    """A list of nodes under construction: the whole template, or one side of an `if`."""

    def __init__(self, *, name: str, negated: bool, line: int) -> None:
        self.name = name
        self.negated = negated
        self.line = line
        self.nodes: list[_Node] = []
        self.first: tuple[_Node, ...] | None = None

    def add(self, text: str) -> None:
        if text:
            self.nodes.append(text)

    def close(self) -> _Passage:
        yes, no = (tuple(self.nodes), ()) if self.first is None else (self.first, tuple(self.nodes))
        if self.negated:
            yes, no = no, yes
        return _Passage(name=self.name, when_set=yes, when_empty=no)


def _field(inner: str, line: int, allowed: frozenset[str] | None) -> FieldReference:
    match = _FIELD.fullmatch(inner)
    if match is None:
        raise TemplateFault(
            line=line,
            sentence=f"“{{{{{inner}}}}}” is not a field. "
            'Write {{ first_name }}, or {{ first_name or "friend" }}.',
        )
    _refuse_unknown(match["name"], line, allowed)
    return FieldReference(name=match["name"], default=match["default"] or "")


def _tag(inner: str, line: int, stack: list[_Open], allowed: frozenset[str] | None) -> None:
    word = inner.strip()
    if match := _IF.fullmatch(inner):
        _refuse_unknown(match["name"], line, allowed)
        stack.append(_Open(name=match["name"], negated=bool(match["no"]), line=line))
    elif word == "else" and len(stack) > 1 and stack[-1].first is None:
        stack[-1].first = tuple(stack[-1].nodes)
        stack[-1].nodes = []
    elif word == "endif" and len(stack) > 1:
        passage = stack.pop().close()
        stack[-1].nodes.append(passage)
    else:
        raise TemplateFault(
            line=line,
            sentence=f"“{{%{inner}%}}” is not understood here. "
            "Use {% if name %}, {% else %} and {% endif %}.",
        )


def _refuse_unknown(name: str, line: int, allowed: frozenset[str] | None) -> None:
    if allowed is not None and name not in allowed:
        choices = ", ".join(sorted(allowed)) or "none"
        raise TemplateFault(
            line=line, sentence=f"there is no field “{name}” here. The fields are: {choices}."
        )


def _refuse_stray(text: str, first_line: int) -> None:
    for mark in ("{{", "}}", "{%", "%}"):
        if (at := text.find(mark)) >= 0:
            raise TemplateFault(
                line=first_line + text.count("\n", 0, at),
                sentence=f"“{mark}” stands alone. "
                "Fields are written {{ name }} and conditions {% if name %}.",
            )


def _whole_line(source: str, start: int, end: int) -> tuple[int, int]:
    """A tag alone on its line takes the line with it, so that a passage left out leaves no empty line
    behind.
    """
    before = source.rfind("\n", 0, start) + 1
    after = source.find("\n", end)
    after = len(source) if after < 0 else after + 1
    if source[before:start].strip() or source[end:after].strip():
        return start, end
    return before, after


def _walk(nodes: Iterable[_Node]) -> Iterable[_Node]:
    for node in nodes:
        yield node
        if isinstance(node, _Passage):
            yield from _walk(node.when_set)
            yield from _walk(node.when_empty)


def _choose(nodes: Iterable[_Node], branch: Mapping[str, bool]) -> Iterable[str | FieldReference]:
    for node in nodes:
        if isinstance(node, _Passage):
            yield from _choose(node.when_set if branch[node.name] else node.when_empty, branch)
        else:
            yield node
