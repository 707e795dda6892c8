# SPDX-License-Identifier: MIT
"""ctypes where the kernel refuses code that a program has written:
callbacks.py ENFORCE closed|unmapped|granted image|trampfd [DOMAIN]

Checks that the file ENFORCE says 1 and that such code is refused, that a file of trampolines
is not to be had, or not to be mapped executable, or both, that thousands of callbacks work,
and that their code comes from where the third argument says.  DOMAIN is SELinux's, in which
this must run.  The file is the device's, or that of the system call whose number is TRAMPFD.
"""

import ctypes
import errno
import mmap
import os
import sys

COUNT = 6000
enforce, device, source = sys.argv[1:4]
# A static mapping of our own, as ctypes needs what is to be tested.
libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_void_p
libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int,
                      ctypes.c_int, ctypes.c_long]
R, W, X = mmap.PROT_READ, mmap.PROT_WRITE, mmap.PROT_EXEC


def mapping_refused(prot, flags, fd):
    got = libc.mmap(None, 4096, prot, flags, fd, 0)
    return got == ctypes.c_void_p(-1).value and ctypes.get_errno() == errno.EACCES


number = int(os.environ.get("TRAMPFD", "0"))
trampfd = "anon_inode:[trampfd]" if number else "/dev/trampfd"


def open_trampfd():
    if not number:
        return os.open(trampfd, os.O_RDWR)
    info = ctypes.create_string_buffer(16)
    fd = libc.syscall(number, info, ctypes.c_size_t(len(info)), 0)
    if fd < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return fd


def check(what, holds):
    print(f"  {what}: {'yes' if holds else 'NO'}")
    if not holds:
        sys.exit(1)


for domain in sys.argv[4:]:
    with open("/proc/self/attr/current") as current:
        check(f"runs in {domain}", current.read().rstrip("\0\n") == f"u:r:{domain}")
with open(enforce) as enforced:
    check("the policy is enforced", enforced.read().strip() == "1")

private = mmap.MAP_PRIVATE
check("writable and executable memory is refused",
      mapping_refused(R | W | X, private | mmap.MAP_ANONYMOUS, -1))
with open("/tmp/written", "wb+") as written:
    written.write(b"\xc3" * 4096)
    written.flush()
    check("executing a temporary file is refused",
          mapping_refused(R | X, private, written.fileno()))
memfd = os.memfd_create("written")
os.write(memfd, b"\xc3" * 4096)
check("executing a memfd is refused", mapping_refused(R | X, private, memfd))
os.close(memfd)
try:
    fd = open_trampfd()
    state = "unmapped" if mapping_refused(R | X, private, fd) else "granted"
    os.close(fd)
except PermissionError:
    state = "closed"
check(f"{trampfd} is {device}", state == device)

function = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int)
callbacks = [function(lambda x, i=i: x + i) for i in range(COUNT)]
check(f"{COUNT} callbacks answer",
      all(callback(5) == 5 + i for i, callback in enumerate(callbacks)))
with open("/proc/self/maps") as maps:
    lines = [line.split() for line in maps]
pages = sum(line[-1] == trampfd for line in lines)
copies = sum("x" in line[1] and line[-1].endswith("libffi.so.8") for line in lines)
print(f"  {pages} pages of {trampfd}, {copies} executable mappings of libffi.so.8")
check(f"they come from {source}",
      pages >= COUNT // 256 if source == "trampfd" else pages == 0 and copies > 1)
check("no mapping is writable and executable",
      not any("w" in line[1] and "x" in line[1] for line in lines))
