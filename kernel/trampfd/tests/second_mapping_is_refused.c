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

	/* The place is free although a child still has what it inherited. */
	IN_CHILD({
		int go[2];
		pid_t child;

		CHECK(!munmap(at, kit_page()));
		close(fd);
		at = kit_pairs(&fd, pairs, 2);
		CHECK(!pipe(go));
		child = fork();
		if (!child) {
			close(go[1]);
			_exit(read(go[0], &go[1], 1));
		}
		CHECK(!munmap(at, kit_page()));
		at = kit_map(fd);
		close(go[1]);
		kit_reap(child);
		EXPECT_ERROR(kit_mmap(fd), EEXIST);
	});

	CHECK(!munmap(at, kit_page()));
	at = kit_map(fd);
	EXPECT(kit_tramp(fd, at, 1)(), 0x1001);
	return 0;
}
