// SPDX-License-Identifier: GPL-2.0
/*
 * 100,000 tables, each opened, mapped, called and dropped, leave no memory behind;
 * nor do 2,000 processes that exit with a table.
 */
#include "kit.h"

static struct pair pairs[1] = { { (void *)6, entry_pair } };

/* Free memory in KiB, with what the slab allocator would give back. */
static long available(void)
{
	char line[128];
	long sum = 0, value;
	FILE *f = fopen("/proc/meminfo", "r");

	CHECK(f);
	while (fgets(line, sizeof(line), f))
		if (sscanf(line, "MemFree: %ld", &value) == 1 ||
		    sscanf(line, "SReclaimable: %ld", &value) == 1 ||
		    sscanf(line, "Cached: %ld", &value) == 1)
			sum += value;
	fclose(f);
	return sum;
}

static void tables(unsigned int n)
{
	static const struct trampfd_code codes[2] = {
		{ 1, TRAMPFD_PAIR, 0 }, { 1, TRAMPFD_SECURE, 0 }
	};
	struct trampfd_data data = { .reg = DESIGNATED,
				     .table = (uintptr_t)pairs };
	uint64_t target = (uintptr_t)entry_pair;
	size_t page = kit_page();
	unsigned int i;

	for (i = 0; i < n; i++) {
		bool secure = i % 8 == 0;
		int fd = open("/dev/trampfd", O_RDWR);
		char *at;

		CHECK(pwrite(fd, &codes[secure], sizeof(codes[0]),
			     TRAMPFD_CODE) > 0);
		CHECK(pwrite(fd, &data, sizeof(data), TRAMPFD_DATA) > 0);
		if (secure)
			CHECK(pwrite(fd, &target, 8, TRAMPFD_TARGETS) == 8);
		at = mmap(0, page, PROT_READ | PROT_EXEC, MAP_PRIVATE, fd, page);
		CHECK(at != MAP_FAILED);
		/* Either may go first, the file or the mapping. */
		if (i & 1)
			close(fd);
		EXPECT(((tramp_fn *)at)(), 6);
		CHECK(!munmap(at, page));
		if (!(i & 1))
			close(fd);
	}
}

static void processes(unsigned int n)
{
	while (n--)
		IN_CHILD(kit_map(kit_file(1, TRAMPFD_PAIR, DESIGNATED, pairs)));
}

int main(void)
{
	enum { WORKERS = 2, TOTAL = 100000 / KINDS, PROCESSES = 2000 / KINDS };
	long before, after;
	unsigned int w;

	IN_CHILD(tables(100));
	IN_CHILD(processes(10));
	before = available();
	for (w = 0; w < WORKERS; w++)
		if (!fork()) {
			tables(TOTAL / WORKERS);
			processes(PROCESSES / WORKERS);
			_exit(0);
		}
	for (w = 0; w < WORKERS; w++) {
		int status;

		CHECK(wait(&status) > 0);
		EXPECT(status, 0);
	}
	after = available();
	/* 64 bytes of each table, or 2 KiB of each process, would be more. */
	if (before - after > 4096)
		FAIL("lost %ld KiB (%ld of %ld left)", before - after, after,
		     before);
	return 0;
}
