dnl SPDX-License-Identifier: GPL-2.0
dnl The reference policy's macros that trampfd.if and trampfd.fc use, for a build
dnl with checkmodule alone.
define(`gen_context', `$1`'ifdef(`enable_mls', `:$2')')dnl
define(`gen_require', `require { $1 }')dnl
define(`interface', `define(`$1', `$2')')dnl
