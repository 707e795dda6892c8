// SPDX-License-Identifier: GPL-2.0
/*
 * A call of the secure form waits for its pair without a lock, so the table can be
 * unmapped and its file closed meanwhile.  The module cannot be unloaded.
 */
#include "absent_pair.h"
#include <pthread.h>

static struct absent absent;
static volatile int ended_in;

static void *caller(void *unused)
{
	kit_catch();
	ended_in = SIGNAL_OF(absent.tramp());
	return unused;
}

int main(void)
{
	pthread_t thread;

	absent_make(&absent, 0);
	CHECK(!pthread_create(&thread, NULL, caller, NULL));
	absent_is_awaited(&absent);
	CHECK(!munmap((void *)absent.tramp, kit_page()));
	CHECK(!close(absent.fd));

	/* A kernel with trampfd built in has no module. */
	errno = 0;
	if (!syscall(SYS_delete_module, "trampfd", O_NONBLOCK) ||
	    (errno != EAGAIN && errno != ENOENT && errno != ENOSYS))
		FAIL("unload the module: expected %s, got %s", strerror(EAGAIN),
		     errno ? strerror(errno) : "no error");

	absent_arrives(&absent, 9);
	CHECK(!pthread_join(thread, NULL));
	EXPECT(ended_in, SIGSEGV);
	return 0;
}
