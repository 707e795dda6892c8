# SPDX-License-Identifier: MIT
"""Which compiler it is, and programs built with it."""
import os
import shlex
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))


class Compiler:
    """COMMAND may have options, for example "gcc -m32"."""

    def __init__(self, command):
        self.command = shlex.split(command)
        self.name = command
        macros = self._macros()
        self.family = "clang" if "__clang__" in macros else "gcc"
        self.version = int(macros["__clang_major__" if self.family == "clang"
                                  else "__GNUC__"])
        self.cpu = next((cpu for cpu, macro in (
            ("x86_64", "__x86_64__"), ("i686", "__i386__"), ("aarch64", "__aarch64__"),
            ("armhf", "__ARM_PCS_VFP"), ("arm", "__arm__"),
            ("powerpc64", "__powerpc64__"),
            ("riscv64", "__riscv_float_abi_double"), ("s390x_vx", "__VX__"), ("s390x", "__s390x__")) if macro in macros), "unknown")

    def _macros(self):
        out = subprocess.run([*self.command, "-dM", "-E", "-x", "c", os.devnull],
                             check=True, stdout=subprocess.PIPE, text=True).stdout
        return dict((line.split(None, 2) + [""])[1:3] for line in out.splitlines())

    def compile(self, flags):
        """Compile with FLAGS; returns the complaints, or None."""
        done = subprocess.run([*self.command, *flags], stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, check=False)
        return None if done.returncode == 0 else done.stdout
