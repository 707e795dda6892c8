// SPDX-License-Identifier: GPL-2.0
/* Anything but one page, private, readable, executable, at its offset: EINVAL. */
#include "kit.h"

int main(void)
{
	static struct pair pairs[1];
	const int rx = PROT_READ | PROT_EXEC;
	size_t page = kit_page();
	int fd = kit_open();

	EXPECT_ERROR(kit_mmap(fd), EINVAL);
	CHECK(kit_code(fd, 1, TRAMPFD_PAIR, NULL) > 0);
	EXPECT_ERROR(kit_mmap(fd), EINVAL);
	CHECK(kit_data(fd, DESIGNATED, 0, pairs) > 0);

	EXPECT_ERROR(mmap(0, page, rx, MAP_SHARED, fd, page), EINVAL);
	EXPECT_ERROR(mmap(0, page, rx | PROT_WRITE, MAP_PRIVATE, fd, page),
		     EINVAL);
	EXPECT_ERROR(mmap(0, page, PROT_READ, MAP_PRIVATE, fd, page), EINVAL);
	EXPECT_ERROR(mmap(0, page, PROT_NONE, MAP_PRIVATE, fd, page), EINVAL);
	EXPECT_ERROR(mmap(0, page, rx, MAP_PRIVATE, fd, 0), EINVAL);
	EXPECT_ERROR(mmap(0, page, rx, MAP_PRIVATE, fd, 2 * page), EINVAL);
	EXPECT_ERROR(mmap(0, 2 * page, rx, MAP_PRIVATE, fd, page), EINVAL);

	/* v2's length, less than a page, is rounded up. */
	CHECK(mmap(0, kit_info(fd).code_size, rx, MAP_PRIVATE, fd, page) !=
	      MAP_FAILED);
	return 0;
}
