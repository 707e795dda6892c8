// SPDX-License-Identifier: GPL-2.0
/*
 * What cannot be reclaimed counts as locked memory: a page of code, and a list that
 * the secure form checks.  Tables with equal lists share one.
 */
#include "kit.h"
#include <sys/resource.h>
#include <sys/stat.h>

enum { PAGES = 4, TABLES = 200, TARGETS = 512 };

static struct pair pairs[1] = { { (void *)6, entry_pair } };

static long locked_kib(void)
{
	char line[128];
	long kib = -1;
	FILE *f = fopen("/proc/self/status", "r");

	CHECK(f);
	while (fgets(line, sizeof(line), f))
		sscanf(line, "VmLck: %ld", &kib);
	fclose(f);
	return kib;
}

static long kib(unsigned int pages)
{
	return pages * kit_page() / 1024;
}

/* Write a list that equals others with the same SEED, of less than a page. */
static ssize_t allow(int fd, unsigned int seed)
{
	uint64_t targets[TARGETS];
	unsigned int i;

	for (i = 0; i < TARGETS - 1; i++)
		targets[i] = 0x1000 + 8 * i + (seed << 14);
	targets[i] = (uintptr_t)entry_pair;
	return pwrite(fd, targets, sizeof(targets), TRAMPFD_TARGETS);
}

static int secure_file(void)
{
	return kit_file(1, TRAMPFD_SECURE, DESIGNATED, pairs);
}

static void lists(void)
{
	static char *at[TABLES];
	unsigned int i;
	int fd, fds[PAGES];

	for (i = 0; i < TABLES; i++) {
		fd = secure_file();
		CHECK(allow(fd, 0) > 0);
		at[i] = kit_map(fd);
		CHECK(!close(fd));
		EXPECT(((tramp_fn *)at[i])(), 6);
		EXPECT(locked_kib(), kib(1));
	}
	for (i = 0; i < PAGES; i++)
		fds[i] = secure_file();
	for (i = 1; i < PAGES; i++)
		CHECK(allow(fds[i], i) > 0);
	EXPECT(locked_kib(), kib(PAGES));
	EXPECT_ERROR(allow(fds[0], PAGES), ENOMEM);
	EXPECT(locked_kib(), kib(PAGES));
	/* What is there already costs nothing, and the file is as it was. */
	CHECK(allow(fds[0], 1) > 0);
	EXPECT(locked_kib(), kib(PAGES));
	/* A second list is refused, and leaves no trace. */
	EXPECT_ERROR(allow(fds[0], 0), EEXIST);

	for (i = 0; i < TABLES - 1; i++)
		CHECK(!munmap(at[i], kit_page()));
	EXPECT(locked_kib(), kib(PAGES));
	EXPECT(((tramp_fn *)at[TABLES - 1])(), 6);
	CHECK(!munmap(at[TABLES - 1], kit_page()));
	EXPECT(locked_kib(), kib(PAGES - 1));
	for (i = 0; i < PAGES; i++)
		CHECK(!close(fds[i]));
	EXPECT(locked_kib(), 0);
}

static void pages(void)
{
	char *at[PAGES];
	unsigned int i;
	int fd;

	for (i = 0; i < PAGES; i++) {
		fd = kit_file(1, TRAMPFD_PAIR, DESIGNATED, pairs);
		at[i] = kit_map(fd);
		CHECK(!close(fd));
	}
	EXPECT(locked_kib(), kib(PAGES));
	fd = kit_file(1, TRAMPFD_PAIR, DESIGNATED, pairs);
	EXPECT_ERROR(kit_mmap(fd), ENOMEM);
	CHECK(!munmap(at[0], kit_page()));
	at[0] = kit_map(fd);
	EXPECT(((tramp_fn *)at[0])(), 6);
	CHECK(!close(fd));
	for (i = 0; i < PAGES; i++)
		CHECK(!munmap(at[i], kit_page()));
	EXPECT(locked_kib(), 0);
}

/* The child of a process that is gone drops what that was charged for. */
static void outlives_its_process(void)
{
	int fd = secure_file();
	pid_t pid;

	CHECK(allow(fd, 0) > 0);
	kit_map(fd);
	pid = fork();
	CHECK(pid >= 0);
	if (!pid)
		usleep(100000);
	_exit(0);
}

int main(void)
{
	struct rlimit limit = { PAGES * kit_page(), PAGES * kit_page() };

	kit_let_everybody(true);
	IN_CHILD({
		CHECK(!setrlimit(RLIMIT_MEMLOCK, &limit));
		CHECK(!setgid(65534) && !setuid(65534));
		lists();
		pages();
	});
	IN_CHILD(outlives_its_process());
	usleep(300000);
	kit_let_everybody(false);
	return 0;
}
