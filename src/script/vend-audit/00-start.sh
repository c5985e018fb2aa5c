# vend-audit: the part of vend for auditors. It is read by vend and can't run alone; vend's
# rules hold here too.
# shellcheck shell=sh
# shellcheck disable=SC2154,SC2034 # v_... of vend
# shellcheck disable=SC2015 # In A && B || die, die never returns.

# Lambda answers with 6 MB at most.
DOWNLOAD_BYTES=8388608
