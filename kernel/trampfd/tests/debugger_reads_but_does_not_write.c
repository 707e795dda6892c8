// SPDX-License-Identifier: GPL-2.0
/*
 * PTRACE_PEEKTEXT shows the code, and EIO where there is none; PTRACE_POKETEXT and
 * writes to /proc/pid/mem are refused.
 */
#include "forms.h"
#include <sys/ptrace.h>

static void look(pid_t pid, const struct table *t)
{
	char path[32], byte = 0x55;
	long word;
	int mem;

	errno = 0;
	word = ptrace(PTRACE_PEEKTEXT, pid, t->at, 0);
	EXPECT(errno, table_is_secure(t) ? EIO : 0);
	if (!table_is_secure(t))
		EXPECT(memcmp(&word, t->at, sizeof(word)), 0);
	EXPECT_ERROR(ptrace(PTRACE_POKETEXT, pid, t->at, (void *)0x55), EIO);
	snprintf(path, sizeof(path), "/proc/%d/mem", pid);
	mem = open(path, O_RDWR);
	CHECK(mem >= 0);
	EXPECT_ERROR(pwrite(mem, &byte, 1, (off_t)(uintptr_t)t->at), EIO);
	close(mem);
}

int main(void)
{
	static struct table tables[NFORMS];
	unsigned int f;
	int status;
	pid_t pid;

	for (f = 0; f < NFORMS; f++)
		table_make(&tables[f], &forms[f], 1);
	fflush(stdout);
	pid = fork();
	if (!pid) {
		ptrace(PTRACE_TRACEME, 0, 0, 0);
		raise(SIGSTOP);
		for (f = 0; f < NFORMS; f++)
			table_check(&tables[f]);
		_exit(0);
	}
	CHECK(waitpid(pid, &status, 0) == pid && WIFSTOPPED(status));
	for (f = 0; f < NFORMS; f++)
		look(pid, &tables[f]);
	CHECK(!ptrace(PTRACE_CONT, pid, 0, 0));
	kit_reap(pid);
	return 0;
}
