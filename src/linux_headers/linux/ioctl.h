/* SPDX-License-Identifier: MIT */
/* As types.h here.  The library makes no ioctl, so <linux/trampfd.h> needs nothing.  */
