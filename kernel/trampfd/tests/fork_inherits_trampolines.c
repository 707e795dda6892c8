// SPDX-License-Identifier: GPL-2.0
/* A child uses inherited trampolines with its own data, before and after faults. */
#include "kit.h"

int main(void)
{
	static struct pair pairs[2], lock[1];
	int fd, secure;
	char *at = kit_pairs(&fd, pairs, 2), *secure_at;

	lock[0].data = (void *)7;
	lock[0].code = entry_pair;
	secure = kit_file(1, TRAMPFD_SECURE, DESIGNATED, lock);
	kit_allow(secure, entry_pair);
	secure_at = kit_map(secure);

	IN_CHILD(EXPECT(kit_tramp(fd, at, 1)(), 0x1001));
	EXPECT(kit_tramp(fd, at, 1)(), 0x1001);
	IN_CHILD({
		pairs[1].data = (void *)3;
		lock[0].data = (void *)4;
		close(fd);
		EXPECT(((tramp_fn *)secure_at)(), 4);
		IN_CHILD(EXPECT(((tramp_fn *)secure_at)(), 4));
		munmap(secure_at, kit_page());
	});
	EXPECT(kit_tramp(fd, at, 1)(), 0x1001);
	EXPECT(kit_tramp(secure, secure_at, 0)(), 7);
	return 0;
}
