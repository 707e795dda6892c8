// SPDX-License-Identifier: GPL-2.0
/* The table lives as long as its mapping: close and MADV_DONTNEED do not matter. */
#include "kit.h"

int main(void)
{
	static struct pair pairs[2];
	int fd;
	char *at = kit_pairs(&fd, pairs, 2);
	size_t size = kit_info(fd).code_size;

	close(fd);
	EXPECT(((tramp_fn *)(at + size))(), 0x1001);
	CHECK(!madvise(at, kit_page(), MADV_DONTNEED));
	EXPECT(((tramp_fn *)(at + size))(), 0x1001);
	CHECK(!munmap(at, kit_page()));
	return 0;
}
