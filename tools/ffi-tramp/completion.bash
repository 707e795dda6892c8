# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# Completion for ffi-tramp(1).

_ffi_tramp ()
{
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} command='' i
  local -a words=()

  for ((i = 1; i < COMP_CWORD; i++)); do
    case ${COMP_WORDS[i]} in
      status | check | bench) command=${COMP_WORDS[i]}; break ;;
    esac
  done
  case $command in
    '') words=(status check bench --json --help --version) ;;
    status) words=(--json) ;;
    check)
      words=(--json --all --units)
      for i in /proc/[1-9]*; do words+=("${i#/proc/}"); done
      ;;
    bench)
      case $previous in
        --against | --svg)
          compopt -o filenames 2>/dev/null
          mapfile -t COMPREPLY < <(compgen -f -- "$current")
          return
          ;;
        --rounds) return ;;
      esac
      words=(--json --against --rounds --svg)
      ;;
  esac
  mapfile -t COMPREPLY < <(compgen -W "${words[*]}" -- "$current")
}

complete -F _ffi_tramp ffi-tramp
