# SPDX-License-Identifier: MIT
"""The machines that a library may be made for: how programs for them are built
and run, here.  What runs under an emulator is not timed; its instructions are
counted."""
import os
import shutil
import struct
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))
SPECS = os.path.join(HERE, "..", "tools", "ci", "i686-cross.specs")


class Machine:
    """COMPILER with its flags; Debian's ARCHITECTURE, in the release SUITE if this one has
    it not; the EMULATOR and the root of its libraries, if programs need one."""

    def __init__(self, name, compiler, architecture=None, emulator=None, suite=None):
        self.name, self.compiler, self.architecture = name, compiler, architecture
        self.emulator, self.suite = emulator, suite
        cpu = compiler[0].split("-")[0] if architecture else os.uname().machine
        # What testsuite/generator calls it.
        self.cpu = "armhf" if architecture == "armhf" else cpu
        self.runner = [emulator, "-L", "/usr/" + compiler[0].removesuffix("-gcc")] \
            if emulator else []

    def counting(self, plugin, log):
        """The command that runs programs and writes counts of instructions to LOG; None if
        there is no such emulator.  What runs natively can be counted, too."""
        emulator = self.emulator or "qemu-" + self.name
        if shutil.which(emulator) is None:
            return None
        return [emulator, "-plugin", plugin, "-d", "plugin", "-D", log, *self.runner[1:]]


def arm(flags):
    """EF_ARM_ABI_FLOAT_HARD tells Debian's two architectures apart."""
    suffix, architecture = ("eabihf", "armhf") if flags & 0x400 else ("eabi", "armel")
    return Machine("arm", [f"arm-linux-gnu{suffix}-gcc"], architecture, "qemu-arm")


# By e_machine of the ELF header, with e_flags.
MACHINES = {
    3: lambda flags: Machine("i386", ["i686-linux-gnu-gcc", "-specs=" + SPECS], "i386"),
    40: arm,
    21: lambda flags: Machine("ppc64le", ["powerpc64le-linux-gnu-gcc"], "ppc64el",
                              "qemu-ppc64le"),
    22: lambda flags: Machine("s390x", ["s390x-linux-gnu-gcc"], "s390x", "qemu-s390x"),
    183: lambda flags: Machine("aarch64", ["aarch64-linux-gnu-gcc"], "arm64",
                               "qemu-aarch64"),
    243: lambda flags: Machine("riscv64", ["riscv64-linux-gnu-gcc"], "riscv64",
                               "qemu-riscv64", suite="trixie"),
}


def of_library(path):
    """The machine of the library at PATH; anything unknown is this one."""
    with open(path, "rb") as file:
        header = file.read(64)
    order = ">" if header[5] == 2 else "<"
    machine, = struct.unpack_from(order + "H", header, 18)
    flags, = struct.unpack_from(order + "I", header, 36 if header[4] == 1 else 48)
    if machine in MACHINES:
        return MACHINES[machine](flags)
    return Machine(os.uname().machine, os.environ.get("CC", "cc").split())


def distribution_library(machine, directory):
    """Debian's libffi.so.8 for another MACHINE, unpacked below DIRECTORY once."""
    root = os.path.join(directory, machine.architecture)
    def found():
        return [os.path.join(at, "libffi.so.8") for at, _, files in os.walk(root)
                if "libffi.so.8" in files]
    if not found():
        suite = {"FFI_SUITE": machine.suite} if machine.suite else {}
        subprocess.run([os.path.join(HERE, "..", "tools", "foreign-root"), root,
                        machine.architecture, "libffi8"], check=True,
                       stdout=subprocess.DEVNULL, env={**os.environ, **suite})
    return found()[0]
