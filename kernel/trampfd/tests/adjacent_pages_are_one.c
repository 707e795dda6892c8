// SPDX-License-Identifier: GPL-2.0
/*
 * The code of the adjacent form depends on register and stride only: wherever it is
 * mapped, it is one page, in all processes, and nobody can choose a byte of it.
 */
#include "forms.h"

static int adjacent(unsigned int n, unsigned int reg, unsigned int stride,
		    const void *table)
{
	int fd = kit_open();

	CHECK(kit_code(fd, n, TRAMPFD_ADJACENT, NULL) > 0);
	if (kit_data(fd, reg, stride, table) > 0)
		return fd;
	CHECK(!close(fd));
	return -1;
}

/* The number of the page frame that is at AT, of the calling process. */
static uint64_t frame_at(const char *at)
{
	uint64_t entry;
	int fd = open("/proc/self/pagemap", O_RDONLY);

	CHECK(fd >= 0);
	CHECK(*(volatile const char *)at || true);	/* have it mapped */
	CHECK(pread(fd, &entry, 8, (uintptr_t)at / kit_page() * 8) == 8);
	close(fd);
	CHECK(entry >> 63);
	return entry & ((1ull << 55) - 1);
}

static char *map_one(unsigned int reg, unsigned int stride)
{
	int fd = adjacent(TRAMPFD_MAX, reg, stride, NULL);
	char *at;

	CHECK(fd >= 0);
	at = kit_map(fd);
	CHECK(!close(fd));
	return at;
}

static void one_page(void)
{
	char *first = map_one(DESIGNATED, 64), *second = map_one(DESIGNATED, 64);
	char *other = map_one(DESIGNATED, 32), *third = map_one(OTHER, 64);
	uint64_t frame = frame_at(first);

	CHECK(first != second);
	EXPECT(frame_at(second) - frame, 0);
	CHECK(frame_at(other) != frame);
	CHECK(frame_at(third) != frame);
	IN_CHILD({
		char *mine = map_one(DESIGNATED, 64);

		EXPECT(frame_at(mine) - frame, 0);
	});
	CHECK(!munmap(first, kit_page()));
	EXPECT(frame_at(second) - frame, 0);
	CHECK(!munmap(second, kit_page()));
	CHECK(!munmap(other, kit_page()));
	CHECK(!munmap(third, kit_page()));
}

static void refused(unsigned int n, unsigned int reg, unsigned int stride,
		    const void *table)
{
	int fd = kit_open();
	bool code = kit_code(fd, n, TRAMPFD_ADJACENT, NULL) > 0;

	errno = EINVAL;
	if (code && kit_data(fd, reg, stride, table) > 0)
		FAIL("%u trampolines, register %x, stride %u, table %p: expected"
		     " EINVAL, got a file", n, reg, stride, table);
	EXPECT(errno, EINVAL);
	CHECK(!close(fd));
	/* In the other order, too. */
	fd = kit_open();
	if (kit_data(fd, reg, stride, table) > 0)
		EXPECT_ERROR(kit_code(fd, n, TRAMPFD_ADJACENT, NULL), EINVAL);
	CHECK(!close(fd));
}

int main(void)
{
	static struct pair pairs[8];
	unsigned int stride;

	one_page();
	refused(TRAMPFD_MAX, DESIGNATED, 0, pairs);
	refused(1, DESIGNATED, 0, NULL);
	refused(TRAMPFD_MAX, TRAMPFD_PUSH, 0, NULL);
	refused(TRAMPFD_MAX, DESIGNATED, 3 * sizeof(void *), NULL);
	refused(TRAMPFD_MAX, DESIGNATED, 2 * TRAMPFD_MAX_ADJACENT, NULL);
	refused(TRAMPFD_MAX, DESIGNATED, 0x1aeb9060, NULL);
	for (stride = 2 * sizeof(void *); stride <= TRAMPFD_MAX_ADJACENT; stride *= 2) {
		int fd = adjacent(TRAMPFD_MAX, DESIGNATED, stride, NULL);

		CHECK(fd >= 0);
		CHECK(!close(fd));
	}
	return 0;
}
