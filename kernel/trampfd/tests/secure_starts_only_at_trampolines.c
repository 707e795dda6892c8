// SPDX-License-Identifier: GPL-2.0
/* Execution elsewhere in a secure page is SIGSEGV, and so are reads of it. */
#include "kit.h"

int main(void)
{
	/* Good pairs for the whole page, but only two trampolines. */
	static struct pair pairs[4096 / 16];
	int fd = kit_file(2, TRAMPFD_SECURE, DESIGNATED, pairs), null;
	unsigned int size = kit_info(fd).code_size, offset;
	char *at;

	for (offset = 0; offset < 4096 / 16; offset++) {
		pairs[offset].data = (void *)(uintptr_t)(offset + 1);
		pairs[offset].code = entry_pair;
	}

	EXPECT_ERROR(kit_mmap(fd), EINVAL);	/* without targets */
	kit_allow(fd, entry_pair);
	at = kit_map(fd);
	kit_catch();

	EXPECT(((tramp_fn *)at)(), 1);
	EXPECT(((tramp_fn *)(at + size))(), 2);
	for (offset = 4; offset < kit_page(); offset += 4) {
		if (offset == size)
			continue;
		EXPECT(SIGNAL_OF(((tramp_fn *)(at + offset))()), SIGSEGV);
		EXPECT(kit_address, at + offset);
	}
	EXPECT(SIGNAL_OF((void)*(volatile char *)at), SIGSEGV);
	EXPECT(SIGNAL_OF(*(volatile char *)at = 1), SIGSEGV);

	null = open("/dev/zero", O_RDWR);
	CHECK(null >= 0);
	EXPECT_ERROR(read(null, at, 1), EFAULT);
	null = open("/tmp/secure", O_RDWR | O_CREAT, 0600);
	CHECK(null >= 0);
	EXPECT_ERROR(write(null, at, 1), EFAULT);
	EXPECT(((tramp_fn *)at)(), 1);
	return 0;
}
