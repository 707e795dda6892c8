// SPDX-License-Identifier: GPL-2.0
/*
 * Tables are charged to their process's memory cgroup, and count in its RSS, until they
 * are dropped.
 */
#include "kit.h"
#include <sys/mount.h>
#include <sys/stat.h>

static long number_in(const char *path)
{
	long value = -1;
	FILE *f = fopen(path, "r");

	if (!f)
		return -1;
	if (fscanf(f, "%ld", &value) != 1)
		value = -1;
	fclose(f);
	return value;
}

static bool put(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY);
	bool ok = fd >= 0 && write(fd, text, strlen(text)) > 0;

	close(fd);
	return ok;
}

static long resident_file_pages(void)
{
	long size, resident, shared;
	FILE *f = fopen("/proc/self/statm", "r");

	CHECK(f && fscanf(f, "%ld %ld %ld", &size, &resident, &shared) == 3);
	fclose(f);
	return shared;
}

int main(void)
{
	enum { TABLES = 1024 };
	static struct pair pairs[1] = { { (void *)6, entry_pair } };
	static char *at[TABLES];
	long before, during, after, rss;
	unsigned int i;

	mkdir("/tmp/cgroup", 0700);
	if ((mount("cgroup", "/tmp/cgroup", "cgroup2", 0, "") && errno != EBUSY) ||
	    !put("/tmp/cgroup/cgroup.subtree_control", "+memory"))
		return EXIT_SKIP;
	mkdir("/tmp/cgroup/test", 0700);
	CHECK(put("/tmp/cgroup/test/cgroup.procs", "0"));

	rss = resident_file_pages();
	before = number_in("/tmp/cgroup/test/memory.current");
	for (i = 0; i < TABLES; i++) {
		int fd = kit_file(1, TRAMPFD_PAIR, DESIGNATED, pairs);

		at[i] = kit_map(fd);
		close(fd);
		EXPECT(((tramp_fn *)at[i])(), 6);
	}
	during = number_in("/tmp/cgroup/test/memory.current");
	if (during - before < (long)(TABLES * kit_page()) / 2)
		FAIL("cgroup: expected %d more pages, got %ld more bytes",
		     TABLES, during - before);
	rss = resident_file_pages() - rss;
	CHECK(rss >= TABLES);
	for (i = 0; i < TABLES; i++)
		munmap(at[i], kit_page());
	/* Some of it may wait on each processor for the next charge. */
	after = number_in("/tmp/cgroup/test/memory.current");
	if (after - before > (long)(TABLES * kit_page()) / 4)
		FAIL("cgroup: %ld bytes before, %ld with %d tables, %ld without",
		     before, during, TABLES, after);
	return 0;
}
