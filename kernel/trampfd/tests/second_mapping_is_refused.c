// SPDX-License-Identifier: GPL-2.0
/* EEXIST while mapped; after munmap, the same table may be mapped again. */
#include "kit.h"

int main(void)
{
	static struct pair pairs[2];
	int fd;
	char *at = kit_pairs(&fd, pairs, 2);

	EXPECT_ERROR(kit_mmap(fd), EEXIST);
	/* A child that comes and goes does not free the place. */
	IN_CHILD(EXPECT_ERROR(kit_mmap(fd), EPERM));
	EXPECT_ERROR(kit_mmap(fd), EEXIST);
	/* Nor does an mremap that is refused. */
	EXPECT_ERROR(mremap(at, kit_page(), kit_page(),
			    MREMAP_MAYMOVE | MREMAP_FIXED,
			    at + 16 * kit_page()), EINVAL);
	EXPECT_ERROR(kit_mmap(fd), EEXIST);
	EXPECT(kit_tramp(fd, at, 1)(), 0x1001);

	CHECK(!munmap(at, kit_page()));
	at = kit_map(fd);
	EXPECT(kit_tramp(fd, at, 1)(), 0x1001);
	return 0;
}
