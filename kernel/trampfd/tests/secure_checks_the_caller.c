// SPDX-License-Identifier: GPL-2.0
/* With allowed callers, the return address must lie in one of their ranges. */
#include "kit.h"

/* Not tail calls: the value is needed afterwards. */
__attribute__((noinline, section("good_callers")))
static uintptr_t allowed(tramp_fn *volatile tramp)
{
	return tramp() + 1;
}

__attribute__((noinline, section("bad_callers")))
static uintptr_t forbidden(tramp_fn *volatile tramp)
{
	return tramp() + 1;
}

extern char __start_good_callers[], __stop_good_callers[];

int main(void)
{
	static struct pair pairs[1] = { { (void *)9, entry_pair } };
	struct trampfd_range ranges[] = {
		{ 0x1000, 0x2000 },
		{ (uintptr_t)__start_good_callers, (uintptr_t)__stop_good_callers },
	};
	int fd = kit_file(1, TRAMPFD_SECURE, DESIGNATED, pairs);
	tramp_fn *tramp;

	kit_allow(fd, entry_pair);
	EXPECT(pwrite(fd, ranges, sizeof(ranges), TRAMPFD_CALLERS),
	       sizeof(ranges));
	tramp = (tramp_fn *)kit_map(fd);
	EXPECT_ERROR(pwrite(fd, ranges, sizeof(ranges), TRAMPFD_CALLERS), EEXIST);
	kit_catch();
	EXPECT(allowed(tramp), 10);
	EXPECT(SIGNAL_OF(forbidden(tramp)), SIGSEGV);
	EXPECT(allowed(tramp), 10);
	return 0;
}
