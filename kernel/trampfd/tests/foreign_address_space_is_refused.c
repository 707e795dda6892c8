// SPDX-License-Identifier: GPL-2.0
/* A forked child and a program that was given the file get EPERM. */
#include "kit.h"

int main(int argc, char **argv)
{
	static struct pair pairs[1];
	char number[12];
	int fd, fresh;

	if (argc > 1) {	/* executed by the child below */
		EXPECT_ERROR(kit_mmap(atoi(argv[1])), EPERM);
		EXPECT_ERROR(kit_code(atoi(argv[1]), 1, TRAMPFD_PAIR, NULL),
			     EPERM);
		return 0;
	}

	fd = kit_file(1, TRAMPFD_PAIR, DESIGNATED, pairs);
	fresh = kit_open();
	IN_CHILD({
		EXPECT_ERROR(kit_mmap(fd), EPERM);
		EXPECT_ERROR(kit_code(fresh, 1, TRAMPFD_PAIR, NULL), EPERM);
		EXPECT_ERROR(kit_data(fresh, DESIGNATED, 0, pairs), EPERM);
	});
	IN_CHILD({
		fcntl(fd, F_SETFD, 0);
		snprintf(number, sizeof(number), "%d", fd);
		execl(argv[0], argv[0], number, NULL);
		_exit(1);
	});
	kit_map(fd);	/* the opener still may */
	return 0;
}
