"""Solve hosting for two files, without an installation."""

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hustings.volunteers.hosting.importers.solver_files import Reject, read_hosts, read_travellers
from hustings.volunteers.hosting.rules.solving import Solution, solve


@dataclass(frozen=True, slots=True, kw_only=True)
class FilesSolved:
    """The solution for two files, the seconds that solving took (reading not counted), and the rows left out."""

    solution: Solution
    seconds: float
    rejects: tuple[Reject, ...]

    def plain(self) -> dict[str, Any]:
        """As JSON: `placed`, `bound`, `gap` (a share of the bound), `total_km`, `seconds`, `assignments`, `rejected`."""
        return {
            "placed": self.solution.placed,
            "bound": self.solution.bound,
            "gap": round(self.solution.gap, 6),
            "total_km": round(self.solution.total_km, 3),
            "seconds": round(self.seconds, 3),
            "assignments": [
                {"traveller": found.traveller, "host": found.host, "km": round(found.km, 3)}
                for found in self.solution.assignments
            ],
            "rejected": [
                {"file": reject.file, "line": reject.line, "reason": reject.reason, "row": dict(reject.row)}
                for reject in self.rejects
            ],
        }


def solve_files(*, hosts: Path, travellers: Path) -> FilesSolved:
    """Read both files and solve; raises `ImportRefused` and `UnreadableFile`."""
    host_rows, host_rejects = read_hosts(path=hosts)
    traveller_rows, traveller_rejects = read_travellers(path=travellers)
    begun = time.perf_counter()
    solution = solve(
        hosts=host_rows, travellers=traveller_rows, elapsed_s=lambda: time.perf_counter() - begun
    )
    return FilesSolved(
        solution=solution,
        seconds=time.perf_counter() - begun,
        rejects=(*host_rejects, *traveller_rejects),
    )
