// SPDX-License-Identifier: GPL-2.0
/* A thread may map what another opened, and all call at the same time. */
#include "forms.h"
#include <pthread.h>

enum { THREADS = 4, CALLS = 2000 };

static struct table tables[NFORMS];

static void *map(void *unused)
{
	unsigned int f;

	for (f = 0; f < NFORMS; f++)
		table_map(&tables[f]);
	return unused;
}

static void *call(void *arg)
{
	unsigned int x = (uintptr_t)arg, i, f;

	for (i = 0; i < CALLS; i++)
		for (f = 0; f < NFORMS; f++)
			EXPECT(table_call(&tables[f], x), FIRST + x);
	return NULL;
}

int main(void)
{
	pthread_t threads[THREADS];
	unsigned int x, f;

	for (f = 0; f < NFORMS; f++)
		table_open(&tables[f], &forms[f], THREADS);
	CHECK(!pthread_create(&threads[0], NULL, map, NULL));
	pthread_join(threads[0], NULL);
	for (x = 0; x < THREADS; x++)
		CHECK(!pthread_create(&threads[x], NULL, call,
				      (void *)(uintptr_t)x));
	for (x = 0; x < THREADS; x++)
		pthread_join(threads[x], NULL);
	return 0;
}
