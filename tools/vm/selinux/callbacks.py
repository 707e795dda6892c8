# SPDX-License-Identifier: MIT
"""ctypes under the policy beside this file: callbacks.py DOMAIN IMAGE|TRAMPFD

Checks that it runs in DOMAIN, that the policy is enforced, that thousands of callbacks
work, and that their code comes from where the second argument says.
"""

import ctypes
import errno
import mmap
import os
import sys

COUNT = 6000
domain, source = sys.argv[1:]
# A static mapping of our own, as ctypes needs what is to be tested.
libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_void_p
libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int,
                      ctypes.c_int, ctypes.c_long]
R, W, X = mmap.PROT_READ, mmap.PROT_WRITE, mmap.PROT_EXEC


def mapping_refused(prot, flags, fd):
    got = libc.mmap(None, 4096, prot, flags, fd, 0)
    return got == ctypes.c_void_p(-1).value and ctypes.get_errno() == errno.EACCES


def check(what, holds):
    print(f"  {what}: {'yes' if holds else 'NO'}")
    if not holds:
        sys.exit(1)


with open("/proc/self/attr/current") as current:
    check(f"runs in {domain}", current.read().rstrip("\0\n") == f"u:r:{domain}")
with open("/sys/fs/selinux/enforce") as enforce:
    check("the policy is enforced", enforce.read() == "1")

private = mmap.MAP_PRIVATE
check("writable and executable memory is refused (execmem)",
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
    os.close(os.open("/dev/trampfd", os.O_RDWR))
    opened = "opened"
except OSError as error:
    opened = errno.errorcode[error.errno]
print(f"  /dev/trampfd: {opened}")
check("the device is as the domain says",
      opened == ("opened" if domain == "app_trampfd_t" else "EACCES"))

function = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int)
callbacks = [function(lambda x, i=i: x + i) for i in range(COUNT)]
check(f"{COUNT} callbacks answer",
      all(callback(5) == 5 + i for i, callback in enumerate(callbacks)))
with open("/proc/self/maps") as maps:
    lines = [line.split() for line in maps]
pages = sum(line[-1] == "/dev/trampfd" for line in lines)
copies = sum("x" in line[1] and line[-1].endswith("libffi.so.8") for line in lines)
print(f"  {pages} pages of /dev/trampfd, {copies} executable mappings of libffi.so.8")
check(f"they come from {source}",
      pages >= COUNT // 128 if source == "trampfd" else pages == 0 and copies > 1)
check("no mapping is writable and executable",
      not any("w" in line[1] and "x" in line[1] for line in lines))
