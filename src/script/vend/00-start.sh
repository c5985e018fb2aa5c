# vend: short-lived credentials of a client's AWS role, from a vendor's service.
# POSIX sh and curl 7.75 or later. Start with: vend help
# Pipelines need only this file; the commands for administrators, auditors and operators are in
# vend-admin, vend-audit, vend-access, vend-mine and vend-doctor beside it, which vend reads when it needs them.
#
# Three rules hold everywhere:
# - Secrets are passed only in shell variables that are not exported, in pipes from the printf
#   builtin, and in files that only the user can read: never in arguments, in the environment
#   of a process that does not need them, or in here-documents (for which some shells write
#   temporary files).
# - Nothing that a server sent is evaluated, split into words, or used before its characters
#   have been checked.
# - Standard output carries only the result.

# shellcheck disable=SC2015 # In A && B || die, die never returns.

# First: a caller's `sh -x`, `sh -v` or `set -a` would print or export secrets, and an alias from
# BASH_ENV, such as printf=/usr/bin/printf, would put them into a program's arguments. A shell
# expands an alias when it reads a line, and never in a quoted word.
# Bash imports functions from the environment; this script means the programs and builtins. Only
# names used below are removed: a command run by vend exec loses these functions and no others. In
# bash's POSIX mode no function can hide `unset` or `set`.
v_posix=${POSIXLY_CORRECT+set}
v_posix_value=${POSIXLY_CORRECT-}
POSIXLY_CORRECT=1
{
  \set +axv
  \unset -f [ : . awk break cat cd chmod command continue cp curl cut date echo exec exit export find grep gunzip \
    gzip head id kill ln ls mkdir mkfifo mv od openssl printf pwd read readlink return rm set sha256sum shasum shift sleep sort \
    tail test tr trap true umask unalias uname unset wait wc
  \unalias -a
} 2>/dev/null
if [ -n "$v_posix" ]; then POSIXLY_CORRECT=$v_posix_value; else unset POSIXLY_CORRECT; fi
v_shell_options=$-
set -fu +C
unset CDPATH

# Without the builtin, each printf below would show its arguments, secrets included, to everybody.
PATH=/nonexistent command printf '' 2>/dev/null || {
  echo 'vend: this shell has no built-in printf; run vend with dash, bash or busybox sh' >&2
  exit 1
}

VEND_VERSION=0.1.0
VEND_BUILD=@BUILD@
ANSWER_BYTES=1048576
# The answer with its header and the line that curl writes after it.
CUT_BYTES=$((ANSWER_BYTES + 65536))
BODY_BYTES=8192
FRESH_SECONDS=900

NL='
'
TAB='	'
IFS=" $TAB$NL"

# The script's variables begin with v_. A variable that the caller has exported stays exported and
# would carry its new value into every program, so those that will hold secrets are unset first.
unset v_trust v_config v_flat v_named v_value v_answer v_files_keys v_files_config v_files_rest v_section
unset v_caller_secret v_caller_token v_issued_secret v_issued_token v_instance_token
unset v_environment_secret v_environment_token v_container_token v_web_token

# Only in the C locale do patterns like [A-Z] and lengths mean bytes.
v_user_locale=${LC_ALL-}
v_user_locale_set=${LC_ALL+set}
LC_ALL=C
export LC_ALL

# The caller's secrets leave the environment here, so that curl and awk never get them.
v_environment_id=${AWS_ACCESS_KEY_ID-}
v_environment_secret=${AWS_SECRET_ACCESS_KEY-}
v_environment_token=${AWS_SESSION_TOKEN:-${AWS_SECURITY_TOKEN-}}
v_container_token=${AWS_CONTAINER_AUTHORIZATION_TOKEN-}
unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN AWS_SECURITY_TOKEN
unset AWS_CONTAINER_AUTHORIZATION_TOKEN AWS_ACCESS_KEY AWS_SECRET_KEY
