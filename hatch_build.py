"""Builds the extension module where there is a C compiler; without it the package works, only slower.

``CLEANTEXT_PURE=1`` leaves it out, for a wheel that fits every platform.
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

NAME = "cleantext._literals"
SOURCE = "cleantext/_literals.c"


class ExtensionHook(BuildHookInterface):
    """Compiles `SOURCE` into the package, and makes the wheel one for this platform."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """See hatchling."""
        if self.target_name != "wheel" or os.environ.get("CLEANTEXT_PURE"):
            return
        try:
            built = compile_extension(Path(self.root))
        except Exception as e:
            print(
                f"cleantext: no extension module ({type(e).__name__}: {e}): using hyperscan", file=sys.stderr
            )
            return
        if version == "editable":
            return  # it lies where it is imported from
        build_data["pure_python"] = False
        build_data["infer_tag"] = True
        build_data["force_include"][str(built)] = f"cleantext/{built.name}"


def compile_extension(root: Path) -> Path:
    """The compiled module, placed beside its source. Raises what setuptools raises."""
    from setuptools import Distribution, Extension

    # the same bytes from the same compiler, wherever the sources lie
    flags = [] if sys.platform == "win32" else ["-O3", "-g0", f"-ffile-prefix-map={root}=."]
    extension = Extension(NAME, [SOURCE], extra_compile_args=flags)
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as scratch:
        os.chdir(root)
        try:
            command = Distribution({"name": "cleantext", "ext_modules": [extension]}).get_command_obj(
                "build_ext"
            )
            command.build_lib = scratch
            command.build_temp = scratch
            command.ensure_finalized()
            command.run()
        finally:
            os.chdir(before)
        name = "_literals" + (sysconfig.get_config_var("EXT_SUFFIX") or ".so")
        target = root / "cleantext" / name
        partial = target.with_suffix(".partial")
        shutil.copyfile(Path(scratch) / "cleantext" / name, partial)
        os.replace(partial, target)
        return target


if __name__ == "__main__":
    print(compile_extension(Path(__file__).parent))
