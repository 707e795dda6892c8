// SPDX-License-Identifier: GPL-2.0
/*
 * A userfaultfd that is limited to faults of user mode, the only one that users without
 * privileges may have, brings in the pair of a secure call as it does for a load.  Who
 * is woken without the pair waits again.
 */
#include "absent_pair.h"
#include <pthread.h>

#ifndef UFFD_USER_MODE_ONLY
#define UFFD_USER_MODE_ONLY 1
#endif

static struct absent absent;
static volatile uintptr_t result;
static volatile int ended_in;

static void *caller(void *unused)
{
	kit_catch();
	ended_in = SIGNAL_OF(result = absent.tramp());
	return unused;
}

int main(void)
{
	struct uffdio_range range;
	pthread_t thread;

	alarm(60);
	absent_make(&absent, UFFD_USER_MODE_ONLY);
	range.start = (uintptr_t)absent.page;
	range.len = kit_page();
	CHECK(!pthread_create(&thread, NULL, caller, NULL));
	absent_is_awaited(&absent);
	CHECK(!ioctl(absent.uffd, UFFDIO_WAKE, &range));
	absent_is_awaited(&absent);
	absent_arrives(&absent, 9);
	CHECK(!pthread_join(thread, NULL));
	EXPECT(ended_in, 0);
	EXPECT(result, 9);
	return 0;
}
