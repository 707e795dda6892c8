// SPDX-License-Identifier: GPL-2.0
/* All trampolines of full pages work: two registers; pairs with strides; both. */
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

static void pairs(unsigned int form, unsigned int stride)
{
	unsigned int x, n, step = stride ? stride : 2 * sizeof(void *);
	int fd = kit_open();
	char *at;

	CHECK(kit_code(fd, TRAMPFD_MAX, form, NULL) > 0);
	CHECK(kit_data(fd, DESIGNATED, stride, memory) > 0);
	if (form == TRAMPFD_SECURE)
		kit_allow(fd, entry_pair);
	at = kit_map(fd);
	n = kit_info(fd).ntrampolines;
	CHECK(n * step <= sizeof(memory));
	for (x = 0; x < n; x++) {
		struct pair *pair = (struct pair *)(memory + x * step);

		pair->data = (void *)(uintptr_t)(x * x + stride);
		pair->code = entry_pair;
	}
	for (x = 0; x < n; x++)
		EXPECT(kit_tramp(fd, at, x)(), x * x + stride);
	munmap(at, kit_page());
	close(fd);
}

int main(void)
{
	unsigned int forms[] = { TRAMPFD_PAIR, TRAMPFD_SECURE }, f;

	two();
	for (f = 0; f < 2; f++) {
		pairs(forms[f], 0);
		pairs(forms[f], 3 * sizeof(void *));
		pairs(forms[f], 64);
	}
	return 0;
}
