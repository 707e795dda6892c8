# SPDX-License-Identifier: MIT
"""Run a program under QEMU's user mode and raise SIGTRAP before every instruction that it
executes of some code: step.py EMULATOR ARGUMENT...

The program does kill (itself, SIGUSR1, ranges) before and kill (itself, SIGUSR2) after, and
gets neither signal; the ranges are 32 pairs of addresses, where code begins and ends that
is entered at its beginning only.  All other code, the handler of SIGTRAP too, runs at full
speed.  The exit status is the program's."""

import os
import socket
import subprocess
import sys
import tempfile
import time

# Signals by the debugger's numbers.
TRAP, BEGIN, END = 5, 30, 31
RANGES = 32

# At which byte of the registers are program counter, link register and third argument; the
# size of a word and its byte order.
MACHINES = {
    "qemu-aarch64": (256, 240, 16, 8, "little"),
    "qemu-arm": (60, 56, 8, 4, "little"),
    "qemu-riscv64": (256, 8, 96, 8, "little"),
    "qemu-ppc64le": (256, 276, 40, 8, "little"),
    "qemu-s390x": (8, 128, 48, 8, "big"),
}


class Ended(Exception):
    """The program is no more."""


class Program:
    """The program by way of the emulator's debugger stub."""

    def __init__(self, process, path):
        machine = MACHINES[os.path.basename(process.args[0])]
        self.pc, self.lr, self.third, self.word, self.order = machine
        self.ranges = []
        self.breakpoints = set()
        self.socket = socket.socket(socket.AF_UNIX)
        self.received = b""
        while True:
            try:
                self.socket.connect(path)
                break
            except OSError:
                if process.poll() is not None:
                    raise Ended from None
                time.sleep(0.005)
        # Who does not ask for this gets other registers.
        self.ask("qXfer:features:read:target.xml:0,fff")

    def send(self, packet):
        """Send a command."""
        data = packet.encode()
        self.socket.sendall(b"$%s#%02x" % (data, sum(data) & 255))

    def answer(self):
        """The next packet."""
        while True:
            start = self.received.find(b"$")
            end = self.received.find(b"#", start)
            if start >= 0 and 0 <= end <= len(self.received) - 3:
                packet = self.received[start + 1 : end].decode("latin-1")
                self.received = self.received[end + 3 :]
                self.socket.sendall(b"+")
                return packet
            try:
                data = self.socket.recv(4096)
            except ConnectionError:
                data = b""
            if not data:
                raise Ended
            self.received += data

    def ask(self, packet):
        """Send a command; its answer."""
        self.send(packet)
        return self.answer()

    def resume(self, packet):
        """Run until the program stops; the signal that it stops for."""
        answer = self.ask(packet)
        if answer[0] != "T":
            raise Ended
        return int(answer[1:3], 16)

    def word_at(self, data, at):
        """The word that begins at a byte of data."""
        return int.from_bytes(data[at : at + self.word], self.order)

    def registers(self, *places):
        """The registers at places."""
        data = bytes.fromhex(self.ask("g"))
        return [self.word_at(data, at) for at in places]

    def words(self, address, count):
        """Words of memory."""
        data = bytes.fromhex(self.ask(f"m{address:x},{count * self.word:x}"))
        return [self.word_at(data, i * self.word) for i in range(count)]

    def break_at(self, address):
        """From now on stop at the address."""
        if address not in self.breakpoints:
            self.breakpoints.add(address)
            self.ask(f"Z0,{address:x},4")

    def begin(self):
        """Find the code to step through, and stop in it."""
        (address,) = self.registers(self.third)
        words = self.words(address, RANGES * 2)
        self.ranges = [(low, high) for low, high in zip(words[::2], words[1::2]) if low < high]
        for low, _ in self.ranges:
            self.break_at(low)

    def end(self):
        """Stop no longer."""
        while self.breakpoints:
            self.ask(f"z0,{self.breakpoints.pop():x},4")

    def to_step_through(self, address):
        """Is the address in that code?"""
        return any(low <= address < high for low, high in self.ranges)

    def trap(self):
        """Between two instructions: how to go on."""
        pc, lr = self.registers(self.pc, self.lr)
        if not self.to_step_through(pc):
            # Called from there, it will return to there.
            if self.to_step_through(lr):
                self.break_at(lr)
            return "c"
        self.break_at(pc)
        signal = self.resume(f"C{TRAP:02x}")
        return "s" if signal == TRAP else f"C{signal:02x}"

    def run(self):
        """Run to the end."""
        packet = "c"
        while True:
            signal = self.resume(packet)
            packet = "c"
            if signal == BEGIN:
                self.begin()
            elif signal == END:
                self.end()
            elif signal == TRAP and self.breakpoints:
                packet = self.trap()
            else:
                packet = f"C{signal:02x}"


def main():
    """Run the program that the command line names."""
    with tempfile.TemporaryDirectory() as directory:
        path = os.path.join(directory, "stub")
        command = [sys.argv[1], "-g", path, *sys.argv[2:]]
        with subprocess.Popen(command) as process:
            try:
                Program(process, path).run()
            except Ended:
                return process.wait()
            finally:
                process.kill()


sys.exit(main())
