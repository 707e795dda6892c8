// SPDX-License-Identifier: GPL-2.0
/*
 * A call of the secure form whose pair is absent waits as a process does for its own
 * page faults: it sleeps, handlers run meanwhile, and it can be killed.
 */
#include "absent_pair.h"
#include <pthread.h>
#include <sys/resource.h>
#include <time.h>

static struct absent absent;
static volatile uintptr_t result;
static volatile int handled;

static void handler(int sig)
{
	(void)sig;
	handled++;
}

static void *caller(void *unused)
{
	result = absent.tramp();
	return unused;
}

static void pause_ms(long ms)
{
	struct timespec time = { ms / 1000, ms % 1000 * 1000000 };

	nanosleep(&time, NULL);
}

static long system_ms(void)
{
	struct rusage usage;

	CHECK(!getrusage(RUSAGE_SELF, &usage));
	return usage.ru_stime.tv_sec * 1000 + usage.ru_stime.tv_usec / 1000;
}

static void handlers_run(void)
{
	struct sigaction action = { .sa_handler = handler };
	pthread_t thread;
	long before;
	int i, waited;

	absent_make(&absent, 0);
	CHECK(!sigaction(SIGUSR1, &action, NULL));
	CHECK(!pthread_create(&thread, NULL, caller, NULL));
	absent_is_awaited(&absent);
	before = system_ms();
	for (i = 1; i <= 3; i++) {
		CHECK(!pthread_kill(thread, SIGUSR1));
		for (waited = 0; handled < i && waited < 5000; waited += 10)
			pause_ms(10);
		EXPECT(handled, i);
	}
	/* It has slept: a call that spins would take as long as it waits. */
	pause_ms(1000);
	if (system_ms() - before > 700)
		FAIL("%ld ms of system time while the call waits",
		     system_ms() - before);
	absent_arrives(&absent, 9);
	CHECK(!pthread_join(thread, NULL));
	EXPECT(result, 9);
	EXPECT(handled, 3);
}

static void kills_kill(void)
{
	int status, ends[2];
	pid_t pid;
	char byte;

	CHECK(!pipe(ends));
	fflush(stdout);
	pid = fork();
	CHECK(pid >= 0);
	if (!pid) {
		absent_make(&absent, 0);
		CHECK(write(ends[1], "", 1) == 1);
		absent.tramp();
		_exit(1);
	}
	CHECK(read(ends[0], &byte, 1) == 1);
	pause_ms(200);
	CHECK(!kill(pid, SIGKILL));
	CHECK(waitpid(pid, &status, 0) == pid);
	EXPECT(status, SIGKILL);
}

int main(void)
{
	alarm(60);
	handlers_run();
	kills_kill();
	return 0;
}
