# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# For run and archive: tables in documents.

# Put what OUTPUT has between <!-- NAME --> and <!-- /NAME --> there in FILE:
#   put_table NAME OUTPUT FILE
put_table ()
{
  sed "1,/^<!-- $1 -->/d; /^<!-- \\/$1 -->/,\$d" "$2" >"$2.table"
  sed -i -e "/^<!-- $1 -->/,/^<!-- \\/$1 -->/{/^<!--/!d}" -e "/^<!-- $1 -->/r $2.table" "$3"
}
