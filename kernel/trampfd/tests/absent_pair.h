/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A trampoline of the secure form whose pair is absent: a call waits until
 * absent_arrives().
 */
#ifndef ABSENT_PAIR_H
#define ABSENT_PAIR_H

#include "kit.h"
#include <linux/userfaultfd.h>
#include <poll.h>
#include <sys/syscall.h>

struct absent {
	int uffd, fd;
	char *page;		/* where the pair will be */
	tramp_fn *tramp;
};

/* FLAGS are userfaultfd()'s. */
static inline void absent_make(struct absent *a, int flags)
{
	struct uffdio_api api = { .api = UFFD_API };
	struct uffdio_register range = { .mode = UFFDIO_REGISTER_MODE_MISSING };

	a->uffd = syscall(SYS_userfaultfd, O_CLOEXEC | O_NONBLOCK | flags);
	if (a->uffd < 0 && errno == ENOSYS)
		exit(EXIT_SKIP);
	CHECK(a->uffd >= 0);
	CHECK(!ioctl(a->uffd, UFFDIO_API, &api));
	a->page = mmap(NULL, kit_page(), PROT_READ | PROT_WRITE,
		       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	CHECK(a->page != MAP_FAILED);
	range.range.start = (uintptr_t)a->page;
	range.range.len = kit_page();
	CHECK(!ioctl(a->uffd, UFFDIO_REGISTER, &range));

	a->fd = kit_file(1, TRAMPFD_SECURE, DESIGNATED, a->page);
	kit_allow(a->fd, entry_pair);
	a->tramp = (tramp_fn *)kit_map(a->fd);
}

/* Return when a call waits for the pair. */
static inline void absent_is_awaited(const struct absent *a)
{
	struct pollfd ready = { .fd = a->uffd, .events = POLLIN };
	struct uffd_msg message;

	if (poll(&ready, 1, 10000) != 1)
		FAIL("no call waits for the pair");
	CHECK(read(a->uffd, &message, sizeof(message)) == sizeof(message));
	EXPECT(message.arg.pagefault.address & -kit_page(), a->page);
}

static inline void absent_arrives(const struct absent *a, uintptr_t data)
{
	static char page[65536] __attribute__((aligned(65536)));
	struct pair pair = { (void *)data, entry_pair };
	struct uffdio_copy copy = {
		.dst = (uintptr_t)a->page,
		.src = (uintptr_t)page,
		.len = kit_page(),
	};

	memcpy(page, &pair, sizeof(pair));
	CHECK(!ioctl(a->uffd, UFFDIO_COPY, &copy));
}

#endif
