/* SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note */
/*
 * Registers that trampfd can designate: none, where there is no trampfd.
 */
#ifndef _UAPI_ASM_GENERIC_TRAMPFD_H
#define _UAPI_ASM_GENERIC_TRAMPFD_H

#endif /* _UAPI_ASM_GENERIC_TRAMPFD_H */
