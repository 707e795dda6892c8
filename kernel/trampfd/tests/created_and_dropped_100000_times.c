// SPDX-License-Identifier: GPL-2.0
/*
 * 100,000 tables of all forms, each opened, mapped, called and dropped, leave no memory
 * behind; nor do 2,000 processes that exit with a table.
 */
#include "forms.h"

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
	static struct table t;
	unsigned int i;

	for (i = 0; i < n; i++) {
		table_make(&t, &forms[i % NFORMS], 1);
		/* Either may go first, the file or the mapping. */
		if (i / NFORMS & 1)
			close(t.fd);
		EXPECT(table_call(&t, 0), FIRST);
		CHECK(!munmap(t.at, kit_page()));
		if (!(i / NFORMS & 1))
			close(t.fd);
	}
}

static void processes(unsigned int n)
{
	static struct table t;

	while (n--)
		IN_CHILD(table_make(&t, &forms[n % NFORMS], 1));
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
	/*
	 * 64 bytes of each table, or 2 KiB of each process, would be more; with
	 * the fewer of a quick run, a page of each second table.
	 */
	if (before - after > 4096)
		FAIL("lost %ld KiB (%ld of %ld left)", before - after, after,
		     before);
	return 0;
}
