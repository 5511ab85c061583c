"""Run benchmarks one after another, each in a process and a home of its own."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent


def names() -> list[str]:
    """Every benchmark: a module of this folder with a `run` function."""
    return sorted(
        path.stem
        for path in HERE.glob("*.py")
        if not path.stem.startswith("_") and "\ndef run(" in path.read_text()
    )


def main(wanted: list[str]) -> int:
    """Run the wanted benchmarks, or all; the exit code says whether every one ran."""
    known = names()
    if unknown := [name for name in wanted if name not in known]:
        print(f"There is no benchmark {', '.join(unknown)}. There are: {', '.join(known)}.", file=sys.stderr)
        return 2
    failed = []
    for name in wanted or known:
        print(f"\n== {name}", flush=True)
        started = time.perf_counter()
        with tempfile.TemporaryDirectory(prefix="hustings-bench-") as folder:
            env = {
                **os.environ,
                "HUSTINGS_HOME": f"{folder}/home",
                "HUSTINGS_KEYS": f"{folder}/keys",
                "HUSTINGS_MODE": os.environ.get("HUSTINGS_MODE", "test"),
                "DJANGO_SETTINGS_MODULE": "hustings.project.settings",
                "HUSTINGS_DATA": os.environ.get("HUSTINGS_DATA", str(HERE.parent.parent / "shared" / "data")),
            }
            program = f"from bench.{name} import run; run()"
            if subprocess.run(
                [sys.executable, "-c", program], env=env, cwd=HERE.parent, check=False
            ).returncode:
                failed.append(name)
        print(f"   {name} took {time.perf_counter() - started:.0f} s", flush=True)
    if failed:
        print(f"\nFailed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
