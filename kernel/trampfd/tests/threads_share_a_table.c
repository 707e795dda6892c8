// SPDX-License-Identifier: GPL-2.0
/* A thread may map what another opened, and all call at the same time. */
#include "kit.h"
#include <pthread.h>

enum { THREADS = 4, CALLS = 2000 };

static struct pair pairs[THREADS];
static int fd, secure;
static char *at, *secure_at;

static void *map(void *unused)
{
	at = kit_map(fd);
	secure_at = kit_map(secure);
	return unused;
}

static void *call(void *arg)
{
	unsigned int x = (uintptr_t)arg, i;

	for (i = 0; i < CALLS; i++) {
		EXPECT(kit_tramp(fd, at, x)(), 0x2000 + x);
		EXPECT(kit_tramp(secure, secure_at, x)(), 0x2000 + x);
	}
	return NULL;
}

int main(void)
{
	pthread_t threads[THREADS];
	unsigned int x;

	for (x = 0; x < THREADS; x++) {
		pairs[x].data = (void *)(uintptr_t)(0x2000 + x);
		pairs[x].code = entry_pair;
	}
	fd = kit_file(THREADS, TRAMPFD_PAIR, DESIGNATED, pairs);
	secure = kit_file(THREADS, TRAMPFD_SECURE, DESIGNATED, pairs);
	kit_allow(secure, entry_pair);
	CHECK(!pthread_create(&threads[0], NULL, map, NULL));
	pthread_join(threads[0], NULL);
	for (x = 0; x < THREADS; x++)
		CHECK(!pthread_create(&threads[x], NULL, call,
				      (void *)(uintptr_t)x));
	for (x = 0; x < THREADS; x++)
		pthread_join(threads[x], NULL);
	return 0;
}
