# SPDX-License-Identifier: MIT
"""The machines that a library may be made for: how programs for them are built
and run, here.  What runs under an emulator is not timed; its instructions are
counted."""
import os
import struct
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))
SPECS = os.path.join(HERE, "..", "tools", "ci", "i686-cross.specs")


class Machine:
    """COMPILER with its flags; Debian's ARCHITECTURE; the EMULATOR and the root of its
    libraries, if programs need one."""

    def __init__(self, name, compiler, architecture=None, emulator=None):
        self.name, self.compiler, self.architecture = name, compiler, architecture
        self.emulator = emulator
        self.runner = [emulator, "-L", "/usr/" + compiler[0].removesuffix("-gcc")] \
            if emulator else []


def arm(flags):
    """EF_ARM_ABI_FLOAT_HARD tells Debian's two architectures apart."""
    suffix, architecture = ("eabihf", "armhf") if flags & 0x400 else ("eabi", "armel")
    return Machine("arm", [f"arm-linux-gnu{suffix}-gcc"], architecture, "qemu-arm")


# By e_machine of the ELF header, with e_flags.
MACHINES = {
    3: lambda flags: Machine("i386", ["i686-linux-gnu-gcc", "-specs=" + SPECS], "i386"),
    40: arm,
    183: lambda flags: Machine("aarch64", ["aarch64-linux-gnu-gcc"], "arm64",
                               "qemu-aarch64"),
}


def of_library(path):
    """The machine of the library at PATH; anything unknown is this one."""
    with open(path, "rb") as file:
        header = file.read(64)
    machine, = struct.unpack_from("<H", header, 18)
    flags, = struct.unpack_from("<I", header, 36 if header[4] == 1 else 48)
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
        subprocess.run([os.path.join(HERE, "..", "tools", "foreign-root"), root,
                        machine.architecture, "libffi8"], check=True,
                       stdout=subprocess.DEVNULL)
    return found()[0]
