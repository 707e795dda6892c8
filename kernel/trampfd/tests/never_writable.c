// SPDX-License-Identifier: GPL-2.0
/* mprotect, mremap, /proc/self/mem and process_vm_writev do not get it writable. */
#include "forms.h"
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
	kit_catch();
	EXPECT(SIGNAL_OF(*(volatile char *)at = byte), SIGSEGV);
}

int main(void)
{
	static struct table t;
	unsigned int f;

	for (f = 0; f < NFORMS; f++) {
		char copy[64];

		table_make(&t, &forms[f], 2);
		if (!table_is_secure(&t))
			memcpy(copy, t.at, sizeof(copy));
		try(t.at);
		if (!table_is_secure(&t))
			EXPECT(memcmp(copy, t.at, sizeof(copy)), 0);
		table_check(&t);
		table_drop(&t);
	}
	return 0;
}
