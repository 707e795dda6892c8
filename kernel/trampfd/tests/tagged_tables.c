// SPDX-License-Identifier: GPL-2.0
/*
 * arm64: the addresses of tables may carry a tag.  Code keeps it, and the secure form
 * takes it, whether or not the process passes tagged addresses to the kernel.
 */
#include "each_register.h"
#include <sys/prctl.h>

#if defined(__aarch64__)
#ifndef PR_SET_TAGGED_ADDR_CTRL
#define PR_SET_TAGGED_ADDR_CTRL 55
#define PR_TAGGED_ADDR_ENABLE 1
#endif

static struct pair pairs[1];

static void code_keeps(void *tagged)
{
	uintptr_t places[NPLACES] = { 0 };
	int fd;

	pairs[0].code = probe_target;
	fd = kit_file(1, TRAMPFD_PAIR, DESIGNATED, tagged);
	probe(kit_map(fd), places);
	EXPECT(places[17], tagged);
}

static void secure_takes(void *tagged)
{
	volatile uintptr_t result = 0;
	tramp_fn *tramp;
	int fd;

	pairs[0] = (struct pair){ (void *)7, entry_pair };
	fd = kit_file(1, TRAMPFD_SECURE, DESIGNATED, tagged);
	kit_allow(fd, entry_pair);
	tramp = (tramp_fn *)kit_map(fd);
	alarm(20);	/* rather than a call that never returns */
	EXPECT(SIGNAL_OF(result = tramp()), 0);
	EXPECT(result, 7);
	/* The pair may have to be brought in. */
	CHECK(!madvise((void *)((uintptr_t)pairs & -kit_page()), kit_page(),
		       MADV_PAGEOUT) || errno == EINVAL);
	EXPECT(SIGNAL_OF(result = tramp()), 0);
	EXPECT(result, 7);
	alarm(0);
}
#endif

int main(void)
{
#if defined(__aarch64__)
	void *tagged = (void *)((uintptr_t)pairs | 0x5aul << 56);

	kit_catch();
	code_keeps(tagged);
	secure_takes(tagged);
	if (!prctl(PR_SET_TAGGED_ADDR_CTRL, PR_TAGGED_ADDR_ENABLE, 0, 0, 0))
		secure_takes(tagged);
	return 0;
#else
	return EXIT_SKIP;
#endif
}
