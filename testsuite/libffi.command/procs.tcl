# SPDX-License-Identifier: MIT
# What the tests of the command share.

# Run the command with ARGUMENTS; its standard output is in the global `output', what it
# complained of in `complaint'.  Returns the exit status.
proc command_run { arguments } {
    global command output complaint ffi_workdir
    set out [file join $ffi_workdir command.out]
    set err [file join $ffi_workdir command.err]
    set status 0
    if { [catch { exec {*}$arguments >$out 2>$err } message options] } {
	set code [dict get $options -errorcode]
	set status [expr { [lindex $code 0] eq "CHILDSTATUS" ? [lindex $code 2] : $code }]
    }
    foreach { name file } [list output $out complaint $err] {
	set in [open $file]
	set $name [read $in]
	close $in
    }
    verbose -log "$arguments -> $status\n$output$complaint"
    return $status
}

# The value of EXPRESSION in the JSON printed last.
proc command_json { expression } {
    global ffi_workdir srcdir subdir
    if { [catch { exec python3 $srcdir/$subdir/json_value.py \
		      [file join $ffi_workdir command.out] $expression } value] } {
	return "no JSON: $value"
    }
    return $value
}

# Report as WHAT whether GOT is EXPECTED.
proc command_expect { what expected got } {
    if { $got eq $expected } {
	pass "libffi.command: $what"
    } else {
	fail "libffi.command: $what: expected '$expected', got '$got'"
    }
}

# Start the target in MODE, by PREFIX, and wait until it has made what it makes.  Returns
# the channel that keeps it until it is closed; an error says what the target said.
proc command_start { mode {prefix {}} } {
    global ffi_workdir
    set channel [open "|[concat $prefix [list [file join $ffi_workdir target]] $mode]" r+]
    set said ""
    while { [gets $channel line] >= 0 } {
	if { $line eq "ready" } { return $channel }
	append said $line
    }
    catch { close $channel }
    error "not made: $said"
}

# Compile the target; false, with the test failed, if it does not compile.
proc command_target {} {
    global srcdir subdir ffi_workdir ffi_libs
    set complaints [ffi_compile $srcdir/$subdir/target.c [file join $ffi_workdir target] \
	"-O1 [ffi_library_flag]" $ffi_libs]
    if { $complaints eq "" } { return 1 }
    fail "libffi.command: the target does not compile: $complaints"
    return 0
}
