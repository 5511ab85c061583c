"""Which functions can be reached from where: a graph of names, read from the source without running it."""

import ast
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src"

#: A module's full name, and a name at its top; `*` stands for whatever runs when it is imported.
Name = tuple[str, str]


@dataclass(frozen=True)
class UseCase:
    """A public function of a `usecases` module, with the names of its parameters."""

    module: str
    function: str
    parameters: frozenset[str]

    @property
    def label(self) -> str:
        """For people: `outreach.phonebank.save_bank`, with the file where it is called otherwise."""
        app, _, file = self.module.removeprefix("hustings.").partition(".usecases.")
        return f"{app}.{self.function}" if file == self.function else f"{app}.{file}.{self.function}"


class Reach:
    """Every name at the top of a module, and the names that it uses.

    A name counts as used wherever it stands in a function, a class or an assignment; what is looked up by a string is not seen.
    """

    def __init__(self) -> None:
        self._trees: dict[str, ast.Module] = {}
        for path in sorted((SOURCE / "hustings").rglob("*.py")):
            if "migrations" not in path.parts:
                module = ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__")
                self._trees[module] = ast.parse(path.read_text())
        self._imports: dict[str, dict[str, Name]] = {}
        self._at_top: dict[str, set[str]] = {}
        self._uses: dict[Name, set[Name]] = defaultdict(set)
        for module, tree in self._trees.items():
            self._read(module, tree)

    def use_cases(self) -> list[UseCase]:
        """Every public function of every `usecases` module."""
        return [
            UseCase(module, node.name, frozenset(one.arg for one in (*node.args.args, *node.args.kwonlyargs)))
            for module, tree in self._trees.items()
            if ".usecases." in module
            for node in tree.body
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
        ]

    def reached_from(self, *, is_start: Callable[[str], bool], is_direct: bool = False) -> set[Name]:
        """Every name that can be reached from the modules that are a start; if direct, not by way of another use case."""
        found: set[Name] = set()
        waiting = [
            (module, name) for module in self._trees if is_start(module) for name in self._at_top[module]
        ]
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += self._behind(name)
                if not (is_direct and ".usecases." in name[0]):
                    waiting += self._uses[name]
        return found

    def _behind(self, name: Name) -> Iterable[Name]:
        """Where a module has a name from that it only hands on."""
        module, short = name
        handed_on = self._imports.get(module, {}).get(short)
        return [] if handed_on is None else [handed_on]

    def _read(self, module: str, tree: ast.Module) -> None:
        imports: dict[str, Name] = {}
        words: dict[str, set[str]] = defaultdict(set)
        attributes: dict[str, set[Name]] = defaultdict(set)
        for statement in tree.body:
            for name in _names_of(statement):
                words[name] |= set()
                for node in ast.walk(statement):
                    if isinstance(node, ast.Name):
                        words[name].add(node.id)
                    elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                        attributes[name].add((node.value.id, node.attr))
                    elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("hustings"):
                        for alias in node.names:
                            imports[alias.asname or alias.name] = (node.module or "", alias.name)
        self._imports[module], self._at_top[module] = imports, set(words)
        for name, found in words.items():
            used = {imports[word] for word in found if word in imports}
            used |= {(module, word) for word in found if word not in imports and word in words}
            for owner, attribute in attributes[name]:
                if owner in imports:
                    used.add((".".join(imports[owner]), attribute))
            self._uses[module, name] |= used


def _names_of(node: ast.stmt) -> set[str]:
    """The names that a statement at the top of a module gives; `*` for one that gives none."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
        # A decorator runs at import, and makes the function part of a group of commands or of a page.
        return {node.name}
    if isinstance(node, ast.Assign):
        return {target.id for target in node.targets if isinstance(target, ast.Name)} or {"*"}
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        return {node.target.id}
    return {"*"}
