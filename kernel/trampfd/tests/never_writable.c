// SPDX-License-Identifier: GPL-2.0
/* mprotect, mremap, /proc/self/mem and process_vm_writev do not get it writable. */
#include "kit.h"
#include <sys/uio.h>

static void try(char *at)
{
	size_t page = kit_page();
	char byte = 0x55;
	struct iovec local = { &byte, 1 }, remote = { at, 1 };
	int mem = open("/proc/self/mem", O_RDWR);

	EXPECT_ERROR(mprotect(at, page, PROT_READ | PROT_WRITE), EACCES);
	EXPECT_ERROR(mprotect(at, page, PROT_WRITE), EACCES);
	EXPECT_ERROR(mprotect(at, page, PROT_READ | PROT_WRITE | PROT_EXEC),
		     EACCES);
	CHECK(!mprotect(at, page, PROT_NONE));
	EXPECT_ERROR(mprotect(at, page, PROT_READ | PROT_WRITE), EACCES);
	CHECK(!mprotect(at, page, PROT_READ | PROT_EXEC));

	CHECK(mem >= 0);
	EXPECT_ERROR(pwrite(mem, &byte, 1, (off_t)(uintptr_t)at), EIO);
	close(mem);
	EXPECT_ERROR(process_vm_writev(getpid(), &local, 1, &remote, 1, 0),
		     EFAULT);
	EXPECT_ERROR(madvise(at, page, 23 /* MADV_POPULATE_WRITE */), EINVAL);

	EXPECT_ERROR(mremap(at, page, 2 * page, MREMAP_MAYMOVE), EFAULT);
	EXPECT_ERROR(mremap(at, 0, page, MREMAP_MAYMOVE), EINVAL);
	EXPECT_ERROR(mremap(at, page, page, MREMAP_MAYMOVE | MREMAP_FIXED,
			    at + 16 * page), EINVAL);
	EXPECT_ERROR(mremap(at, page, page, MREMAP_MAYMOVE | 4 /* DONTUNMAP */,
			    0), EINVAL);
}

int main(void)
{
	static struct pair pairs[2], secret[1] = { { (void *)5, entry_pair } };
	char copy[64];
	int fd, secure;
	char *at = kit_pairs(&fd, pairs, 2);

	memcpy(copy, at, sizeof(copy));
	try(at);
	EXPECT(memcmp(copy, at, sizeof(copy)), 0);
	EXPECT(kit_tramp(fd, at, 1)(), 0x1001);

	secure = kit_file(1, TRAMPFD_SECURE, DESIGNATED, secret);
	kit_allow(secure, entry_pair);
	at = kit_map(secure);
	try(at);
	EXPECT(kit_tramp(secure, at, 0)(), 5);
	return 0;
}
