// SPDX-License-Identifier: GPL-2.0
/* PTRACE_PEEKTEXT shows the code, PTRACE_POKETEXT is refused. */
#include "kit.h"
#include <sys/ptrace.h>

int main(void)
{
	static struct pair pairs[1];
	int fd, status;
	char *at = kit_pairs(&fd, pairs, 1);
	long word;
	pid_t pid = fork();

	if (!pid) {
		ptrace(PTRACE_TRACEME, 0, 0, 0);
		raise(SIGSTOP);
		_exit(((tramp_fn *)at)() == 0x1000 ? 0 : 1);
	}
	CHECK(waitpid(pid, &status, 0) == pid && WIFSTOPPED(status));
	errno = 0;
	word = ptrace(PTRACE_PEEKTEXT, pid, at, 0);
	EXPECT(errno, 0);
	EXPECT(memcmp(&word, at, sizeof(word)), 0);
	errno = 0;
	EXPECT(ptrace(PTRACE_POKETEXT, pid, at, (void *)0x55), -1);
	CHECK(errno == EIO || errno == EFAULT);
	CHECK(!ptrace(PTRACE_CONT, pid, 0, 0));
	kit_reap(pid);
	return 0;
}
