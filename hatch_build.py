"""Builds the extension modules where there is a C compiler; without them the package works, only slower.

``CLEANTEXT_PURE=1`` leaves them out, for a wheel that fits every platform.
"""

from __future__ import annotations

import os
import shutil
import sys
import sysconfig
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

#: Each `cleantext/_NAME.c` is a module `cleantext._NAME`.
SOURCES = "cleantext/_*.c"


class ExtensionHook(BuildHookInterface):
    """Compiles `SOURCES` into the package, and makes the wheel one for this platform."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """See hatchling."""
        if self.target_name != "wheel" or os.environ.get("CLEANTEXT_PURE"):
            return
        try:
            built = compile_extensions(Path(self.root))
        except Exception as e:
            print(
                f"cleantext: no extension modules ({type(e).__name__}: {e}): using hyperscan", file=sys.stderr
            )
            return
        if version == "editable":
            return  # they lie where they are imported from
        build_data["pure_python"] = False
        build_data["infer_tag"] = True
        for path in built:
            build_data["force_include"][str(path)] = f"cleantext/{path.name}"


def compile_extensions(root: Path) -> list[Path]:
    """The compiled modules, placed beside their sources: all of them or none. Raises what setuptools raises."""
    from setuptools import Distribution, Extension

    # the same bytes from the same compiler, wherever the sources lie
    flags = [] if sys.platform == "win32" else ["-O3", "-g0", f"-ffile-prefix-map={root}=."]
    names = sorted(path.stem for path in root.glob(SOURCES))
    modules = [Extension(f"cleantext.{n}", [f"cleantext/{n}.c"], extra_compile_args=flags) for n in names]
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as scratch:
        os.chdir(root)
        try:
            command = Distribution({"name": "cleantext", "ext_modules": modules}).get_command_obj("build_ext")
            command.build_lib = scratch
            command.build_temp = scratch
            command.ensure_finalized()
            command.run()
        finally:
            os.chdir(before)
        return [
            _put(Path(scratch), root, n + (sysconfig.get_config_var("EXT_SUFFIX") or ".so")) for n in names
        ]


def _put(scratch: Path, root: Path, name: str) -> Path:
    """Puts a module in its place at once: somebody may be importing it."""
    target = root / "cleantext" / name
    partial = target.with_suffix(f".{os.getpid()}.partial")  # two may build at once
    shutil.copyfile(scratch / "cleantext" / name, partial)
    os.replace(partial, target)
    return target


if __name__ == "__main__":
    for path in compile_extensions(Path(__file__).parent):
        print(path)
