// SPDX-License-Identifier: GPL-2.0
/* All trampolines of full pages work: two registers; pairs with strides. */
#include "kit.h"

static char memory[1 << 16] __attribute__((aligned(64)));

static void two(void)
{
	void **codes = (void **)memory;
	void **datas = codes + 512;
	int fd = kit_open();
	unsigned int x, n = kit_info(fd).ntrampolines;
	char *at;

	for (x = 0; x < n; x++) {
		codes[x] = entry_data;
		datas[x] = (void *)(uintptr_t)(x * x);
	}
	CHECK(kit_code(fd, n, OTHER, codes) > 0);
	CHECK(kit_data(fd, DESIGNATED, 0, datas) > 0);
	at = kit_map(fd);
	for (x = 0; x < n; x++)
		EXPECT(kit_tramp(fd, at, x)(), x * x);
	/* Tables may change at any time. */
	datas[1] = (void *)77;
	EXPECT(kit_tramp(fd, at, 1)(), 77);
	munmap(at, kit_page());
	close(fd);
}

static void of_pairs(unsigned int form, unsigned int stride)
{
	unsigned int x, n, step = stride ? stride : 2 * sizeof(void *);
	int fd = kit_open();
	char *at, *pairs, *adjacent = NULL;

	CHECK(kit_code(fd, TRAMPFD_MAX, form, NULL) > 0);
	n = kit_info(fd).ntrampolines;
	if (form == TRAMPFD_ADJACENT)
		adjacent = kit_adjacent(n * step);
	pairs = adjacent ? adjacent + kit_page() : memory;
	CHECK(kit_data(fd, DESIGNATED, stride, adjacent ? NULL : memory) > 0);
	if (form == TRAMPFD_SECURE)
		kit_allow(fd, entry_pair);
	at = adjacent ? kit_map_at(fd, adjacent) : kit_map(fd);
	CHECK(adjacent || n * step <= sizeof(memory));
	for (x = 0; x < n; x++) {
		struct pair *pair = (struct pair *)(pairs + x * step);

		pair->data = (void *)(uintptr_t)(x * x + stride);
		pair->code = entry_pair;
	}
	for (x = 0; x < n; x++)
		EXPECT(kit_tramp(fd, at, x)(), x * x + stride);
	munmap(at, kit_page() + (adjacent ? n * step : 0));
	close(fd);
}

int main(void)
{
	unsigned int step;

	two();
	of_pairs(TRAMPFD_PAIR, 0);
	of_pairs(TRAMPFD_PAIR, 3 * sizeof(void *));
	of_pairs(TRAMPFD_PAIR, 64);
	of_pairs(TRAMPFD_SECURE, 0);
	of_pairs(TRAMPFD_SECURE, 3 * sizeof(void *));
	of_pairs(TRAMPFD_SECURE, 64);
	of_pairs(TRAMPFD_ADJACENT, 0);
	for (step = 2 * sizeof(void *); step <= TRAMPFD_MAX_ADJACENT; step *= 2)
		of_pairs(TRAMPFD_ADJACENT, step);
	return 0;
}
