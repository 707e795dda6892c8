// SPDX-License-Identifier: GPL-2.0
/* arm: a target with bit 0 set is entered in Thumb, by code and by the kernel. */
#include "kit.h"

int main(void)
{
#if defined(__arm__)
	static struct pair pairs[1];
	static void *codes[1], *datas[1];
	uint64_t targets[2] = { (uintptr_t)entry_pair,
				(uintptr_t)entry_pair_thumb };
	int fd, round;

	EXPECT((uintptr_t)entry_pair_thumb & 1, 1);
	pairs[0].data = (void *)21;
	pairs[0].code = entry_pair_thumb;
	fd = kit_file(1, TRAMPFD_PAIR, DESIGNATED, pairs);
	EXPECT(((tramp_fn *)kit_map(fd))(), 21);

	fd = kit_open();
	codes[0] = entry_pair_thumb;
	datas[0] = pairs;
	CHECK(kit_code(fd, 1, OTHER, codes) > 0);
	CHECK(kit_data(fd, DESIGNATED, 0, datas) > 0);
	EXPECT(((tramp_fn *)kit_map(fd))(), 21);

	fd = kit_file(1, TRAMPFD_SECURE, DESIGNATED, pairs);
	CHECK(pwrite(fd, targets, 16, TRAMPFD_TARGETS) == 16);
	tramp_fn *tramp = (tramp_fn *)kit_map(fd);

	for (round = 0; round < 4; round++) {
		pairs[0].code = round & 1 ? entry_pair : entry_pair_thumb;
		EXPECT(tramp(), 21);
	}
	return 0;
#else
	return EXIT_SKIP;
#endif
}
