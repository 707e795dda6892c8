// SPDX-License-Identifier: GPL-2.0
/* arm64: the addresses of tables may carry a tag, and code keeps it. */
#include "each_register.h"

int main(void)
{
#if defined(__aarch64__)
	static struct pair pairs[1];
	uintptr_t places[NPLACES] = { 0 }, tagged = (uintptr_t)pairs;
	int fd;

	tagged |= 0x5aul << 56;
	pairs[0].code = probe_target;
	fd = kit_file(1, TRAMPFD_PAIR, DESIGNATED, (void *)tagged);
	probe(kit_map(fd), places);
	EXPECT(places[17], tagged);
	return 0;
#else
	return EXIT_SKIP;
#endif
}
